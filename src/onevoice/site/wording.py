"""The words of the public pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

sealed: Final = _("Not open to the public")
# Entries that no declared act made.
ACTS: Final[Mapping[str, Promise]] = {
    "record.change_key": _("The log's key changed"),
    "operations.import": _("A file was imported"),
}
LOADED: Final[Mapping[str, Promise]] = {
    "members": _("Organisations that were ever members"),
    "offices": _("Offices held"),
    "mandates": _("Resolutions, drafts and reports"),
    "events": _("Meetings and other events"),
    "decisions": _("Decisions"),
    "outputs": _("Outputs"),
}
none_found: Final = _("none found")
