"""What of proposals and decisions a viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onevoice.enact.actor import Viewer
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.record.models import Opening

from .models import Decision, Proposal, Visibility

ROSTER = "roster"  # the personal value of an adoption that names who was present


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """A proposal is for its group."""
    rows = Proposal.objects.filter(group__in=viewer.groups)
    return rows.select_related("group", "body", "proposed_by")


def decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Public decisions for everybody, the others for their group."""
    rows = Decision.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "body")


def taken_back(group: str, slug: str) -> Performed | None:
    """The act that took a decision from the public site, the latest; everybody reads in the record that it was."""
    rows = Performed.objects.filter(
        subject=f"decisions.decision:{group}/{slug}", act="decisions.unpublish_decision", entry__public=True
    )
    return rows.first()


def roster(viewer: Viewer, adoption: Performed, group: int) -> list[str]:
    """Who was present at an adoption, by permanent name: for the group, whose roster it is; one query."""
    if not viewer.is_in(group):
        return []
    opened = Opening.objects.filter(entry=adoption.entry_id, name=ROSTER).first()
    return opened.value if opened else []


def acts_about(viewer: Viewer, *subjects: Proposal | Decision | None) -> list[Performed]:
    """What was done on a proposal and its decision, the oldest first, with its place in the record; one query.

    The group sees all of it; everybody sees what is open in the record.
    """
    there = [subject for subject in subjects if subject is not None]
    rows = Performed.objects.filter(subject__in=[key_of(subject) for subject in there])
    rows = rows.select_related("entry__placement").order_by("pk")
    return [
        one for one in rows if viewer.is_in(there[0].group_id) or (one.entry is not None and one.entry.public)
    ]
