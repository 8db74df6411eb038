"""What of meetings a viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onevoice.decisions import visible as decisions
from onevoice.decisions.models import Proposal, Visibility
from onevoice.enact.actor import Viewer

from .models import AgendaItem, Meeting


def meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Public meetings for everybody, the others for their group."""
    rows = Meeting.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "body")


def agenda(viewer: Viewer) -> QuerySet[AgendaItem]:
    """The agenda is for the group; the public sees it when the meeting's report says so."""
    rows = AgendaItem.objects.filter(meeting__group__in=viewer.groups)
    return rows.select_related("meeting__group", "meeting__body__group", "parent")


def in_the_room(viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals put under an agenda item: those that can be decided in the room."""
    rows = decisions.proposals(viewer).filter(proposed_under__isnull=False)
    return rows.select_related("proposed_under__item__meeting")
