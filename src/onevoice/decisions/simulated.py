"""A procedure before anything is sent, as a page shows it: its timeline, how it can end, and what it was asked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onevoice.languages.lists import listed, number
from onevoice.languages.web import active_language
from onevoice.procedure import simulation
from onevoice.procedure.calendars import Calendar
from onevoice.procedure.clock import Length
from onevoice.procedure.events import Member, Started, Text
from onevoice.procedure.instants import Announced
from onevoice.procedure.outcome import Lacking
from onevoice.procedure.rules import Confirmed, Edge, Role, Rules, Silent
from onevoice.procedure.simulation import Ending, Kind, Step
from onevoice.procedure.states import FINAL, Judgement, State
from onevoice.procedure.words import simulated, states, values

from . import rules_words, wording

lacking = _("These rules cannot run: they leave open what is needed. Nothing can be shown.")
in_favour = _("In favour: {number} of {of}.")
objecting = _("Objecting: {number} of {of}.")
refused = _("What was supposed would not count. {why}")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the timeline: when, what, and what else is to be known."""

    at: datetime
    says: str
    more: list[str]
    is_end: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ends if this happens; `mark` is the look of its state."""

    supposed: str
    says: list[str]
    mark: str
    decided: datetime | None
    effective: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What will be; or the sentence why the start would not count."""

    fault: str | Promise = ""
    points: Sequence[Point] = ()
    outcomes: Sequence[Outcome] = ()


def started(
    rules: Rules,
    at: Announced,
    *,
    by: str,
    kind: str,
    length: Length | None,
    until: Announced | None,
    effective: Any,
) -> Started:
    """The start that is supposed; what must be there before it is taken to be there."""
    languages = rules.start.languages
    return Started(
        key="start", at=at.at, announced=at, by=Role(by), kind=kind, text=Text("text"), length=length, until=until,
        languages=frozenset() if isinstance(languages, Silent) else frozenset(languages),
        complete=True, consulted=True, agreed=True, effective=effective,
    )  # fmt: skip


def shown(rules: Rules, roster: Sequence[Member], calendar: Calendar | None, start: Started) -> Shown:
    """What will be, in words."""
    try:
        found = simulation.simulate(rules, roster, calendar, start)
    except Lacking:
        return Shown(lacking)
    if found.start.judgement is not Judgement.COUNTED:
        return Shown(wording.NOT_STARTED[found.start.why] if found.start.why else "")
    points = [_point(one) for one in found.steps]
    return Shown("", points, [_outcome(one) for one in found.endings])


def _point(step: Step) -> Point:
    if step.kind is Kind.END:
        edge = step.facts["edge"]
        says = simulated.ENDS[edge if isinstance(edge, Edge) else Edge.LATE]
    else:
        says = simulated.STEPS[step.kind]
    return Point(step.at.at, gettext(says), list(_more(step)), step.kind is Kind.END)


def _more(step: Step) -> Iterator[str]:
    facts = step.facts
    if step.kind in (Kind.NOTICE, Kind.REMINDER):
        if not isinstance(facts["told"], Silent):
            yield capfirst(rules_words.value(facts["told"]))
            yield _members(len(facts["members"]))
        if facts.get("by_rule") is False:
            yield gettext(simulated.NOT_BY_RULE)
    if step.kind is Kind.COMPLETION:
        yield capfirst(listed([gettext(states.OWED[name]) for name in facts["owes"]], _code()))
    if step.kind in (Kind.LAST_EXTENSION, Kind.LATEST_END) and not facts["limited"]:
        yield gettext(simulated.NOT_LIMITED)


def _members(count: int) -> str:
    return ngettext("{count} member", "{count} members", count).format(count=number(count, _code()))


def _code() -> str:
    return active_language().code


_MARKS: Mapping[State, str] = {State.ADOPTED: "done", State.NOT_ADOPTED: "stopped", State.HELD_UP: "caution"}


def _outcome(ending: Ending) -> Outcome:
    return Outcome(
        supposed=gettext(simulated.IF[ending.hypothesis]),
        says=list(_says(ending)),
        mark=_MARKS.get(ending.state, "waiting"),
        decided=ending.decided.at if ending.decided else None,
        effective=ending.effective.at if ending.effective else None,
    )


def _says(ending: Ending) -> Iterator[str]:
    for name, saying in (("in_favour", in_favour), ("objecting", objecting)):
        if name in ending.facts and "of" in ending.facts:
            yield str(saying).format(
                number=number(ending.facts[name], _code()), of=number(ending.facts["of"], _code())
            )
    if ending.refused is not None:
        why = wording.WHY.get(ending.refused.why, "") if ending.refused.why else ""
        yield str(refused).format(why=why)
        return
    yield gettext(states.STATES[ending.state])
    if ending.cause is not None:
        yield gettext(states.CAUSES[ending.cause])
    if ending.state in FINAL and ending.verb is not None:
        yield gettext("The record then says: {value}.").format(value=gettext(values.of(ending.verb)))
    if ending.verb is not None and isinstance(ending.confirmed, Confirmed):
        yield gettext(simulated.MEETS[ending.confirmed])
