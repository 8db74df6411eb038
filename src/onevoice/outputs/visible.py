"""What of outputs a viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onevoice.decisions.models import Visibility
from onevoice.enact.actor import Viewer

from .models import Output


def outputs(viewer: Viewer) -> QuerySet[Output]:
    """Published outputs for everybody, the others for their group."""
    rows = Output.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "cleared_by", "derived_from")
