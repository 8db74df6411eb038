"""The lists of groups: columns and filters, for the page and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.languages.normal import finder
from onevoice.languages.words import texts
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Day, Listing, Words
from onevoice.look.templatetags.look import plain, said, state

from . import known
from .shapes import MemberRow


def _shown_answer(row: MemberRow) -> SafeString:
    return state(known.STATES[row.answer], known.ANSWERS[row.answer])


def _shown_how(row: MemberRow) -> SafeString:
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in row.how))
    notes = format_html_join(" ", '<p class="quiet small">{}</p>', ((said(note),) for note in row.notes))
    return SafeString(lines + notes + row.sources.html)


def _shown_name(row: MemberRow) -> SafeString:
    name = said(row.name)
    if not row.before:
        return name
    old = ", ".join(plain(each.acronym()) for each in row.before)
    return format_html(
        '{}<br><span class="quiet small">{}</span>', name, str(known.successor_of).format(before=old)
    )


def _with_words(rows: Iterable[MemberRow], typed: str) -> list[MemberRow]:
    """By name and acronym, those of before too, in whatever language."""
    finds = finder(typed)
    return [row for row in rows if finds(text for words in _names(row) for _, text in texts(words))]


def _names(row: MemberRow) -> list[Any]:
    return [row.acronym, row.name, *(words for one in row.before for words in (one.acronym(), one.words()))]


def _kinds(request: HttpRequest) -> Choices:
    return list(known.ORGANISATION_KINDS.items())


ORGANISATION = Column(
    "organisation",
    _("Organisation"),
    lambda row: row.acronym,
    sort=True,
    heading=True,
    href=lambda row: row.address,
)
MEMBERS = Listing(
    name="members",
    label=_("Organisations"),
    columns=(
        ORGANISATION,
        Column("name", _("Name"), lambda row: row.name, sort=True, show=_shown_name),
        Column("kind", _("Kind"), lambda row: known.ORGANISATION_KINDS[row.kind], sort=True),
        Column(
            "answer", _("On this day"), lambda row: known.ANSWERS[row.answer], sort=True, show=_shown_answer
        ),
        Column(
            "since", _("How it is known"), lambda row: row.how, sort=lambda row: row.since, show=_shown_how
        ),
        Column("offices", _("Offices held"), lambda row: row.offices),
        Column("sources", _("Sources"), lambda row: [c.address for c in row.sources.claims], only_file=True),
    ),
    filters=(
        Words("q", _("Words"), _with_words),
        Choice("kind", _("Kind"), _kinds, lambda rows, kind: [row for row in rows if row.kind == kind]),
        Day("as-of", _("As of"), lambda rows, day: rows, of_page=True),
        Day("known-on", _("As known on"), lambda rows, day: rows),
    ),
    sort="organisation",
    keep=(),
    empty=_("No organisation is known in this group on this day."),
)
