"""The library as a list: its columns and filters, on the page and in files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.groups.known import LANGUAGES
from onevoice.languages.collation import in_order
from onevoice.languages.normal import finder
from onevoice.languages.web import active_language
from onevoice.languages.words import texts
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import partial

from . import shapes, visible, wording
from .models import Output


def _date_shown(output: Output) -> SafeString:
    """The date; 'by' it where only that was found."""
    if output.when_written:
        return partial(output.when_written)
    if output.known_by_written:
        return format_html("{}", SafeString(str(wording.by).format(date=partial(output.known_by_written))))
    return SafeString("")


def _here(request: HttpRequest) -> Any:
    slug = request.resolver_match.kwargs["group"]  # type: ignore[union-attr]
    return visible.outputs(request.viewer).filter(group__slug=slug)  # type: ignore[attr-defined]


def _kinds(request: HttpRequest) -> Choices:
    kinds = set(_here(request).order_by().values_list("kind", flat=True).distinct())
    choices = [(kind, wording.kind(kind)) for kind in kinds]
    return in_order(choices, lambda choice: choice[1], active_language().code)


def _years(request: HttpRequest) -> Choices:
    dates = _here(request).order_by().values_list("when_written", "known_by_written").distinct()
    years = {(when or known)[:4] for when, known in dates}
    return [(year, year) for year in sorted(years - {""}, reverse=True)]


def _languages(request: HttpRequest) -> Choices:
    return list(LANGUAGES.items())


def _with_words(rows: Iterable[Output], typed: str) -> list[Output]:
    """Those whose titles hold every word, in whatever language, case and accents aside."""
    finds = finder(typed)
    return [row for row in rows if finds(_all_titles(row))]


def _all_titles(output: Output) -> list[str]:
    said = [text for words in (output.title, output.subtitle) for _, text in texts(words)]
    return [*said, shapes.title_text(output), wording.series(output.kind, output.number)]


def _of_year(rows: Iterable[Output], year: str) -> list[Output]:
    return [row for row in rows if (row.when_written or row.known_by_written).startswith(year)]


OUTPUTS = Listing(
    name="outputs",
    label=_("Outputs"),
    columns=(
        Column("date", _("Date"), shapes.date, sort=True, show=_date_shown),
        Column(
            "title",
            _("Title"),
            shapes.title,
            sort=True,
            heading=True,
            href=lambda row: row.get_absolute_url(),
        ),
        Column("series", _("Series"), lambda row: wording.series(row.kind, row.number), sort=True),
        Column("remark", _("Note"), shapes.remark),
        Column("languages", _("Languages"), shapes.language_names),
        Column(
            "address", _("Address"), lambda row: [v.web for v in row.versions.all() if v.web], only_file=True
        ),
    ),
    filters=(
        Words("q", _("Words"), _with_words),
        Choice("kind", _("Series"), _kinds, lambda rows, kind: [row for row in rows if row.kind == kind]),
        Choice("year", _("Year"), _years, _of_year),
        Choice(
            "language",
            _("Language"),
            _languages,
            lambda rows, code: [row for row in rows if code in shapes.languages(row)],
        ),
    ),
    sort="-date",
    note=_("Newest first. A date without a day is one for which no finer date was found."),
    empty=_("Nothing has been published yet."),
)
