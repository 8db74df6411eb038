"""What the moves share: when an event does not count, and for whom a member may speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from onevoice.procedure import events
from onevoice.procedure.clock import Length, Unit
from onevoice.procedure.course import Course, Objecting
from onevoice.procedure.ends import NoCalendar
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Mode, Role, Silent
from onevoice.procedure.states import State, Why


class Late(Exception):
    """The event came after the end of what it was meant for."""


class WithoutEffect(Exception):
    """The event does nothing, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


S: Final = State
BEFORE: Final = (S.NOT_STARTED, S.WITHDRAWN)
SPEAKING: Final = (S.RUNNING, S.OPEN, S.HELD_UP, S.DEFERRED)
AFTER_EXPIRY: Final = (S.TO_A_VOTE, S.WITH_THE_CHAIR, S.TO_A_MEETING, S.NEXT_LEVEL)
REVISING: Final = (S.RUNNING, S.OPEN, S.HELD_UP, S.WITH_THE_CHAIR)
MANAGING: Final = (Role.CHAIR, Role.SECRETARIAT)
A_DAY: Final = Length(24, Unit.HOURS)


def require(holds: bool, why: Why) -> None:
    if not holds:
        raise WithoutEffect(why)


def in_states(course: Course, states: Iterable[State], before: Iterable[State] = BEFORE) -> None:
    """The event is for these states; in `before` it is premature or pointless, otherwise late."""
    if course.state not in states:
        require(course.state not in before, Why.STATE)
        raise Late


def one_of(by: Role | None, roles: tuple[Role, ...] | Silent) -> None:
    require(isinstance(roles, Silent) or by in roles, Why.ROLE)


def speaks(course: Course, event: events.Said, levels: Any) -> None:
    """Whether the member's voice counts, and the person may act for it."""
    counts(course, event.member)
    allowed = isinstance(levels, Silent) or event.capacity is None or event.capacity in levels
    require(allowed, Why.CAPACITY)


def counts(course: Course, member: str, *, in_basis: bool = True) -> None:
    why = course.voices.why_not(member)
    if why is not None and (in_basis or why != Why.NOT_IN_THE_BASIS):
        raise WithoutEffect(Why(why))


def standing(course: Course, key: str | None) -> Objecting:
    """The objection that stands under a key."""
    found = course.round.objections.get(key or "") if course.state is not S.NOT_STARTED else None
    if found is None:
        raise WithoutEffect(Why.OBJECTION)
    return found


def speaks_while_open(course: Course, event: events.Said) -> None:
    require(course.rules.mode is not Mode.BALLOT, Why.STATE)
    in_states(course, SPEAKING)
    speaks(course, event, course.rules.voice.levels)


def an_end(
    course: Course,
    start: Announced,
    length: Length | None,
    until: Announced | None,
    least: Length | Silent,
) -> Announced:
    """An end that is given, or that a length gives: not before the least length, not on a forbidden day off."""
    try:
        end = until if length is None else course.ends.reckoned(start, length)
        assert end is not None
        shortest = start if isinstance(least, Silent) else course.ends.reckoned(start, least)
        off = length is None and course.ends.on_day_off(end)
    except NoCalendar as error:
        raise WithoutEffect(Why.CALENDAR) from error
    require(end.at > start.at and end.at >= shortest.at, Why.TOO_SHORT)
    require(not off, Why.DAY_OFF)
    return end
