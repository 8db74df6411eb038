"""What this room tells the rooms below that show meetings without knowing them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from onevoice.decisions.beside import Where, knows_where
from onevoice.decisions.models import Decision, Proposal
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import stands_under
from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.groups.standing import known
from onevoice.groups.traces import Trace, traces
from onevoice.mandates.answers import answering
from onevoice.parties.models import Organisation

from . import visible, wording
from .models import AgendaItem, Part


def _with_taken(viewer: Viewer, rows: QuerySet[Decision]) -> QuerySet[Decision]:
    return rows.prefetch_related(Prefetch("taken_at", queryset=visible.taken(viewer)))


def _taken(decision: Decision) -> Where | None:
    link = getattr(decision, "taken_at", None)
    if link is None:
        return None
    meeting = link.meeting
    return Where(meeting.title, meeting.get_absolute_url(), meeting.when_written, meeting.place)


def _with_item(viewer: Viewer, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.prefetch_related(Prefetch("proposed_under", queryset=visible.proposed(viewer)))


def _item(proposal: Proposal) -> Where | None:
    link = getattr(proposal, "proposed_under", None)
    if link is None:
        return None
    meeting, item = link.item.meeting, link.item
    return Where(
        meeting.title, item.get_absolute_url(), meeting.when_written, meeting.place, item.number, item.title
    )


@stands_under("decisions.proposal")
def item_of(proposal: Proposal) -> AgendaItem | None:
    """The agenda item that a proposal was put under."""
    link = getattr(proposal, "proposed_under", None)
    return link.item if link is not None else None


knows_where(Decision, prepares=_with_taken, reads=_taken)
knows_where(Proposal, prepares=_with_item, reads=_item)


answering("events", _("Event"), visible.meetings, title=lambda meeting: meeting.title)


@traces("events", _("Events it took part in"))
def events_of(viewer: Viewer, group: Group, organisation: Organisation) -> Sequence[Trace]:
    """The visible meetings in which an organisation had a part, the newest first; three queries."""
    rows = visible.participations(viewer).filter(meeting__group=group, organisation=organisation)
    rows = (
        rows.select_related("meeting__group")
        .prefetch_related("interventions")
        .order_by("-meeting__when_written", "order")
    )
    found = list(rows)
    persons = {
        one.pk: one.person.called
        for one in known(
            groups.appointments(viewer).filter(
                pk__in=[row.appointment_id for row in found if row.appointment_id]
            )
        )
    }
    return [
        Trace(
            title=row.meeting.title,
            address=row.meeting.get_absolute_url(),
            when_written=row.meeting.when_written,
            part=wording.PARTS[Part(row.part)],
            person=persons.get(row.appointment_id, ""),
            quotations=tuple(one.quotation for one in row.interventions.all() if one.quotation),
        )
        for row in found
    ]
