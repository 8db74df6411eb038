"""Another text, another end, a ballot: docs/procedure.md, section 7."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from onevoice.procedure import events
from onevoice.procedure.clock import Length
from onevoice.procedure.course import Course, Round
from onevoice.procedure.ends import NoCalendar, later
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import NONE, Correction, Restart, Silent
from onevoice.procedure.states import Why

from .shared import (
    BEFORE,
    MANAGING,
    REVISING,
    Late,
    S,
    WithoutEffect,
    an_end,
    in_states,
    one_of,
    require,
    speaks,
)


def extend(course: Course, event: events.Extended) -> None:
    """7.1 The clock is lengthened."""
    in_states(course, (S.RUNNING, S.VOTING), (*BEFORE, S.OPEN, S.HELD_UP))
    require(not isinstance(course.rules.extension.by, Silent), Why.ROLE)
    one_of(event.by, course.rules.extension.by)
    _lengthen(course, event.until)


def ask(course: Course, event: events.Asked) -> None:
    """7.2 A member asks for more time; enough of them get it."""
    in_states(course, (S.RUNNING, S.VOTING), (*BEFORE, S.OPEN, S.HELD_UP))
    speaks(course, event, course.rules.voice.levels)
    course.round.asking.add(event.member)
    enough = course.rules.extension.at_request_of
    if not isinstance(enough, Silent) and len(course.round.asking) >= enough:
        with suppress(WithoutEffect):  # asked in vain: that it was asked counts
            _lengthen(course, None)


def _lengthen(course: Course, until: Announced | None) -> None:
    extension, end = course.rules.extension, course.end
    assert end is not None
    times = extension.times
    require(times is not NONE and (isinstance(times, Silent) or course.round.extensions < times), Why.LIMIT)
    try:
        if until is None:
            each = extension.each
            if isinstance(each, Silent):
                raise WithoutEffect(Why.LENGTH)
            until = course.ends.reckoned(end, each)
    except NoCalendar as error:
        raise WithoutEffect(Why.CALENDAR) from error
    total = extension.total
    limit = None if isinstance(total, Silent) else course.ends.whole(course.round.start, total)
    require(until.at > end.at, Why.TOO_SHORT)
    require(limit is None or until.at <= limit.at, Why.LIMIT)
    course.round.extensions += 1
    course.round.asking.clear()
    course.runs_until(until)


def revise(course: Course, event: events.Revised) -> None:
    """7.3 A new text, and a new round."""
    one_of(event.by, course.rules.start.by)
    in_states(course, REVISING)
    revision = course.rules.revision
    require(revision.restart is not NONE, Why.NO_REVISION)
    require(isinstance(revision.rounds, Silent) or course.texts < revision.rounds, Why.LIMIT)
    short = revision.restart is Restart.SHORT
    if short and event.until is None and isinstance(revision.length, Silent) and course.end is not None:
        raise WithoutEffect(Why.LENGTH)
    _begin_anew(course, event.text, event.at, event.until, short=short)
    course.texts += 1


def correct(course: Course, event: events.Corrected) -> None:
    """7.4 A typing error is put right, by the rule for it."""
    one_of(event.by, course.rules.start.by)
    in_states(course, REVISING)
    match course.rules.revision.correction:
        case Correction.NOTICE:
            course.text = event.text
            course.round.hashes.add(event.text.hash)
        case Correction.RESTART:
            _begin_anew(course, event.text, event.at, None, short=False)
        case _:
            raise WithoutEffect(Why.NO_CORRECTION)


def _begin_anew(
    course: Course, text: events.Text, at: datetime, until: Announced | None, *, short: bool
) -> None:
    start, before = course.here(at), course.round
    anew = Round(start, {text.hash})
    if course.end is None:
        course.turn(S.OPEN, at)
    else:
        length = course.rules.revision.length if short else course.length
        given = None if until is not None or isinstance(length, Silent) else length
        least: Length | Silent = NONE
        if until is not None:
            least = course.rules.revision.length if short else course.rules.clock.minimum
        end = an_end(course, start, given, until or course.ends.resumed(later(start, course.elapsed)), least)
        anew.lasts(end, given)
        course.runs_until(end)
        course.turn(S.RUNNING, at)
    course.answered |= before.objections.keys()
    course.text, course.round, course.votes = text, anew, {}


def open_ballot(course: Course, event: events.BallotOpened) -> None:
    """7.5 A ballot is opened."""
    require(event.by in MANAGING, Why.ROLE)
    require(course.state is S.TO_A_VOTE, Why.STATE)
    require(event.until.at > event.at, Why.TOO_SHORT)
    course.votes = {}
    course.runs_until(event.until)
    course.turn(S.VOTING, event.at)


def vote(course: Course, event: events.Voted) -> None:
    """7.6 A member votes."""
    if course.state is not S.VOTING:
        require(course.tally is not None and course.state is not S.WITHDRAWN, Why.STATE)
        raise Late
    speaks(course, event, course.rules.voice.levels)
    course.votes[event.member] = event.vote
