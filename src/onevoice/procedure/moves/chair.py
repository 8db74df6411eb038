"""The chair puts, judges, passes on: docs/procedure.md, sections 5.1 and 6."""

from __future__ import annotations

from onevoice.procedure import events
from onevoice.procedure.course import Course
from onevoice.procedure.events import Verdict
from onevoice.procedure.rules import Effect, Mode, Override, Role, Silent
from onevoice.procedure.states import FINAL, Why

from .shared import S, WithoutEffect, require, standing


def put(course: Course, event: events.Put) -> None:
    """5.1, 6.4 The chair puts the text to the meeting."""
    require(event.by is Role.CHAIR, Why.ROLE)
    require(course.state in (S.OPEN, S.HELD_UP) and course.end is None, Why.STATE)
    course.decide(event.at, pass_over=_passed_over(course, event.override))


def _passed_over(course: Course, override: Override | None) -> int:
    if override is None:
        return 0
    allowed = course.rules.outcome.override
    number = {Override.MINUS_ONE: 1, Override.MINUS_TWO: 2}.get(override, 0)
    require(bool(number) and not isinstance(allowed, Silent) and override in allowed, Why.VERDICT)
    return number


def judge(course: Course, event: events.Judged) -> None:
    """6.1 to 6.3 The chair judges an objection, or the whole."""
    require(event.by is Role.CHAIR, Why.ROLE)
    require(bool(event.reasons), Why.REASONS)
    require(course.state not in (S.NOT_STARTED, *FINAL), Why.STATE)
    if event.verdict in (Verdict.SET_ASIDE, Verdict.SUSTAINED):
        _judge_objection(course, event)
    else:
        _judge_whole(course, event)


def _judge_objection(course: Course, event: events.Judged) -> None:
    objection = standing(course, event.objection)
    aside = event.verdict is Verdict.SET_ASIDE
    owing = bool(objection.owes) and objection.owed_until is not None
    overdue = aside and owing and course.ends.over(objection.owed_until or event.at, event.at)
    require(course.is_judged or overdue, Why.VERDICT)
    objection.set_aside, objection.sustained = aside, not aside


def _judge_whole(course: Course, event: events.Judged) -> None:
    judging = course.state is S.WITH_THE_CHAIR or (course.state is S.OPEN and course.rules.mode is Mode.CHAIR)
    require(judging, Why.STATE)
    match event.verdict:
        case Verdict.CONSENSUS:
            require(not any(one.sustained for one in course.round.objections.values()), Why.SUSTAINED)
            course.adopt(event.at)
        case Verdict.DISSENT:
            allowed = course.rules.outcome.override
            require(not isinstance(allowed, Silent) and Override.DISSENT in allowed, Why.VERDICT)
            course.dissent = True
            course.adopt(event.at)
        case Verdict.NO_CONSENSUS:
            up = course.rules.blocking.effect is Effect.ESCALATE
            course.leads(S.NEXT_LEVEL if up else S.NOT_ADOPTED, event.at)
        case _:
            raise WithoutEffect(Why.VERDICT)


def escalate(course: Course, event: events.Escalated) -> None:
    """6.5 It goes to the next level."""
    require(event.by is Role.CHAIR, Why.ROLE)
    there = isinstance(course.rules.outcome.next_level, str)
    require(there and course.state in (S.HELD_UP, S.WITH_THE_CHAIR, S.TO_A_MEETING), Why.STATE)
    course.leads(S.NEXT_LEVEL, event.at)


def settle(course: Course, event: events.Settled) -> None:
    """6.6 A meeting, or the next level, decided."""
    require(course.state in (S.TO_A_MEETING, S.NEXT_LEVEL), Why.STATE)
    match event.verdict:
        case Verdict.ADOPTED:
            course.adopt(event.at)
        case Verdict.NOT_ADOPTED:
            course.fail(event.at)
        case _:
            raise WithoutEffect(Why.VERDICT)
