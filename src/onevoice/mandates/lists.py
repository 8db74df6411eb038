"""The list of mandates: its columns and filters, on the page and in files."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.groups.known import ANSWERS, STATES
from onevoice.languages.normal import finder
from onevoice.languages.partial import PartialDate
from onevoice.languages.words import texts
from onevoice.look.lists import Choice, Column, Day, Listing, Words
from onevoice.look.templatetags.look import partial, said, state

from . import wording
from .models import Instrument
from .shapes import MandateRow


def _symbol_shown(row: MandateRow) -> SafeString:
    name = format_html("<bdi>{}</bdi>", row.symbol) if row.symbol else said(row.title)
    return format_html('<a href="{}">{}</a>', row.address, name)


def _when_shown(row: MandateRow) -> SafeString:
    """The date or session, and what that leaves open on the day asked about."""
    when = _dated(row.instrument)
    return format_html("{} {}", when, state(STATES[row.there], ANSWERS[row.there])) if row.perhaps else when


def _dated(instrument: Instrument) -> SafeString:
    if instrument.when_written:
        return partial(instrument.when_written)
    if instrument.session:
        return format_html("{}", str(wording.session).format(number=instrument.session))
    return SafeString("")


def _asks_shown(row: MandateRow) -> SafeString:
    title = said(row.title) if row.title and row.symbol else ""
    effect = said(row.instrument.effect) if row.instrument.effect else ""
    lines = [line for line in (title, effect) if line]
    return SafeString(format_html_join("", "<p>{}</p>", ((line,) for line in lines)) + row.sources.html)


def _answers_shown(row: MandateRow) -> SafeString:
    """What answers it, each a link; said in words where nothing was found."""
    if not row.answers:
        return format_html('<span class="quiet">{}</span>', wording.nothing_answers)
    lines = ((each.address, said(each.title), each.kind, partial(each.when_written)) for each in row.answers)
    return format_html_join("", '<p><a href="{}">{}</a> <span class="quiet small">{} {}</span></p>', lines)


def _with_words(rows: Iterable[MandateRow], typed: str) -> list[MandateRow]:
    """By symbol, organ, title and what it did, in whatever language."""
    finds = finder(typed)
    return [row for row in rows if finds(_said(row))]


def _said(row: MandateRow) -> list[str]:
    words = (row.title, row.instrument.organ, row.instrument.effect, row.instrument.note)
    return [row.symbol, *(text for each in words for _, text in texts(each))]


MANDATES = Listing(
    name="mandates",
    label=_("Resolutions, drafts and reports"),
    columns=(
        Column("symbol", _("Symbol"), lambda row: row.symbol, sort=True, heading=True, show=_symbol_shown),
        Column(
            "date", _("Date"), lambda row: row.when and PartialDate(row.when), sort=True, show=_when_shown
        ),
        Column("there", _("On this day"), lambda row: ANSWERS[row.there], only_file=True),
        Column("organ", _("By"), lambda row: row.instrument.organ, sort=True),
        Column("asks", _("What it is about"), lambda row: row.asks, show=_asks_shown),
        Column("title", _("Title"), lambda row: row.title, only_file=True),
        Column("kind", _("Kind"), lambda row: wording.KINDS[row.instrument.kind], sort=True),
        Column(
            "answers", _("Answered by"), lambda row: [each.title for each in row.answers], show=_answers_shown
        ),
        Column("sources", _("Sources"), lambda row: [c.address for c in row.sources.claims], only_file=True),
    ),
    filters=(
        Words("q", _("Words"), _with_words),
        Choice(
            "kind",
            _("Kind"),
            list(wording.KINDS.items()),
            lambda rows, kind: [row for row in rows if row.instrument.kind == kind],
        ),
        Day("as-of", _("As of"), lambda rows, day: rows),
    ),
    sort="-date",
    keep=(),
    note=_("The newest first."),
    empty=_("No mandate is on the record yet."),
)
