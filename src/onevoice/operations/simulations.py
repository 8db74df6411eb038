"""`./onevoice procedure simulate`: timeline, last moments and endings of a procedure that is not started yet."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, Final

from onevoice.operations import outcomes
from onevoice.operations.environment import Stop
from onevoice.operations.procedure_words import CAUSES, OWED, STATES, both, judged, moment
from onevoice.procedure import cases, clock
from onevoice.procedure.clock import Length
from onevoice.procedure.events import Started
from onevoice.procedure.instants import Announced
from onevoice.procedure.outcome import Lacking
from onevoice.procedure.rules import Confirmed, Edge, Moment, Rules, Silent
from onevoice.procedure.simulation import Ending, Kind, Simulation, Step, simulate
from onevoice.procedure.states import FINAL, Judgement
from onevoice.procedure.words.simulated import IF, MEETS

_GIVEN: Final = "What was given"
_WHEN: Final = {Moment.ANNOUNCEMENT: "its announcement", Moment.NEXT_MEETING: "the next meeting"}


def command(asked: argparse.Namespace) -> tuple[dict[str, Any], str, int | None]:
    """What will be, as data and for people; exit status 1 where the start itself would not count."""
    if asked.rules and not (asked.start and asked.members):
        asked.wrong("with --rules, --from and --members are needed")
    case = outcomes.opened(asked.case) if asked.case else outcomes.of_data(described(asked), _GIVEN)
    if len(case.events) != 1 or not isinstance(case.events[0], Started):
        raise Stop(f"{asked.case}, events: To simulate, give one event, 'started'; what follows is supposed.")
    start = case.events[0]
    try:
        found = simulate(case.rules, case.roster, case.calendar, start)
    except Lacking as error:
        raise Stop(outcomes.lacking(case.rules, error)) from error
    counts = found.start.judgement is Judgement.COUNTED
    return as_data(case.rules, found), "\n".join(as_text(case.rules, start, found)), None if counts else 1


def described(asked: argparse.Namespace) -> dict[str, Any]:
    """A case from options; what must be there before a start is taken to be there."""
    given: dict[str, Any] = {
        "format": cases.FORMAT, "rules": asked.rules, "assumed": dict(asked.assume or ()),
        **({"calendar": asked.calendar} if asked.calendar else {}), "roster": asked.members,
    }  # fmt: skip
    rules = outcomes.of_data(given | {"events": []}, _GIVEN).rules
    lengths = {unit.value: getattr(asked, unit) for unit in clock.Unit if getattr(asked, unit) is not None}
    kinds, by, languages = rules.scope.kinds, rules.start.by, rules.start.languages
    start = {
        "id": "start", "what": "started", "at": str(asked.start), "text": {"hash": "text"},
        "kind": asked.kind or ("any" if isinstance(kinds, Silent) else kinds[0]),
        "by": asked.by or ("chair" if isinstance(by, Silent) else by[0].value),
        "languages": [] if isinstance(languages, Silent) else list(languages),
        "complete": True, "consulted": True, "agreed": True,
        **({"length": lengths} if lengths else {}), **({"until": str(asked.until)} if asked.until else {}),
        **({"effective": asked.effective} if asked.effective else {}),
    }  # fmt: skip
    return given | {"events": [start]}


def members(written: str) -> list[dict[str, Any]]:
    """How many, or their names with commas; in the room, registered and active."""
    number = int(written) if written.isascii() and written.isdigit() else None
    if number is not None and not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("Give from 1 to 1000 members, or their names with commas.")
    names = [f"M{n}" for n in range(1, number + 1)] if number else [one.strip() for one in written.split(",")]
    return [{"member": name, "in": ["present", "registered", "active"]} for name in names]


def assumption(written: str) -> tuple[str, Any]:
    """`section.value=VALUE` as a rules file writes it; words need no quotation marks here."""
    where, equals, value = written.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{written!r}: write it as outcome.effective=expiry.")
    try:
        return where.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return where.strip(), value.strip()


def as_data(rules: Rules, found: Simulation) -> dict[str, Any]:
    """Steps and endings; instants as RFC 9557 writes them."""
    return {
        "rules": rules.key,
        "start": plain(found.start.judgement),
        "why": plain(found.start.why),
        "steps": [{"kind": plain(one.kind), "at": str(one.at), "facts": plain(one.facts)} for one in found.steps],
        "endings": [
            {"if": plain(one.hypothesis)}
            | {name: plain(getattr(one, name)) for name in (
                "state", "decided", "effective", "end", "verb", "cause", "holds_from", "numbered", "confirmed")}
            | {"refused": plain(one.refused.why or one.refused.judgement) if one.refused else None}
            | {"facts": plain(one.facts)}
            for one in found.endings
        ],
    }  # fmt: skip


def plain(value: Any) -> Any:
    """A value of the pure room as JSON has it."""
    match value:
        case Enum():
            return value.value
        case Announced():
            return str(value)
        case Length():
            return {value.unit.value: value.number}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case Mapping():
            return {name: plain(one) for name, one in value.items()}
        case tuple():
            return [plain(one) for one in value]
        case _:
            return value


def as_text(rules: Rules, start: Started, found: Simulation) -> Iterator[str]:
    """The timeline, then how it ends, each by a line or two."""
    zone = start.announced.zone
    yield rules.title
    yield f"Start {both(start.at, zone)}: {judged(found.start)}"
    if not found.steps:
        return
    yield ""
    for step in found.steps:
        yield f"{moment(step.at.at, zone)}  {said(step)}"
    for ending in found.endings:
        yield ""
        yield f"{supposed(ending)}: {ending.state.value}."
        yield from (f"  {line}" for line in _ending(ending))


def said(step: Step) -> str:
    """What lies there, in words."""
    facts = step.facts
    match step.kind:
        case Kind.START:
            return f"start: {facts['state'].value}"
        case Kind.NOTICE:
            return f"notice to {_told(facts)}"
        case Kind.REMINDER:
            return f"reminder to {_told(facts)}" + (
                "" if facts["by_rule"] else " (the rule says nothing of it)"
            )
        case Kind.LAST_OBJECTION:
            return "last moment for an objection"
        case Kind.LAST_VOTE:
            return "last moment for a vote"
        case Kind.LAST_EXTENSION:
            return "last moment for an extension" + ("" if facts["limited"] else "; no total limits it")
        case Kind.END:
            return "end; an act at this instant is " + (
                "in time" if facts["edge"] is Edge.IN_TIME else "late"
            )
        case Kind.COMPLETION:
            missing = ", ".join(OWED[name] for name in facts["owes"])
            return f"an objection made at the last moment owes until now: {missing}"
        case Kind.LATEST_END:
            return "latest end that extensions can give"
        case Kind.LAST_POSITION:
            return "last moment for a position, if nobody objects"


def _told(facts: Mapping[str, Any]) -> str:
    told = facts["told"]
    if isinstance(told, Silent):
        return "nobody that the rule names"
    return f"{', '.join(one.value for one in told)} ({len(facts['members'])} members)"


def supposed(ending: Ending) -> str:
    """What is supposed, with its numbers."""
    facts = ending.facts
    for name, what in (("in_favour", "in favour"), ("objecting", "object")):
        if name in facts and "of" in facts:
            return f"{IF[ending.hypothesis]} ({facts[name]} of {facts['of']} {what})"
    return IF[ending.hypothesis]


def _ending(ending: Ending) -> Iterator[str]:
    if ending.refused is not None:
        yield f"It does not count: {judged(ending.refused)}"
        return
    if ending.state not in FINAL:
        yield STATES[ending.state]
    if ending.cause is not None:
        yield CAUSES[ending.cause]
    if ending.decided is not None:
        yield f"Decided {both(ending.decided.at, ending.decided.zone)}"
    if ending.effective is not None:
        yield f"Effective {both(ending.effective.at, ending.effective.zone)}"
    elif ending.verb is not None and ending.holds_from in _WHEN:
        yield f"Effective with {_WHEN[ending.holds_from]}"
    if ending.verb is not None:
        yield f"Word for the outcome: {ending.verb.value}"
    if ending.verb is not None and isinstance(ending.numbered, Moment):
        yield f"Numbered at {ending.numbered.value}"
    if ending.verb is not None and isinstance(ending.confirmed, Confirmed):
        yield MEETS[ending.confirmed]
