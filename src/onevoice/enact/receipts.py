"""Receipts: who may see them, and the file that one keeps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from onevoice.record.models import Placement
from onevoice.record.receipts import receipt_of

from .actor import Viewer
from .models import Performed


def receipts(viewer: Viewer) -> QuerySet[Performed]:
    """A receipt is for the one who acted and for the organisation acted for, in that group."""
    if viewer.person is None:
        return Performed.objects.none()
    theirs = Q(person=viewer.person)
    for group, organisation in viewer.seats:
        theirs |= Q(group=group, organisation=organisation)
    return Performed.objects.filter(theirs)


def place_of(performed: Performed) -> int | None:
    """The entry's number in its log, or None while it is being placed."""
    placement = Placement.objects.filter(entry=performed.entry_id).first() if performed.entry_id else None
    return placement.index if placement else None


def receipt_file(performed: Performed) -> bytes | None:
    """The receipt with its proof, or None while the act is being placed (or for a working act)."""
    return receipt_of(performed.entry) if performed.entry is not None else None
