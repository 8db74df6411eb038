"""The words of search, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What one thing found is called, and all of them in the filter.
KIND: Final[Mapping[str, Promise]] = {
    "group": _("The group"),
    "body": _("Body"),
    "organisation": _("Organisation"),
    "mandate": _("Mandate"),
    "event": _("Event"),
    "decision": _("Decision"),
    "proposal": _("Proposal"),
    "output": _("Output"),
}
KINDS: Final[Mapping[str, Promise]] = {
    "organisation": _("Organisations"),
    "body": _("Bodies"),
    "mandate": _("Mandates"),
    "event": _("Events"),
    "decision": _("Decisions"),
    "proposal": _("Proposals"),
    "output": _("Outputs"),
}
unreadable: Final = _(
    "What was typed holds a character that cannot be read, so nothing was looked for. "
    "It is taken out below: search again."
)
too_long: Final = _(
    "What was typed has {size} characters, and {limit} can be looked for at once, so nothing was looked for. "
    "It is kept below: shorten it and search again."
)
no_such_kind: Final = _(
    "There is no kind of thing called “{kind}” here, so nothing was looked for. "
    "Choose one of the list and search again."
)
