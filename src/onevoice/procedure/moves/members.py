"""Who is a member, in the room, reached: docs/procedure.md, sections 3 and 5.5."""

from __future__ import annotations

from typing import Any

from onevoice.procedure import events
from onevoice.procedure.clock import Length
from onevoice.procedure.course import Course, Objecting
from onevoice.procedure.ends import later
from onevoice.procedure.events import Member
from onevoice.procedure.states import FINAL, Why

from .shared import MANAGING, S, require


def leave(course: Course, event: events.Left) -> None:
    """3.4 A voice is gone, or passes to another member."""
    if course.state is S.NOT_STARTED:
        course.voices.seats.pop(event.member, None)
        return
    into = course.voices.leaves(event)
    passing = course.round
    for one in list(passing.objections.values()):
        _pass_objection(one, event.member, into)
        if not one.voices:
            del passing.objections[one.key]
    _pass_value(passing.answers, event.member, None if into in passing.second else into)
    by_name: tuple[dict[str, Any], ...] = (passing.conditions, passing.second, course.votes)
    for said in by_name:
        _pass_value(said, event.member, into)
    for named in (passing.support, passing.asking, passing.took_part):
        if event.member in named:
            named.discard(event.member)
            named.update([into] if into else [])


def _pass_objection(one: Objecting, member: str, into: str | None) -> None:
    if member not in one.voices:
        return
    own = one.voices.pop(member)
    if into is not None:
        one.voices[into] = one.voices.get(into, False) or own
    if one.maker == member and into is not None:
        one.maker = into


def _pass_value(said: dict[str, Any], member: str, into: str | None) -> None:
    if member in said:
        value = said.pop(member)
        if into is not None:
            said.setdefault(into, value)


def admit(course: Course, event: events.Admitted) -> None:
    """3.1 One who is admitted before the start is on the roster; later ones are not."""
    if course.state is S.NOT_STARTED:
        course.voices.seats.setdefault(event.member, Member(event.member))


def present(course: Course, event: events.Present) -> None:
    """3.2 Who is in the room."""
    course.voices.in_the_room = event.members


def report_absent(course: Course, event: events.Absent) -> None:
    """5.5 Those who could not be reached are reported absent."""
    require(event.by in MANAGING, Why.ROLE)
    require(course.state not in (S.NOT_STARTED, *FINAL), Why.STATE)
    course.round.excused |= event.members


def reached(course: Course, event: events.Reached) -> None:
    """5.5 A notice arrived."""
    if course.state is S.NOT_STARTED:
        return
    course.round.notices[event.member] = True
    if event.member in course.waiting:
        least, start = course.rules.clock.minimum, course.here(event.at)
        length = least if isinstance(least, Length) else course.length
        end = course.ends.second(start, length) if length else later(start, course.elapsed)
        course.waiting[event.member] = end


def unreached(course: Course, event: events.Unreached) -> None:
    """5.5 A notice could not be delivered."""
    if course.state is S.NOT_STARTED:
        return
    course.round.notices[event.member] = False
    if event.member in course.waiting:
        course.waiting[event.member] = None
