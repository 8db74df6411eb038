"""The sentences of meetings, in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal, Sentence
from onevoice.languages.times import moment
from onevoice.languages.words import plain
from onevoice.parties.models import Organisation

from .hours import ARRIVING, last_moment
from .models import Meeting, MeetingKind, MeetingState, Part

if TYPE_CHECKING:
    from .steps import Quorum

no_body = Refusal(
    "no_body",
    _("This event is not a meeting of a body, so nothing can be decided in it. Nothing has changed."),
)
called_already = Refusal(
    "called", _("Objections were called for already. Declare the text adopted, or record the objection.")
)
not_called = Refusal("not_called", _("Call for objections first. Nothing has changed."))
objection_stands = Refusal(
    "objection_stands",
    _("An objection stands, so the text cannot be adopted by consensus. Nothing has changed."),
)
no_objection = Refusal(
    "no_objection", _("No objection stands. Call for objections, then declare the text adopted.")
)
item_too_long = _(
    "An item of the agenda has {size} characters; the limit is {limit}. Nothing has changed: "
    "shorten it, then send again."
)
_cancelled = Refusal("cancelled", _("This meeting was cancelled. Nothing has changed. Convene another."))
_imported = Refusal(
    "past", _("This meeting is part of the record of the past, which no act changes. Nothing has changed.")
)

no_other_meeting = Refusal(
    "no_other_meeting",
    _(
        "This body has no other meeting with an agenda. Nothing has changed: convene one, then move the text to it."
    ),
)
_too_early_to_decide = _(
    "This meeting begins on {begins}, and the body decides in it. Nothing has changed, and the text stays on the "
    "table: come back when the meeting has begun."
)
_too_early_to_arrive = _(
    "This meeting begins on {begins}. Who is present can be recorded from one hour before. Nothing has changed: "
    "come back then."
)
_too_long_over = _(
    "What happened in this meeting could be recorded until {closed}. Nothing has changed: a text that is still "
    "open can be moved to another meeting."
)
begins_in_the_past = _(
    "That time has passed: {begins}. Nothing has changed: choose a day and an hour to come."
)
item_of_meeting = _("{meeting}, {begins}. Agenda item {number}: {title}")

document_withdrawn = Refusal("withdrawn", _("This document was withdrawn already. Nothing has changed."))
document_of_another = Refusal(
    "not_yours",
    _(
        "Another organisation put this document here. Nothing has changed: ask it, a chair or the secretariat."
    ),
)
officers_publish = _(
    "Only a chair or the secretariat makes a document public. It was not kept: untick the box, choose the file again "
    "and send it for the group."
)
meeting_not_public = _(
    "The meeting itself is not public, so its documents are for the group. It was not kept: untick the box, choose "
    "the file again and send it."
)

KINDS = {
    MeetingKind.MEETING: _("Meeting"),
    MeetingKind.BRIEFING: _("Briefing"),
    MeetingKind.EVENT: _("Event"),
    MeetingKind.LAUNCH: _("Launch"),
    MeetingKind.CONSULTATION: _("Consultation"),
}
STATES = {MeetingState.POSTPONED: _("Postponed"), MeetingState.CANCELLED: _("Cancelled")}
PARTS = {
    Part.CHAIR: _("Chair"),
    Part.HOST: _("Host"),
    Part.ORGANISER: _("Organiser"),
    Part.CO_SPONSOR: _("Co-sponsor"),
    Part.PARTNER: _("Partner"),
    Part.BRIEFED: _("Briefed"),
    Part.PANEL: _("On the panel"),
    Part.MODERATOR: _("Moderator"),
    Part.GUEST: _("Guest"),
    Part.OPENED: _("Opened the event"),
    Part.FLOOR: _("Took the floor"),
    Part.PRESENT: _("Present"),
    Part.INVITED: _("Invited"),
    Part.AUDIENCE: _("In the audience"),
    Part.ABSENT: _("Absent"),
}


put_in_writing = _(
    "Proposal {number} was put in writing: it is decided under the body's rules of procedure, and in no meeting. "
    "Nothing has changed."
)


def not_held(meeting: Meeting) -> Refusal | None:
    """Why nothing can be done in this meeting, or None."""
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled
    return _imported if meeting.starts_at is None else None


def not_arriving(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Why nobody can be in the room now, or None."""
    return _not_then(meeting, now=now, early=ARRIVING, say=_too_early_to_arrive)


def not_in_session(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Why the body cannot decide in this meeting now, or None."""
    return _not_then(meeting, now=now, early=timedelta(0), say=_too_early_to_decide)


def too_long_over(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Why nothing more can happen in this meeting, or None."""
    if (refusal := not_held(meeting)) is not None:
        return refusal
    closed = last_moment(meeting)
    if closed is None or now <= closed:
        return None
    return Refusal("too_long_over", _too_long_over, closed=in_words(closed, meeting.zone))


def _not_then(meeting: Meeting, *, now: datetime, early: timedelta, say: Sentence) -> Refusal | None:
    begins = meeting.starts_at
    if not_held(meeting) is None and begins is not None and now < begins - early:
        return Refusal("not_begun", say, begins=in_words(begins, meeting.zone))
    return too_long_over(meeting, now=now)


def in_words(instant: datetime, zone: str) -> str:
    """An instant on the clocks of a meeting, in the reader's language."""
    return moment(instant, zone, get_language() or "en")


def no_quorum(there: Quorum) -> Refusal:
    return Refusal(
        "no_quorum",
        _(
            "The quorum is {needed} of {members} members; {present} are recorded as present. "
            "Record who is present, then try again."
        ),
        needed=there.needed if there.needed is not None else 1,
        members=len(there.members),
        present=len(there.present),
    )


def short(organisation: Organisation) -> str:
    """The acronym in the reader's language."""
    return plain(organisation.acronym(), get_language() or "en")


invited = _("Invitation to a meeting")
put_off = _("Invitation to a meeting, put off to another time")
see_agenda = _("See the agenda")
