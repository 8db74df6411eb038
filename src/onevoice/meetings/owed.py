"""What an organisation owes here: to come to the meetings of the bodies it is in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of

from . import visible, wording
from .models import MeetingState


@owes
def meetings_to_come(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query. The invitation stands until the meeting has ended; a cancelled one invites nobody."""
    rows = visible.meetings(viewer).filter(body__in=list(actor.bodies), starts_at__isnull=False)
    ahead = rows.filter(Q(ends_at__gte=now) | Q(ends_at=None, starts_at__gte=now)).exclude(
        state=MeetingState.CANCELLED
    )
    return [
        Owed(
            kind=wording.put_off if meeting.state == MeetingState.POSTPONED else wording.invited,
            title=meeting.title,
            address=meeting.get_absolute_url(),
            label=wording.see_agenda,
            deadline=meeting.starts_at,
            zone=meeting.zone,
            subject=key_of(meeting),
        )
        for meeting in ahead.order_by("starts_at")
    ]
