"""The lists of groups: columns and filters, for the page and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onevoice.languages.lists import listed
from onevoice.languages.normal import finder
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import texts
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Day, Listing, Words
from onevoice.look.templatetags.look import colon, plain, said, state

from . import known, visible
from .facts import OfficeFact
from .models import Membership
from .shapes import CountRow, MemberRow


def _shown_answer(row: MemberRow) -> SafeString:
    """The answer, with the bodies for which it holds where there are several."""
    answer = state(known.STATES[row.answer], known.ANSWERS[row.answer])
    if not row.bodies:
        return answer
    bodies = listed(_bodies_said(row), active_language().code)
    return format_html('{}<br><span class="quiet small">{}</span>', answer, bodies)


def _bodies_said(row: MemberRow) -> list[str]:
    return [plain(names) for names in row.bodies]


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


def _seated(request: HttpRequest) -> Choices:
    """The bodies that have members, where there are several."""
    rows = visible.bodies(request.viewer).filter(group__slug=request.resolver_match.kwargs["group"])
    seats = Membership.objects.filter(body=OuterRef("pk"))
    found = [(body.slug, plain(body.names)) for body in rows.filter(Exists(seats))]
    return found if len(found) > 1 else []


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
        Column("bodies", _("Bodies"), _bodies_said, only_file=True),
        Column(
            "since", _("How it is known"), lambda row: row.how, sort=lambda row: row.since, show=_shown_how
        ),
        Column("offices", _("Offices held"), lambda row: row.offices),
        Column("sources", _("Sources"), lambda row: [c.address for c in row.sources.claims], only_file=True),
    ),
    filters=(
        Words("q", _("Words"), _with_words),
        Choice("body", _("Body"), _seated, lambda rows, body: rows),  # the page itself looks into that body
        Choice("kind", _("Kind"), _kinds, lambda rows, kind: [row for row in rows if row.kind == kind]),
        Day("as-of", _("As of"), lambda rows, day: rows, of_page=True),
        Day("known-on", _("As known on"), lambda rows, day: rows),
    ),
    sort="organisation",
    keep=(),
    empty=_("No organisation is known in this group on this day."),
)


# --- beside it on the page: members at other times, offices, published sizes -------------------------------------
def _sources(row: MemberRow | OfficeFact | CountRow) -> list[str]:
    return [claim.address for claim in row.sources.claims]


def _successor(row: MemberRow) -> Any:
    return row.after.successor.acronym() if row.after else ""


def _shown_successor(row: MemberRow) -> SafeString:
    """A link where it has a page in this group."""
    if not row.after:
        return SafeString("")
    name = said(_successor(row))
    return format_html('<a href="{}">{}</a>', row.after_address, name) if row.after_has_page else name


AT_OTHER_TIMES = Listing(
    name="at-other-times",
    label=_("Members at other times"),
    columns=(
        ORGANISATION,
        Column("name", _("Name"), lambda row: row.name, sort=True),
        Column("kind", _("Kind"), lambda row: known.ORGANISATION_KINDS[row.kind], sort=True),
        Column(
            "since", _("How it is known"), lambda row: row.how, sort=lambda row: row.since, show=_shown_how
        ),
        Column("successor", _("Became part of"), _successor, sort=True, show=_shown_successor),
        Column("sources", _("Sources"), _sources, only_file=True),
    ),
    filters=(Words("q", _("Words"), _with_words),),
    sort="organisation",
    keep=(),
    prefix="other-",
    filter_from=8,
)


def _date(written: str) -> PartialDate | None:
    return PartialDate(written) if written else None


def _shown_office_sources(row: OfficeFact) -> SafeString:
    """With what was known before, and for who may the way to correct it."""
    found = format_html("{}{}", row.sources.html, row.before.html)
    if not row.correct:
        return found
    return format_html(
        '{} <a class="small" href="{}">{}<span class="hidden">{}{}</span></a>',
        found, row.correct, _("Correct"), colon(), row.label,
    )  # fmt: skip


def _offices_with_words(rows: Iterable[OfficeFact], typed: str) -> list[OfficeFact]:
    """By the office, and by the acronym and the name of who held it, in whatever language."""
    finds = finder(typed)
    return [row for row in rows if finds([str(known.OFFICES[row.office]), row.period, *_held_by(row)])]


def _held_by(row: OfficeFact) -> list[str]:
    words = (row.organisation.acronym(), row.organisation.words())
    return [text for each in words for _, text in texts(each)]


OFFICES = Listing(
    name="offices",
    label=_("Offices"),
    columns=(
        Column("office", _("Office"), lambda row: known.OFFICES[row.office], sort=True, heading=True),
        Column(
            "organisation",
            _("Organisation"),
            lambda row: row.organisation.acronym(),
            sort=True,
            href=lambda row: row.address,
        ),
        Column("period", _("Held"), lambda row: row.period, sort=lambda row: _date(row.since)),
        Column("since", _("Since"), lambda row: _date(row.since), only_file=True),
        Column("until", _("Until"), lambda row: _date(row.until), only_file=True),
        Column("chosen", _("Chosen"), lambda row: _date(row.chosen), sort=True),
        Column("sources", _("Sources"), _sources, show=_shown_office_sources),
    ),
    filters=(
        Words("q", _("Words"), _offices_with_words),
        Choice(
            "office",
            _("Office"),
            list(known.OFFICES.items()),
            lambda rows, office: [row for row in rows if row.office == office],
        ),
    ),
    sort="-period",
    keep=(),
    note=_("The latest first."),
    prefix="offices-",
)


def _sizes_with_words(rows: Iterable[CountRow], typed: str) -> list[CountRow]:
    """By the date as written, and by what was counted, in whatever language."""
    finds = finder(typed)
    return [row for row in rows if finds([row.when, *(text for _, text in texts(row.counted))])]


SIZES = Listing(
    name="sizes",
    label=_("Size of the group, as published"),
    columns=(
        Column("date", _("Date"), lambda row: _date(row.when), sort=True, heading=True),
        Column("count", _("How many"), lambda row: row.count, sort=True, figure=True),
        Column(
            "counted", pgettext_lazy("what a source counted", "Counted"), lambda row: row.counted, sort=True
        ),
        Column("sources", _("Source"), _sources, show=lambda row: row.sources.html + row.before.html),
    ),
    filters=(Words("q", _("Words"), _sizes_with_words),),
    sort="date",
    keep=(),
    prefix="sizes-",
    filter_from=8,
)
