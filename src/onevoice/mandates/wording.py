"""The words of mandates, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import InstrumentKind

KINDS: Final[Mapping[str, Promise]] = {
    InstrumentKind.MANDATE: _("Mandate"),
    InstrumentKind.DRAFT: _("Draft"),
    InstrumentKind.REPORT: _("Report of the Secretary-General"),
}
session: Final = _("session {number}")
title_not_found: Final = _("Title not found")
nothing_answers: Final = _("none found")
