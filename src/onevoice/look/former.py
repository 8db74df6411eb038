"""What stands in the place of a name that was erased, in the reader's language."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOMEBODY_WHO_LEFT: Final = _("Somebody who has left")
FORMER: Final[dict[str, Promise]] = {
    "principal": _("A former principal"),
    "focal_point": _("A former focal point"),
    "alternate": _("A former alternate focal point"),
    "contributor": _("A former contributor"),
    "delegate": _("A former delegate"),
    "official": _("A former official"),
}


def called(name: str, capacity: str) -> str:
    """The name, or where it was erased what the person was."""
    return name or str(FORMER.get(capacity, SOMEBODY_WHO_LEFT))
