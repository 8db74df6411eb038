"""Members of a group on a day, its offices year by year, and the page of one organisation."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from onevoice.claims.asof import Answer
from onevoice.look.frame import Frame
from onevoice.look.lists import View

from . import known, shapes, standing, visible
from .days import asked
from .lists import MEMBERS
from .models import Body, Group
from .sources import behind
from .traces import traces_of

FRESH = "no-cache"


def answered(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page that anybody may read: kept by browsers, asked for again each time, so that a change is seen at once."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = FRESH if request.user.is_anonymous else f"private, {FRESH}"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def members(request: HttpRequest, group: str) -> HttpResponse:
    """Organisations by kind on a day, the offices by year, the published size."""
    found = get_object_or_404(visible.groups(request.viewer), slug=group)
    day = asked(request, found)
    body = _body_of_members(request, found)
    present = standing.members(body, at=day.at) if body else []
    officers = standing.officers(found, at=day.at, known_on=day.known_on)
    counts = list(visible.counts(request.viewer).filter(group=found))
    facts = [fact for one in [*present, *officers] for fact in one.facts]
    cited = behind(request.viewer, [found, *counts, *facts])
    rows = shapes.member_rows(request.viewer, present, officers, day, cited)
    listing = MEMBERS.view(request, [row for row in rows if row.is_there])
    _say_days_once(listing)
    if file := listing.file(found):
        return file
    context = {
        "group": found,
        "asked": day,
        "list": listing,
        "at_other_times": [row for row in rows if not row.is_there],
        "body": body,
        "meanings": [(known.STATES[a], known.ANSWERS[a], known.MEANINGS[a]) for a in Answer],
        "in_office": shapes.in_office(officers, day),
        "chart": shapes.offices_by_year(officers, day),
        "office_facts": shapes.office_facts(officers, cited),
        "counts": shapes.count_rows(counts, cited),
        "on_size": cited.of(found).about("size"),
    }
    return answered(request, "groups/members.html", context, status=day.status)


def _say_days_once(listing: View) -> None:
    """The page says in its own words what is wrong with a day, so the list does not say it too."""
    wrong = [field for field in listing.fields if field.kind == "day" and field.error]
    listing.faults = [fault for fault in listing.faults if fault not in {field.error for field in wrong}]
    listing.fields = [replace(field, value="") if field in wrong else field for field in listing.fields]


def _body_of_members(request: HttpRequest, group: Group) -> Body | None:
    """The body in which the group's organisations sit: the topmost that has a member."""
    bodies = visible.bodies(request.viewer).filter(group=group, memberships__isnull=False)
    return bodies.order_by("order", "pk").first()


@require_safe
def member(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One organisation in a group: names, membership, offices, and what it took part in."""
    found = get_object_or_404(visible.groups(request.viewer), slug=group)
    organisation = get_object_or_404(visible.organisations(request.viewer), slug=slug)
    day = asked(request, found)
    memberships, holdings = standing.facts_of(found, organisation, known_on=day.known_on)
    traces = traces_of(request.viewer, found, organisation)
    before, after = shapes.predecessors_of(request.viewer, organisation)
    if not (memberships or holdings or traces):
        raise Http404
    cited = behind(request.viewer, [organisation, *memberships, *holdings])
    frame = Frame(request, found)
    context = {
        "group": found,
        "asked": day,
        "organisation": organisation,
        "name": organisation.words(at=day.at),
        "acronym": organisation.acronym(at=day.at),
        "kind": known.ORGANISATION_KINDS[organisation.kind],
        "seats": shapes.seats(memberships, day, cited),
        "offices": shapes.offices_of(holdings, day, cited),
        "names": shapes.name_rows(organisation.names.all()),
        "before": before,
        "after": after,
        "traces": traces,
        "sources": cited.of(organisation),
        "data": shapes.organisation_ld(organisation, address=frame.canonical, group=found),
    }
    return answered(request, "groups/member.html", context, status=day.status)
