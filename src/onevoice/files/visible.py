"""Who may read which file."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q, QuerySet

from .models import StoredFile, Visibility


class Viewer(Protocol):
    """What this room asks of who reads."""

    @property
    def groups(self) -> frozenset[int]: ...


def files(viewer: Viewer) -> QuerySet[StoredFile]:
    """Public files for everybody, the others for their group; what was withdrawn for nobody."""
    rows = StoredFile.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.filter(withdrawal=None)
