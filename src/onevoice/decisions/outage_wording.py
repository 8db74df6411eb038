"""Sentences on outages of the service."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

letter_outage = _("The service could not be reached, so the clock is longer.")
