"""The sentences of meetings, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal
from onevoice.languages.words import plain
from onevoice.parties.models import Organisation

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
    "An item of the agenda has {size} characters; the limit is {limit}. Nothing has changed: shorten it, then send again."
)
_cancelled = Refusal("cancelled", _("This meeting was cancelled. Nothing has changed. Convene another."))
_imported = Refusal(
    "past", _("This meeting is part of the record of the past, which no act changes. Nothing has changed.")
)

document_withdrawn = Refusal("withdrawn", _("This document was withdrawn already. Nothing has changed."))
document_of_another = Refusal(
    "not_yours",
    _("Another organisation put this document here. Nothing has changed: ask it, a chair or the secretariat."),
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


def not_held(meeting: Meeting) -> Refusal | None:
    """Why nothing can be done in this meeting, or None."""
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled
    return _imported if meeting.starts_at is None else None


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
