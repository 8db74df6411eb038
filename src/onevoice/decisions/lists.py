"""The proposals of a group as a list, and what it shares with the register of decisions (`register.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.groups import visible as groups
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.cells import html
from onevoice.look.columns import ByWord, Label
from onevoice.look.derived import holding
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import state, when_html

from . import visible, wording
from .beside import where
from .models import Decision, Proposal, ProposalState

Shows = Callable[[Any], SafeString]


def how(decision: Decision) -> Any:
    """How it was adopted, in words; a word of an old record stands as it is."""
    return wording.HOW.get(decision.how, decision.how)


def number_shown(decision: Decision) -> SafeString:
    """The number; of decisions of the past none may be known."""
    if decision.number:
        return format_html("<bdi>{}</bdi>", decision.number)
    return format_html('<span class="quiet">{}</span>', wording.none_found)


def place_of(decision: Decision) -> Any:
    """The meeting at which it was taken."""
    found = where(decision)
    return found.title if found else ""


def place_shown(decision: Decision) -> SafeString:
    found = where(decision)
    return format_html('<a href="{}">{}</a>', found.address, html(found.title)) if found else SafeString("")


def years_of(rows: QuerySet[Any], written: str) -> list[tuple[str, str]]:
    """From the last year in a column of dates as written to the first."""
    ends = rows.aggregate(first=Min(written), last=Max(written))
    if not ends["first"]:
        return []
    return [(str(year), str(year)) for year in range(int(ends["last"][:4]), int(ends["first"][:4]) - 1, -1)]


def in_group(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the page's group, found by its key: an index then gives the first and the last without the others."""
    slug = request.resolver_match.kwargs["group"]
    return rows.filter(group_id=groups.groups(request.viewer).filter(slug=slug).values("pk")[:1])


def years(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """From the last year with a decision to the first."""
    return years_of(in_group(request, visible.decisions(request.viewer)), "adopted_written")


def bodies(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """The bodies of the group, in their order."""
    rows = groups.bodies(request.viewer).filter(group__slug=request.resolver_match.kwargs["group"])
    return [(body.slug, plain(body.names, active_language().code)) for body in rows]


def titled(header: Label, show: Shows | None = None) -> Column:
    """The title, by which a row is known: in the order of the reader's language, leading to its page."""
    return Column(
        "title",
        header,
        lambda row: row.title,
        sort="title_key_{language}",
        heading=True,
        href=lambda row: row.get_absolute_url(),
        show=show,
    )


def numbered(show: Shows | None = None) -> Column:
    """The number, by its size."""
    return Column("number", _("Number"), lambda row: row.number, sort="number_key", show=show)


def state_shown(proposal: Proposal) -> SafeString:
    """Where it stands, in a word."""
    kind = ProposalState(proposal.state)
    return state(wording.MARKS[kind], wording.STATES[kind])


PROPOSALS = Listing(
    name="proposals",
    label=_("Proposals"),
    columns=(
        numbered(),
        titled(_("Proposal")),
        Column(
            "state",
            _("Status"),
            lambda p: wording.STATES[ProposalState(p.state)],
            sort=ByWord("state", wording.STATES),
            show=state_shown,
        ),
        Column("body", _("Body"), lambda p: p.body.names, sort=("body__order", "proposed_at")),
        Column("by", _("Proposed by"), lambda p: p.proposed_by.acronym()),
        Column(
            "at",
            _("Proposed at"),
            lambda p: p.proposed_at,
            sort="proposed_at",
            show=lambda p: when_html(p.proposed_at, p.group.zone),
        ),
    ),
    sort="-at",
    filters=(
        Words("q", _("Words"), holding),
        Choice(
            "state", _("Status"), tuple(wording.STATES.items()), lambda rows, kind: rows.filter(state=kind)
        ),
        Choice("body", _("Body"), bodies, lambda rows, body: rows.filter(body__slug=body)),
    ),
    note=_("The newest first"),
    empty=_(
        "No text has been proposed yet. The chair and the members propose texts under the agenda of a meeting."
    ),
)
