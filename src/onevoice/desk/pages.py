"""The desk: what my organisation owes, by deadline, and what changed since I was last here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onevoice.enact.after import acts_on, told
from onevoice.enact.owed import everything_owed
from onevoice.enact.visits import changes, visited
from onevoice.groups import visible

from .lists import OWED, duties


@never_cache
@login_required
@require_GET
def desks(request: HttpRequest) -> HttpResponse:
    """The groups one acts in; with one only, straight to its desk."""
    groups = visible.groups(request.viewer).filter(pk__in=request.viewer.groups)
    if len(groups) == 1:
        return redirect("desk:desk", groups[0].slug)
    return render(request, "desk/desks.html", {"groups": groups})


@never_cache
@login_required
@require_GET
def desk(request: HttpRequest, group: str) -> HttpResponseBase:
    """What is owed by the organisation one acts for; without an appointment, a sentence says so."""
    house = get_object_or_404(visible.groups(request.viewer), slug=group)
    actor, now = request.standing.actor(house.pk), request.standing.now
    if actor is None:
        return render(request, "desk/none.html", {"group": house}, status=403)
    owed = everything_owed(request.viewer, actor, now=now)
    listing = OWED.view(request, duties(request, owed))
    if file := listing.file(house):
        return file
    before = visited(actor.person, house.pk, now=now)
    bodies = visible.bodies(request.viewer).filter(group=house)
    convene = [
        (body, link)
        for body in bodies
        for link in acts_on(body, actor, now=now)
        if link.act.slug == "convene-meeting"
    ]
    return render(request, "desk/desk.html", {
        "group": house, "actor": actor, "now": now, "before": before, "convene": convene,
        "owed": owed, "list": listing,
        "changes": told(request.viewer, changes(house.slug, since=before)),
    })  # fmt: skip
