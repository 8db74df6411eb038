"""Starting: docs/procedure.md, section 2."""

from __future__ import annotations

from onevoice.procedure import events
from onevoice.procedure.course import Course, Round
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Mode, Moment, Silent
from onevoice.procedure.states import Why

from .shared import S, an_end, one_of, require


def start(course: Course, event: events.Started) -> None:
    """2. The clock opens, or the meeting's call."""
    require(course.state is S.NOT_STARTED, Why.STATE)
    _may_start(course, event)
    end = _first_end(course, event)
    later_date = course.rules.outcome.effective is Moment.LATER
    require(not later_date or event.effective is not None, Why.DATE)
    course.started, course.text, course.length = event, event.text, event.length
    course.round = Round(event.announced, {event.text.hash})
    if end is None:
        course.turn(S.OPEN, event.at)
        return
    course.elapsed = end.at - event.at
    course.round.lasts(end, event.length)
    course.runs_until(end)
    course.turn(S.VOTING if course.rules.mode is Mode.BALLOT else S.RUNNING, event.at)


def _may_start(course: Course, event: events.Started) -> None:
    scope, begins = course.rules.scope, course.rules.start
    one_of(event.by, begins.by)
    require(isinstance(scope.kinds, Silent) or event.kind in scope.kinds, Why.KIND)
    require(isinstance(scope.excluded, Silent) or event.kind not in scope.excluded, Why.KIND)
    day = event.announced.day
    require(isinstance(scope.valid_from, Silent) or scope.valid_from <= day, Why.VALIDITY)
    require(isinstance(scope.valid_until, Silent) or day <= scope.valid_until, Why.VALIDITY)
    require(isinstance(begins.consulted, Silent) or event.consulted, Why.CONSULTATION)
    require(begins.agreed_in_meeting is not True or event.agreed, Why.AGREEMENT)
    require(isinstance(begins.languages, Silent) or event.languages >= set(begins.languages), Why.LANGUAGES)
    require(begins.complete is not True or event.complete, Why.LANGUAGES)


def _first_end(course: Course, event: events.Started) -> Announced | None:
    """When the clock ends; None where there is none."""
    clocked = event.length is not None or event.until is not None
    if course.rules.mode is Mode.MEETING:
        require(not clocked, Why.LENGTH)
        return None
    if course.rules.mode is Mode.CHAIR and not clocked:
        return None
    require(clocked, Why.LENGTH)
    length = None if event.until is not None else event.length
    return an_end(course, event.announced, length, event.until, course.rules.clock.minimum)
