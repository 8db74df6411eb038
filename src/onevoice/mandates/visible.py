"""What of mandates a viewer may see: all of it is public."""

from __future__ import annotations

from django.db.models import QuerySet

from onevoice.enact.actor import Viewer

from .models import Instrument


def instruments(viewer: Viewer) -> QuerySet[Instrument]:
    return Instrument.objects.select_related("group", "leads_to")
