"""What `./onevoice procedure` says of judgements and instants, in English; what pages say too is in procedure/words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from onevoice.procedure.events import KINDS, Event
from onevoice.procedure.instants import Fault, NotAnInstant
from onevoice.procedure.states import Judged, Judgement, Why
from onevoice.procedure.words.states import CAUSES, OWED, STATES

__all__ = ["CAUSES", "LATE", "OWED", "STATES", "WHY", "both", "happened", "judged", "moment", "no_instant"]

WHY: Final[Mapping[Why, str]] = {
    Why.STATE: "It is not possible while the procedure stands where it stood.",
    Why.ROLE: "The rule does not let this role do it.",
    Why.KIND: "The rule does not take decisions of this kind.",
    Why.VALIDITY: "The rule did not hold on the day of the start.",
    Why.CONSULTATION: "Those whom the rule names were not consulted first.",
    Why.AGREEMENT: "The group had not agreed, in a meeting, to use this procedure.",
    Why.LANGUAGES: "The text was not there, and complete, in every language that the rule asks for.",
    Why.LENGTH: "The rule asks for a length or an end where none is given, or takes none where one is.",
    Why.CALENDAR: "The calendar is missing, or has no whole list for a year that the clock reaches.",
    Why.TOO_SHORT: "The end does not lie late enough.",
    Why.DAY_OFF: "The end lies on a day off, which the rule does not allow.",
    Why.DATE: "The rule asks from which day the decision is to hold, and none is given.",
    Why.NOT_ON_THE_ROSTER: "The member was not on the roster at the start.",
    Why.LEFT: "The member had left.",
    Why.NOT_A_DECIDER: "Members of this class do not decide.",
    Why.NOT_IN_THE_BASIS: "The rule reckons only with those present, registered or active, and the member was not.",
    Why.CAPACITY: "The rule does not let a person in this capacity do it.",
    Why.FORM: "The rule asks for another form.",
    Why.OBJECTION: "No such objection, or second clock, stood, or the member had no voice in it.",
    Why.NO_WITHDRAWAL: "Under this rule no objection can be withdrawn.",
    Why.LIMIT: "The rule allows no more of it.",
    Why.NO_REVISION: "Under this rule no new text can be given.",
    Why.NO_CORRECTION: "The rule says nothing of correcting a typing error.",
    Why.POSITION: "The rule does not have this position.",
    Why.EARLY: "The rule takes positions only after the decision.",
    Why.REASONS: "The chair gave no reasons.",
    Why.VERDICT: "The rule does not allow this finding here.",
    Why.SUSTAINED: "An objection was found sustained.",
    Why.NEW_INFORMATION: "The rule asks for new information, and there was none.",
}
LATE: Final = "It came after the end."
_WHAT: Final = {kind: what for what, kind in KINDS.items()}


def judged(found: Judged) -> str:
    """What an event counted for, and why."""
    if found.judgement is Judgement.COUNTED:
        return "counted"
    if found.judgement is Judgement.LATE:
        return f"late. {LATE}"
    return f"without effect. {WHY[found.why] if found.why else ''}".rstrip()


def happened(event: Event) -> str:
    """What an event was, and whose."""
    who = getattr(event, "member", None) or getattr(event, "by", None) or getattr(event, "members", None)
    named = who if isinstance(who, str) or who is None else ", ".join(sorted(who))
    return f"{_WHAT[type(event)]} ({named})" if named else _WHAT[type(event)]


def moment(at: datetime, zone: ZoneInfo) -> str:
    """An instant by the clock on the wall there; with parts of a second where there are any."""
    local = at.astimezone(zone)
    return f"{local:%a %d %b %Y, %H:%M:%S}" + (f".{local:%f}" if local.microsecond else "")


def both(at: datetime, zone: ZoneInfo) -> str:
    """An instant in a zone and in UTC."""
    there = f"{moment(at, zone)} ({zone.key})"
    return there if zone.key == "UTC" else f"{there}, {moment(at, ZoneInfo('UTC'))} (UTC)"


def no_instant(error: NotAnInstant) -> str:
    """What is wrong with the words, and what may have been meant."""
    one = " or ".join(map(str, error.candidates))
    match error.fault:
        case Fault.NO_ZONE:
            return f"{error.written} names no zone: add it, as in 2026-12-07T10:00[Europe/Vienna]."
        case Fault.UNKNOWN_ZONE:
            return f"There is no such time zone in {error.written}: write it as Europe/Vienna."
        case Fault.GAP:
            return (
                f"{error.written} does not exist: the clocks go forward over it. The next instant is {one}."
            )
        case Fault.TWICE:
            return f"{error.written} comes twice that day: write {one}."
        case Fault.OFFSET:
            return f"The offset in {error.written} is not the zone's at that time{f': write {one}' if one else ''}."
        case _:
            return f"{error.written!r} is no instant: write it as 2026-12-07T10:00[Europe/Vienna]."
