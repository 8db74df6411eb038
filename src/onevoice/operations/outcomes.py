"""`./onevoice procedure outcome CASE.json --at INSTANT`: what holds, what is owed, and what each event counted for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from onevoice.operations.environment import Stop
from onevoice.operations.procedure_words import (
    CAUSES,
    OWED,
    STATES,
    both,
    happened,
    judged,
    moment,
    no_instant,
)
from onevoice.procedure import calendars, cases, contradictions, instants, loading
from onevoice.procedure.events import Started
from onevoice.procedure.instants import Announced, NotAnInstant
from onevoice.procedure.outcome import Lacking, outcome
from onevoice.procedure.rules import Confirmed, Moment, Rules, Silent
from onevoice.procedure.states import DECIDED, Outcome, Standing, State
from onevoice.procedure.toml import Faulty
from onevoice.procedure.words.simulated import MEETS

_CLOCKED: Final = (State.RUNNING, State.VOTING)


def opened(name: str) -> cases.Case:
    """The case in a file; rules and calendar are shipped ones, or files beside it. A sentence for what is wrong."""
    file = Path(name)
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise Stop(f"{name}, line {error.lineno}: {error.msg}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"The case {name} cannot be read.") from error
    except RecursionError as error:
        raise Stop(f"{name}: It is nested too deeply.") from error
    return of_data(data, name, lambda named: file.parent / beside(named))


def beside(named: str) -> str:
    """A file in the case's own folder."""
    if Path(named).name != named:
        raise ValueError(f"{named!r} is no file beside the case: give its name alone.")
    return named


def of_data(data: Any, name: str, place: Callable[[str], Path] = Path) -> cases.Case:
    """A case; `name` says what it is called, `place` where a file that it names lies."""
    try:
        case = cases.read(
            data,
            rules=lambda named: _found(place, named, "rules", loading.shipped, loading.read),
            calendar=lambda named: _found(place, named, "calendar", calendars.shipped, calendars.read),
        )
    except cases.BadCase as error:
        cause = error.__cause__
        says = no_instant(cause) if isinstance(cause, NotAnInstant) else error.says
        raise Stop(f"{name}, {error.where}: {says}") from error
    except Faulty as error:
        raise Stop(f"{name}, {error}" if error.line is None else str(error)) from error
    deciders = case.rules.voice.deciders
    classes = () if isinstance(deciders, Silent) else deciders
    for _, says in contradictions.over(case.rules, sum(one.membership in classes for one in case.roster)):
        raise Stop(f"{name}, roster: {says}")
    return case


def _found(place: Callable[[str], Path], named: str, where: str, shipped: Any, read: Any) -> Any:
    """What a case names: one that is shipped, or a file."""
    try:
        if not named.endswith(".toml"):
            return shipped(named)
        return read(place(named).read_text(encoding="utf-8"), named)
    except (loading.NoBody, calendars.NoCalendar) as error:
        raise cases.BadCase(where, f"{error} There are: {', '.join(error.known)}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise cases.BadCase(where, f"{named} cannot be read.") from error
    except Faulty:
        raise
    except ValueError as error:
        raise cases.BadCase(where, str(error)) from error


def instant(written: str) -> Announced:
    """An instant among the words of a command."""
    try:
        found = instants.read(written)
    except NotAnInstant as error:
        raise argparse.ArgumentTypeError(no_instant(error)) from error
    if found.at.year not in cases.YEARS:
        said = f"{cases.YEARS[0]} to {cases.YEARS[-1]}"
        raise argparse.ArgumentTypeError(f"{written!r} lies outside the years {said}.")
    return found


def command(asked: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """What holds at the instant, as data and for people."""
    case = opened(asked.case)
    found = at(case, asked.at.at)
    return as_data(case, found, asked.at), "\n".join(as_text(case, found, asked.at))


def at(case: cases.Case, when: datetime) -> Outcome:
    """The outcome; a sentence where the rule cannot run."""
    try:
        return outcome(case.rules, case.roster, case.calendar, case.events, at=when)
    except Lacking as error:
        raise Stop(lacking(case.rules, error)) from error


def lacking(rules: Rules, error: Lacking) -> str:
    """What a rule lacks, and the way out."""
    return (
        f"{rules.title} cannot run while these are unset: {', '.join(error.keys)}. "
        "Give them in the case under 'assumed', or write rules of your own."
    )


def as_data(case: cases.Case, found: Outcome, when: Announced) -> dict[str, Any]:
    """The outcome with rule and instant, the end in its zone, and until when what is owed is owed."""
    data = cases.as_data(found)
    for shown, one in zip(data["standing"], found.standing, strict=True):
        shown |= {"paragraphs": list(one.paragraphs), "owed_until": utc(one.owed_until) if one.owes else None}
    return {
        "rules": case.rules.key,
        "at": str(when),
        **data,
        "end_announced": str(found.end) if found.end else None,
        "pending_until": {name: str(end) for name, end in sorted(found.pending.items())},
    }


def utc(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant else None


def as_text(case: cases.Case, found: Outcome, when: Announced) -> Iterator[str]:
    """For people: state and end, what stands, what is owed, what each event counted for, the turns."""
    zone = next((one.announced.zone for one in case.events if isinstance(one, Started)), when.zone)
    yield case.rules.title
    yield f"At {both(when.at, zone)}: {found.state.value}."
    yield from _state(case.rules, found, zone)
    yield from _part("Standing objections", [_standing(one) for one in found.standing])
    yield from _part("Owed", list(_owed(case.rules, found, zone)))
    yield from _part("Events", list(_events(case, found, zone)))
    yield from _part("Timeline", [f"{moment(turn.at, zone)}  {turn.state.value}" for turn in found.turns])


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))


def _state(rules: Rules, found: Outcome, zone: ZoneInfo) -> Iterator[str]:
    yield STATES[found.state]
    if found.cause:
        yield CAUSES[found.cause]
    if found.blocked and found.state not in DECIDED:
        yield "Objections that stand block it."
    if found.dissent:
        yield "Dissent was noted."
    if found.tally:
        votes = found.tally
        yield f"Votes: {votes.in_favour} for, {votes.against} against, {votes.abstaining} abstaining."
    if found.verb:
        yield f"Word for the outcome: {found.verb.value}."
    if found.end:
        yield f"{'Ends' if found.state in _CLOCKED else 'Clock ended'}: {both(found.end.at, zone)}"
    if found.decided_at:
        yield f"Decided: {both(found.decided_at, zone)}"
    if found.effective:
        yield f"Effective: {both(found.effective, zone)}"
    elif found.state is State.ADOPTED:
        yield f"Effective: not yet, it holds from {_from(rules)}."


def _from(rules: Rules) -> str:
    return "the next meeting on" if rules.outcome.effective is Moment.NEXT_MEETING else "its announcement on"


def _standing(one: Standing) -> str:
    said = [f"{one.objection}: {', '.join(sorted(one.members))}"]
    said += [f"paragraphs {', '.join(one.paragraphs)}"] if one.paragraphs else []
    said += ["made on another text"] if one.stale else []
    said += ["set aside"] if one.set_aside else []
    said += ["found sustained"] if one.sustained else []
    return "; ".join(said)


def _owed(rules: Rules, found: Outcome, zone: ZoneInfo) -> Iterator[str]:
    for one in found.standing:
        if one.owes and one.owed_until:
            missing = " and ".join(OWED[name] for name in sorted(one.owes))
            yield f"{one.objection} owes {missing} until {both(one.owed_until, zone)}"
    for name, end in sorted(found.pending.items()):
        yield f"{name} owes its confirmation until {both(end.at, zone)}"
    if found.unreached and not found.is_final:
        yield f"Not reached, so that their silence does not count: {', '.join(sorted(found.unreached))}"
    if found.due:
        yield f"{STATES[found.state]} Until {both(found.due.at, zone)}"
    confirmed = rules.outcome.confirmed
    if found.state is State.ADOPTED and isinstance(confirmed, Confirmed) and found.met is None:
        yield MEETS[confirmed]


def _events(case: cases.Case, found: Outcome, zone: ZoneInfo) -> Iterator[str]:
    known = sorted((one for one in case.events if one.key in found.judged), key=lambda one: one.at)
    for one in known:
        yield f"{moment(one.at, zone)}  {one.key}, {happened(one)}: {judged(found.judged[one.key])}"
    if later := len(case.events) - len(known):
        yield f"{later} more {'lies' if later == 1 else 'lie'} after this instant."
