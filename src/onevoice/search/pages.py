"""The search page of a group."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.groups.pages import FRESH, answered
from onevoice.languages.web import active_language
from onevoice.look.lists import View

from . import wording
from .finding import Answer, Asked, find, hits, read
from .lists import FOUND


@require_safe
def search(request: HttpRequest, group: str) -> HttpResponseBase:
    """What of the group holds the words that were typed, for who may see it."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    asked = read(request.GET.get("q", ""), request.GET.get("kind", ""))
    answer, listing = Answer(), None
    if asked.text and not asked.fault:
        answer = find(request.viewer, found, asked, active_language())
        listing = listed(request, found, asked, answer)
        if file := listing.file(found):
            return file
    context = {
        "group": found,
        "asked": asked,
        "answer": answer,
        "list": listing,
        "kinds": wording.KINDS.items(),
        "of_all_kinds": f"{request.path}?{urlencode({'q': asked.text})}" if asked.kind else "",
    }
    response = answered(request, "search/search.html", context, status=asked.status)
    if asked.text:  # answers are not kept: the index may be seconds behind an act, and there is no end of queries
        response.headers["Cache-Control"] = f"private, {FRESH}"
    return response


def listed(request: HttpRequest, group: Group, asked: Asked, answer: Answer) -> View:
    """The list of what was found; what is shown of each is read for one page, or for the file."""
    viewer, language = request.viewer, active_language()  # type: ignore[attr-defined]
    return FOUND.view(
        request, answer.places, read=lambda places: hits(viewer, group, asked.text, places, language)
    )
