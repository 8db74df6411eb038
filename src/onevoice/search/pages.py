"""The search page of a group."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.pages import FRESH, answered
from onevoice.languages.web import active_language

from . import wording
from .finding import LONGEST, Answer, Asked, find, read


@require_safe
def search(request: HttpRequest, group: str) -> HttpResponse:
    """What of the group holds the words that were typed, for who may see it."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    asked = read(*(request.GET.get(name, "") for name in ("q", "kind", "page")))
    answer = Answer()
    if asked.text and not asked.fault:
        answer = find(request.viewer, found, asked, active_language())
    context = {
        "group": found,
        "asked": asked,
        "answer": answer,
        "kinds": wording.KINDS.items(),
        "limit": LONGEST,
        "pages": [(n, _address(request, asked, n)) for n in _numbers(answer)],
        "previous": _address(request, asked, answer.page - 1) if answer.page > 1 else "",
        "next": _address(request, asked, answer.page + 1) if answer.page < answer.last_page else "",
        "of_all_kinds": f"{request.path}?{urlencode({'q': asked.text})}" if asked.kind else "",
    }
    response = answered(request, "search/search.html", context, status=asked.status)
    if asked.text:  # answers are not kept: the index may be seconds behind an act, and there is no end of queries
        response.headers["Cache-Control"] = f"private, {FRESH}"
    return response


def _numbers(answer: Answer) -> list[int]:
    """The pages to link to: the ends and those around; 0 is a gap."""
    if answer.last_page == 1:
        return []
    near = {1, answer.page - 1, answer.page, answer.page + 1, answer.last_page}
    found: list[int] = []
    for number in sorted(n for n in near if 1 <= n <= answer.last_page):
        if found and number > found[-1] + 1:
            found.append(0)
        found.append(number)
    return found


def _address(request: HttpRequest, asked: Asked, page: int) -> str:
    given = {"q": asked.text, "kind": asked.kind, "page": str(page) if page > 1 else ""}
    return f"{request.path}?{urlencode({name: value for name, value in given.items() if value})}"
