"""The lists of the public pages: sources used, and entries of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import all_acts
from onevoice.enact.wording import ACTS
from onevoice.groups.known import LANGUAGES
from onevoice.groups.models import Group
from onevoice.languages.collation import in_order
from onevoice.languages.names import CODES
from onevoice.languages.normal import finder
from onevoice.languages.web import active_language
from onevoice.languages.words import texts
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import said, when_html
from onevoice.notices.outbox import absolute
from onevoice.record.models import Placement

from . import shapes, wording
from .shapes import Named, SourceRow

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


# --- groups ------------------------------------------------------------------------------------------------------
def _group_shown(group: Group) -> SafeString:
    """Its name as a link; of a demonstration, that nothing in it is real."""
    link = format_html('<a class="title" href="{}">{}</a>', reverse("site:home", args=[group.slug]), said(group.names))
    if not group.demonstration:
        return link
    return format_html('{}<br><span class="quiet small">{}</span>', link, wording.demonstration)


def _groups_with_words(rows: Iterable[Group], typed: str) -> list[Group]:
    """By name, acronym and seat, in whatever language."""
    finds = finder(typed)
    return [row for row in rows if finds([row.acronym, *(text for _, text in (*texts(row.names), *texts(row.seat)))])]


GROUPS = Listing(
    name="groups",
    label=_("Groups"),
    columns=(
        Column("group", _("Group"), lambda row: row.names, sort=True, heading=True, show=_group_shown),
        Column("acronym", _("Acronym"), lambda row: row.acronym, sort=True),
        Column("seat", _("Seat"), lambda row: row.seat, sort=True),
        Column("demonstration", _("Demonstration"), lambda row: row.demonstration, only_file=True),
        Column("address", _("Address"), lambda row: absolute(reverse("site:home", args=[row.slug])), only_file=True),
    ),
    filters=(Words("q", _("Words"), _groups_with_words),),
    keep=(),
    note=_("By name; demonstrations last."),
    empty=_("No group works here yet. The operator makes the first one."),
    filter_from=8,
)


# --- names in six languages --------------------------------------------------------------------------------------
def _which_shown(row: Named) -> SafeString:
    name = format_html("<bdi>{}</bdi>", row.label)
    return format_html('<a href="{}">{}</a>', row.address, name) if row.address else name


def _named_so(rows: Iterable[Named], typed: str) -> list[Named]:
    """By what it is called in any of the languages."""
    finds = finder(typed)
    return [row for row in rows if finds([row.label, *(text for each in row.names for _, text in texts(each))])]


def _in_language(code: str, at: int) -> Column:
    """What it is called in one language."""
    return Column(code, LANGUAGES[code], lambda row: row.names[at], sort=True, show=lambda row: row.cell(code))


NAMES = Listing(
    name="names",
    label=_("What each is called"),
    columns=(
        Column("which", _("Which"), lambda row: row.label, sort=True, heading=True, show=_which_shown),
        *(_in_language(code, at) for at, code in enumerate(CODES)),
    ),
    filters=(Words("q", _("Words"), _named_so),),
    note=_("The group and its bodies first."),
    prefix="names-",
)


# --- the record --------------------------------------------------------------------------------------------------
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
