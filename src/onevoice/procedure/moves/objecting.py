"""Objecting, and taking it back: docs/procedure.md, section 4."""

from __future__ import annotations

from datetime import datetime

from onevoice.procedure import events
from onevoice.procedure.course import Course, Objecting
from onevoice.procedure.rules import NONE, Form, Joint, Mode, Moment, Silent
from onevoice.procedure.states import FINAL, Why

from .shared import A_DAY, AFTER_EXPIRY, BEFORE, SPEAKING, Late, S, in_states, require, speaks, standing


def _may_object(course: Course, event: events.Said) -> None:
    require(course.rules.mode is not Mode.BALLOT, Why.STATE)
    if isinstance(event, events.Objected) and _came_in_time(course, event):
        pass
    elif course.state is S.WAITING:
        own = course.waiting.get(event.member)
        silent = event.member in course.waiting and (own is None or not course.ends.over(own.at, event.at))
        if not silent:
            raise Late
    else:
        in_states(course, SPEAKING)
    speaks(course, event, course.rules.objection.levels)


def _came_in_time(course: Course, event: events.Objected) -> bool:
    """4.9 The clock is over and nothing is decided, and the message came while one could object to this text."""
    if event.came is None or course.state not in (S.WAITING, *AFTER_EXPIRY):
        return False
    return event.came.at >= course.round.start.at and course.state_at(event.came.at) in SPEAKING


def object_(course: Course, event: events.Objected) -> None:
    """4.1 to 4.5 An objection stands at once, whatever is still missing."""
    _may_object(course, event)
    asked = course.rules.objection.form
    alike = {asked, Form.LETTER} if asked is Form.WRITTEN else {asked}
    require(isinstance(asked, Silent) or event.form is None or event.form in alike, Why.FORM)
    _stand(course, event)


def amend(course: Course, event: events.Amended) -> None:
    """4.6 Other wording: an objection where the rule says so."""
    _may_object(course, event)
    if course.rules.objection.amendment_counts is True:
        _stand(course, event)


def _stand(course: Course, event: events.Objected) -> None:
    objection = course.rules.objection
    required = {
        "reasons": objection.reasons is True and not event.reasons,
        "paragraphs": objection.paragraphs is True and not event.paragraphs,
        "wording": objection.wording is True and not event.wording,
    }
    spoken = {}
    if objection.joint is Joint.ON_THE_WORD_OF_ONE:
        spoken = {name: False for name in event.speaks_for if course.voices.why_not(name) is None}
    course.round.objections[event.key] = Objecting(
        event.key,
        event.member,
        spoken | {event.member: True},
        paragraphs=event.paragraphs,
        stale=event.text is not None and event.text not in course.round.hashes or _came_before(course, event),
        owes=frozenset(name for name, missing in required.items() if missing),
        owed_until=may_complete_until(course, event.at),
        entered=event.came is not None,
    )


def may_complete_until(course: Course, at: datetime) -> datetime:
    """4.3 How long an objection made at that instant can be added to, whether it owes something or not."""
    within = course.rules.objection.completed_within
    return course.ends.second(course.here(at), A_DAY if isinstance(within, Silent) else within).at


def _came_before(course: Course, event: events.Objected) -> bool:
    """4.9 The message came before the present text."""
    return event.came is not None and event.came.at < course.round.start.at


def join(course: Course, event: events.Joined) -> None:
    """4.5 A member makes an objection its own."""
    _may_object(course, event)
    standing(course, event.objection).voices[event.member] = True


def complete(course: Course, event: events.Completed) -> None:
    """4.3 What an objection owed."""
    require(course.state not in BEFORE, Why.STATE)
    objection = standing(course, event.objection)
    require(event.member in objection.voices, Why.OBJECTION)
    if objection.owed_until is None or course.ends.over(objection.owed_until, event.at):
        raise Late
    given = {"reasons": event.reasons, "paragraphs": event.paragraphs, "wording": event.wording}
    objection.owes -= {name for name, value in given.items() if value}
    objection.paragraphs = tuple(dict.fromkeys((*objection.paragraphs, *event.paragraphs)))


def withdraw(course: Course, event: events.Withdrew) -> None:
    """4.7 An objection is taken back: by its maker with all that counts on its word, by one who joined alone."""
    until = course.rules.objection.withdrawn_until
    require(until is not NONE, Why.NO_WITHDRAWAL)
    lasts = until in (Moment.ANNOUNCEMENT, Moment.NEXT_MEETING, Moment.LATER)
    in_states(course, (*SPEAKING, S.WAITING, *(AFTER_EXPIRY if lasts else ())), (*BEFORE, *FINAL))
    objection = standing(course, event.objection)
    require(event.member in objection.voices, Why.OBJECTION)
    _take_away(course, objection, event.member)


def strike(course: Course, event: events.Struck) -> None:
    """4.10 The member in whose name it was entered says that it is not its own, within the time for completing it."""
    in_states(course, (*SPEAKING, S.WAITING, *AFTER_EXPIRY), (*BEFORE, *FINAL))
    objection = standing(course, event.objection)
    own = objection.maker == event.member and event.member in objection.voices
    require(own and objection.entered, Why.OBJECTION)
    if objection.owed_until is None or course.ends.over(objection.owed_until, event.at):
        raise Late
    _take_away(course, objection, event.member)


def _take_away(course: Course, objection: Objecting, member: str) -> None:
    whole = member == objection.maker
    objection.voices = {
        name: own for name, own in objection.voices.items() if name != member and (own or not whole)
    }
    if not objection.voices:
        del course.round.objections[objection.key]
