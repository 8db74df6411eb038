"""The groups of this installation; a group's home, what it is, and where its record comes from; two statements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from onevoice.groups import shapes as group_shapes
from onevoice.groups import standing
from onevoice.groups import visible as groups_seen
from onevoice.groups.days import asked
from onevoice.groups.pages import answered
from onevoice.groups.sources import behind
from onevoice.languages.collation import in_order
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.frame import Frame
from onevoice.look.lists import together
from onevoice.mandates import shapes as mandate_shapes
from onevoice.mandates import visible as mandates
from onevoice.mandates.models import InstrumentKind
from onevoice.outputs import shapes as output_shapes
from onevoice.outputs import wording as output_wording

from . import shapes, visible, wording
from .lists import GROUPS, NAMES, SOURCES


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Every group that works here."""
    code = active_language().code
    found = in_order(groups_seen.groups(request.viewer), lambda group: plain(group.names, code), code)
    found.sort(key=lambda group: group.demonstration)
    listing = GROUPS.view(request, found)
    return listing.file(None) or answered(request, "site/groups.html", {"list": listing})


@require_safe
def home(request: HttpRequest, group: str) -> HttpResponse:
    """A group's front page: what it is, what is new, who leads it, where its mandate comes from."""
    found = get_object_or_404(groups_seen.groups(request.viewer), slug=group)
    viewer, day = request.viewer, asked(request, found)
    latest = output_shapes.recent(viewer, found, until=day.until, most=3)
    context = {
        "group": found,
        "asked": day,
        "outputs": [(output_wording.series(each.kind, each.number), each) for each in latest],
        "events": shapes.events(viewer, found, now=day.at),
        "decisions": shapes.latest_decisions(viewer, found, until=day.until),
        "origins": shapes.origins(viewer, found, day),
        "leaders": group_shapes.leaders(standing.officers(found, at=day.at, known_on=day.known_on), day),
        "size": shapes.latest_count(viewer, found, until=day.until),
        "data": group_shapes.group_ld(found, address=Frame(request, found).canonical),
    }
    return answered(request, "site/home.html", context, status=day.status)


@require_safe
def about(request: HttpRequest, group: str) -> HttpResponse:
    """What the group is: purpose, functions, bodies, web sites, mandates in short, who leads it on a day."""
    found = get_object_or_404(groups_seen.groups(request.viewer), slug=group)
    day = asked(request, found)
    bodies = list(groups_seen.bodies(request.viewer).filter(group=found))
    cited = behind(request.viewer, [found, *bodies])
    instruments = mandates.mandates(request.viewer).filter(group=found, kind=InstrumentKind.MANDATE)
    context = {
        "group": found,
        "asked": day,
        "tree": group_shapes.tree(bodies),
        "in_office": group_shapes.in_office(standing.officers(found, at=day.at, known_on=day.known_on), day),
        "mandates": mandate_shapes.newest(instruments, day)[:8],
        "web_sites": cited.of(found).about("web site").stated,
        "sources": cited.of(found),
    }
    return answered(request, "site/about.html", context, status=day.status)


@require_safe
def about_record(request: HttpRequest, group: str) -> HttpResponse:
    """What this record holds, what it is made from, what it lacks, and where its sources disagree."""
    found = get_object_or_404(groups_seen.groups(request.viewer), slug=group)
    listing = SOURCES.view(request, shapes.source_rows(request.viewer, found))
    names = NAMES.view(request, shapes.named(request.viewer, found))
    together(listing, names)
    if file := listing.file(found) or names.file(found):
        return file
    disputes, stated = shapes.disagreements(request.viewer, found)
    counts = visible.loaded(request.viewer, found)
    context = {
        "group": found,
        "list": listing,
        "loaded": [(wording.LOADED[key], counts[key], _page_of(key, group)) for key in counts],
        "disputes": disputes,
        "stated": stated,
        "names": names,
    }
    return answered(request, "site/about_record.html", context)


def _page_of(key: str, group: str) -> str:
    """Where the rows of a kind are listed."""
    pages = {
        "members": "groups:members",
        "offices": "groups:members",
        "mandates": "mandates:mandates",
        "events": "meetings:events",
        "decisions": "decisions:register",
        "outputs": "outputs:outputs",
    }
    return reverse(pages[key], args=[group])


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for everybody to be able to use this, and what is not yet known to work."""
    return answered(request, "site/accessibility.html", {})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are here, for what, and for how long."""
    return answered(request, "site/privacy.html", {})
