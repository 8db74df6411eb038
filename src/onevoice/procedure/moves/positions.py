"""What is said without blocking, and second clocks: docs/procedure.md, sections 4.8 and 8."""

from __future__ import annotations

from onevoice.procedure import events
from onevoice.procedure.course import Course, Objecting
from onevoice.procedure.rules import NONE, Silent
from onevoice.procedure.states import DECIDED, FINAL, Why

from .objecting import may_complete_until
from .shared import BEFORE, SPEAKING, Late, S, WithoutEffect, in_states, require, speaks, speaks_while_open


def condition(course: Course, event: events.Conditional) -> None:
    """4.8 A member agrees if paragraphs read so in the end."""
    speaks_while_open(course, event)
    course.round.conditions.pop(event.member, None)
    if event.paragraphs:
        course.round.conditions[event.member] = dict(event.paragraphs)


def support(course: Course, event: events.Supported) -> None:
    """4.8 A member speaks for the proposal."""
    speaks_while_open(course, event)
    course.round.support.add(event.member)


def state_position(course: Course, event: events.Stated) -> None:
    """8.1 A position that does not block."""
    require(course.state not in BEFORE, Why.STATE)
    speaks(course, event, course.rules.voice.levels)
    positions = course.rules.positions
    allowed = positions.kinds is not NONE and (
        isinstance(positions.kinds, Silent) or event.position in positions.kinds
    )
    require(allowed, Why.POSITION)
    if course.state not in DECIDED:
        require(positions.before is not False, Why.EARLY)
    else:
        assert course.decided_at is not None
        if isinstance(positions.after, Silent):
            raise Late
        if course.ends.over(course.ends.second(course.here(course.decided_at), positions.after).at, event.at):
            raise Late


def ad_referendum(course: Course, event: events.AdReferendum) -> None:
    """8.2 A member agrees, subject to confirmation."""
    speaks_while_open(course, event)
    require(event.until.at > event.at, Why.TOO_SHORT)
    course.round.second[event.member] = event.until
    course.round.answers.pop(event.member, None)


def _answer(course: Course, event: events.Said) -> None:
    second = course.round.second.get(event.member) if course.state is not S.NOT_STARTED else None
    if second is None:
        raise WithoutEffect(Why.OBJECTION)
    require(course.state not in FINAL, Why.STATE)
    if event.member in course.round.answers or course.ends.over(second.at, event.at):
        raise Late


def confirm(course: Course, event: events.Confirmed) -> None:
    """8.3 Headquarters agrees."""
    _answer(course, event)
    course.round.answers[event.member] = event.at


def refuse(course: Course, event: events.Refused) -> None:
    """8.3 Headquarters does not agree: an objection."""
    _answer(course, event)
    in_states(course, (*SPEAKING, S.WAITING, S.AD_REFERENDUM))
    course.round.answers[event.member] = event.at
    course.round.objections[event.key] = Objecting(
        event.key, event.member, {event.member: True}, owed_until=may_complete_until(course, event.at)
    )
    if course.state is S.AD_REFERENDUM and (course.is_judged or course.blocked(deciding=True)):
        course.decided_at = None
        course.leads(S.WITH_THE_CHAIR if course.is_judged else S.NOT_ADOPTED, event.at)
