"""What follows a decision: docs/procedure.md, section 9."""

from __future__ import annotations

from onevoice.procedure import events
from onevoice.procedure.course import Course
from onevoice.procedure.rules import Role, Silent
from onevoice.procedure.states import DECIDED, FINAL, Why

from .shared import MANAGING, S, counts, one_of, require


def take_back(course: Course, event: events.TakenBack) -> None:
    """9.1 The proposal is withdrawn."""
    require(course.state not in (S.NOT_STARTED, *FINAL), Why.STATE)
    one_of(event.by, course.rules.start.by)
    course.turn(S.WITHDRAWN, event.at)


def announce(course: Course, event: events.OutcomeAnnounced) -> None:
    """9.2 The outcome is announced."""
    require(event.by in MANAGING, Why.ROLE)
    require(course.state in DECIDED, Why.STATE)
    course.announced = course.announced or event.at


def meet(course: Course, event: events.Met) -> None:
    """9.2 The next meeting was held."""
    require(course.state in DECIDED, Why.STATE)
    course.met = course.met or event.at


def reopen(course: Course, event: events.Reopened) -> None:
    """9.4 The matter is taken up again; the decision holds until another supersedes it."""
    outcome = course.rules.outcome
    require(course.state in (S.ADOPTED, S.NOT_ADOPTED), Why.STATE)
    if event.member is not None:
        counts(course, event.member, in_basis=False)
    by = event.by if event.member is None else Role.MEMBER
    require(not isinstance(outcome.reopened_by, Silent) and by in outcome.reopened_by, Why.ROLE)
    require(outcome.new_information is not True or event.new_information, Why.NEW_INFORMATION)
    course.reopened = course.reopened or event.at
