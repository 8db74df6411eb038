"""The lists of the public pages: sources used, and entries of the record."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.look.lists import Column, Listing
from onevoice.look.templatetags.look import when_html
from onevoice.record.models import Placement

from . import shapes
from .shapes import SourceRow


def _source_shown(row: SourceRow) -> SafeString:
    return format_html('<a href="{}" rel="external"><bdi>{}</bdi></a>', row.address, row.title or row.address)


SOURCES = Listing(
    name="sources",
    label=_("Sources"),
    columns=(
        Column("address", _("Source"), lambda row: row.address, sort=True, heading=True, show=_source_shown),
        Column("facts", _("Facts it stands behind"), lambda row: row.facts, sort=True, figure=True),
    ),
    sort="-facts",
    note=_("Those with the most facts first."),
    empty=_("No source is cited yet."),
)


def _subject_shown(placement: Placement) -> SafeString:
    row = shapes.entry_row(placement)
    return format_html('<a href="{}">{}</a>', row.address, row.shown) if row.address else row.shown


def _when(placement: Placement) -> object:
    return placement.entry.created_at if placement.entry.public else ""


def _when_shown(placement: Placement) -> SafeString:
    """At the seat; `visible.placements` gives its zone."""
    return when_html(placement.entry.created_at, placement.zone) if placement.entry.public else SafeString("")


ENTRIES = Listing(
    name="entries",
    label=_("Entries"),
    columns=(
        Column(
            "number",
            _("Entry"),
            lambda placement: placement.index,
            sort="index",
            heading=True,
            href=lambda placement: shapes.entry_address(placement),
        ),
        Column("act", _("Act"), lambda placement: shapes.entry_row(placement).act),
        Column(
            "subject",
            _("Of what"),
            lambda placement: shapes.entry_row(placement).subject,
            show=_subject_shown,
        ),
        Column("at", _("Recorded at"), _when, show=_when_shown),
        Column(
            "hash",
            _("Hash of the leaf"),
            lambda placement: bytes(placement.entry.leaf_hash).hex(),
            only_file=True,
        ),
    ),
    sort="-number",
    note=_(
        "The newest first. Of an act on something that is not public, only a sealed commitment stands here."
    ),
    empty=_("Nothing is recorded yet."),
)
