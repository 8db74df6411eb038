"""The lists of the public pages: sources used, and entries of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import all_acts
from onevoice.enact.wording import ACTS
from onevoice.languages.collation import in_order
from onevoice.languages.normal import finder
from onevoice.languages.web import active_language
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import when_html
from onevoice.record.models import Placement

from . import shapes
from .shapes import SourceRow

_BETWEEN = re.compile("[/.?&=#_]+")  # what parts the words of an address


def _source_shown(row: SourceRow) -> SafeString:
    return format_html('<a href="{}" rel="external"><bdi>{}</bdi></a>', row.address, row.title or row.address)


def _with_words(rows: Iterable[SourceRow], typed: str) -> list[SourceRow]:
    """By title and address."""
    finds = finder(typed)
    return [row for row in rows if finds([row.title, *_BETWEEN.split(row.address)])]


SOURCES = Listing(
    name="sources",
    label=_("Sources"),
    columns=(
        Column("address", _("Source"), lambda row: row.address, sort=True, heading=True, show=_source_shown),
        Column("facts", _("Facts it stands behind"), lambda row: row.facts, sort=True, figure=True),
    ),
    filters=(Words("q", _("Words"), _with_words),),
    sort="-facts",
    note=_("Those with the most facts first."),
    empty=_("No source is cited yet."),
)


def _subject_shown(placement: Placement) -> SafeString:
    row = shapes.entry_row(placement)
    return format_html('<a href="{}">{}</a>', row.address, row.shown) if row.address else row.shown


def _acts(request: HttpRequest) -> Choices:
    """What may stand in a record, in words and in their order."""
    acts = [(act.name, str(act.label)) for act in all_acts() if act.formal]
    acts += [(name, str(label)) for name, label in ACTS.items()]
    return in_order(acts, lambda act: act[1], active_language().code)


def _of_act(rows: QuerySet[Placement], act: str) -> QuerySet[Placement]:
    """Of a sealed entry nobody reads here what it was."""
    return rows.filter(entry__act=act, entry__public=True)


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
    filters=(Choice("act", _("Act"), _acts, _of_act),),
    sort="-number",
    note=_(
        "The newest first. Of an act on something that is not public, only a sealed commitment stands here."
    ),
    empty=_("Nothing is recorded yet."),
)
