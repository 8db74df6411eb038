"""The page from which a group is run: the group, its bodies, who acts for whom, and the acts open on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onevoice.enact.after import Link, acts_on
from onevoice.languages.collation import sort_key
from onevoice.languages.normal import finder
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain, texts
from onevoice.look.lists import Column, Listing, Words
from onevoice.look.templatetags.look import colon, partial
from onevoice.look.wording import CAPACITIES

from . import standing, visible
from .history import history
from .models import Appointment, Body
from .on_record import on_record
from .pages import may_do
from .sources import behind

PagesOf = Callable[[Sequence[Body]], Mapping[int, list[tuple[str, str]]]]
_PAGES: list[PagesOf] = []


def shows_of_bodies(found: PagesOf) -> PagesOf:
    """Registers what an upper room shows of bodies to their group, as address and title by body; one query each."""
    _PAGES.append(found)
    return found


def pages_of(bodies: Sequence[Body]) -> dict[int, list[tuple[str, str]]]:
    """All of that, by body."""
    shown: dict[int, list[tuple[str, str]]] = {}
    for found in _PAGES:
        for body, links in found(bodies).items():
            shown.setdefault(body, []).extend(links)
    return shown


@dataclass(frozen=True, slots=True)
class Run:
    """A body with the acts open on it."""

    thing: Any
    acts: list[Link]
    pages: list[tuple[str, str]]  # address, title: what upper rooms show of it


def _acronym(row: Appointment) -> dict[str, Any]:
    return row.organisation.acronym() if row.organisation else row.state.names


def _found(rows: list[Appointment], words: str) -> list[Appointment]:
    """By the beginnings of a name or an acronym, in whatever language."""
    finds = finder(words)
    return [
        row for row in rows if finds([str(row.person.called), *(text for _, text in texts(_acronym(row)))])
    ]


def _since(row: Appointment) -> PartialDate | None:
    return PartialDate(row.since_written) if row.since_written else None


def _shown_since(row: Appointment) -> SafeString:
    """Since when, what was known before, and for who may the way to correct it."""
    since = partial(row.since_written) if row.since_written else ""
    if not row.correct:
        return format_html("{}{}{}", since, row.sources.html, row.before.html)
    link = format_html(
        '<br><a class="small" href="{}">{}<span class="hidden">{}{}</span></a>',
        row.correct, _correct, colon(), on_record(row),
    )  # fmt: skip
    return format_html("{}{}{}{}", since, row.sources.html, row.before.html, link)


_correct = _("Correct")
PEOPLE = Listing(
    name="people",
    label=_("Who acts for whom"),
    columns=(
        Column("organisation", _("Organisation"), _acronym, sort=True, heading=True),
        Column("person", _("Person"), lambda row: row.person.called, sort=True),
        Column("capacity", _("Capacity"), lambda row: CAPACITIES[row.capacity], sort=True),
        Column("since", _("Since"), _since, sort=lambda row: row.since_written, show=_shown_since),
    ),
    filters=(Words("q", _("Words"), _found),),
    sort="organisation",
)


@never_cache
@login_required
@require_safe
def house(request: HttpRequest, group: str) -> HttpResponse:
    """For the group only; to everybody else there is no such page."""
    found = get_object_or_404(visible.groups(request.viewer), slug=group)
    if not request.viewer.is_in(found.pk):
        raise Http404
    actor, now = request.standing.actor(found.pk), request.standing.now
    bodies = list(visible.bodies(request.viewer).filter(group=found))
    rows = visible.appointments(request.viewer).filter(group=found)
    people = list(standing.in_force(rows, at=now).prefetch_related("organisation__names"))
    once = list(visible.appointments_on_record(request.viewer).filter(group=found, standing=False))
    cited = behind(request.viewer, [*people, *once])
    past = history(request.viewer, found, [*people, *once], cited)
    for row in people:
        row.before, row.sources = past.of(row), cited.of(row)
        row.correct = may_do(request, "correct-appointment", on_record(row)) if row.organisation_id else ""
    listing = PEOPLE.view(request, people)
    if file := listing.file(found):
        return file
    pages = pages_of(bodies)
    context = {
        "group": found,
        "list": listing,
        "taken_back": past.taken_back(Appointment),
        "acts": by_subject(acts_on(found, actor, now=now)),
        "bodies": [
            Run(body, acts_on(body, actor, now=now), pages.get(body.pk, [])) for body in in_order(bodies)
        ],
    }
    return render(request, "groups/house.html", context)


def by_subject(links: list[Link]) -> dict[str, list[Link]]:
    """Acts on the group by what they change: its people, its organisations, or the group itself."""
    found: dict[str, list[Link]] = {"people": [], "organisations": [], "group": []}
    for link in links:
        noun = link.act.__module__.rpartition(".")[2]  # an act stands in the file of the noun that it changes
        if noun in ("corrections", "successions"):  # of their names, and what they became part of
            noun = "organisations"
        found[noun if noun in found else "group"].append(link)
    return found


def in_order(bodies: list[Body]) -> list[Body]:
    """As the group has ordered them, then by name."""
    code = active_language().code
    return sorted(bodies, key=lambda body: (body.order, sort_key(plain(body.names, code), code)))
