"""Which letters may be read on a page: in the demonstration all of them, since everybody there is a role."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from .models import Letter


def letters() -> QuerySet[Letter]:
    """None outside the demonstration: a letter is read in its reader's own mailbox."""
    return Letter.objects.all() if settings.DEMONSTRATION else Letter.objects.none()
