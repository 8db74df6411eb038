"""What of proposals and decisions a viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onevoice.enact.actor import Viewer

from .models import Decision, Proposal, Visibility


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """A proposal is for its group."""
    rows = Proposal.objects.filter(group__in=viewer.groups)
    return rows.select_related("group", "body", "proposed_by")


def decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Public decisions for everybody, the others for their group."""
    rows = Decision.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "body")
