"""What of meetings a viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from onevoice.decisions import visible as decisions
from onevoice.decisions.models import Proposal, Visibility
from onevoice.enact.actor import Viewer
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.files.models import Visibility as Public
from onevoice.groups.models import Group

from .models import AgendaItem, Document, Meeting, Participation, ProposedUnder, TakenAt

CHANGES = ("meetings.postpone_meeting", "meetings.cancel_meeting")


def meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Public meetings for everybody, the others for their group."""
    rows = Meeting.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "body")


def agenda(viewer: Viewer) -> QuerySet[AgendaItem]:
    """The agenda is for the group; the public sees it when the meeting's report says so."""
    rows = AgendaItem.objects.filter(meeting__group__in=viewer.groups)
    return rows.select_related("meeting__group", "meeting__body__group", "parent")


def documents(viewer: Viewer) -> QuerySet[Document]:
    """Documents are for the group, those withdrawn too; everybody sees what is public on a public meeting."""
    public = Q(item__meeting__visibility=Visibility.PUBLIC, file__visibility=Public.PUBLIC, withdrawal=None)
    rows = Document.objects.filter(public | Q(item__meeting__group__in=viewer.groups))
    return rows.select_related(
        "item__meeting__group", "item__meeting__body", "file", "added_by", "withdrawal"
    )


def in_the_room(viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals put under an agenda item: those that can be decided in the room."""
    rows = decisions.proposals(viewer).filter(proposed_under__isnull=False)
    return rows.select_related("proposed_under__item__meeting")


def participations(viewer: Viewer) -> QuerySet[Participation]:
    """Who took part in visible meetings. What was recorded in the room is for the group: a roster is its own."""
    public = Q(meeting__visibility=Visibility.PUBLIC, recorded_by__isnull=True)
    rows = Participation.objects.filter(public | Q(meeting__group__in=viewer.groups))
    return rows.select_related("organisation", "state", "appointment")


def appointed(group: Group) -> QuerySet[Any]:
    """Under which appointments, by id, somebody took part in a meeting of a group: for the room that corrects them."""
    rows = Participation.objects.filter(meeting__group=group, appointment__isnull=False)
    return rows.order_by().values("appointment")


def taken(viewer: Viewer) -> QuerySet[TakenAt]:
    """At which visible meetings decisions were taken."""
    return TakenAt.objects.filter(meeting__in=meetings(viewer)).select_related(
        "meeting__group", "meeting__body"
    )


def proposed(viewer: Viewer) -> QuerySet[ProposedUnder]:
    """Under which agenda items proposals were put."""
    rows = ProposedUnder.objects.filter(item__meeting__group__in=viewer.groups)
    return rows.select_related("item__meeting__group")


def changes(viewer: Viewer, meetings: Iterable[Meeting]) -> dict[str, list[datetime]]:
    """When each meeting was put off or called off, the oldest first, by subject key; one query."""
    keys = [key_of(meeting) for meeting in meetings]
    found: dict[str, list[datetime]] = {key: [] for key in keys}
    rows = Performed.objects.filter(subject__in=keys, act__in=CHANGES).order_by("pk")
    for key, at in rows.values_list("subject", "performed_at"):
        found[key].append(at)
    return found
