"""Leads to the second factor whoever would act without the one that an office asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


class SecondFactorMiddleware:
    """Only desks and pages of acts are asked: reading needs no second factor. The rights end in groups.identity."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name not in ("enact:act", "desk:desk") or not request.user.is_authenticated:
            return None
        return HttpResponseRedirect(reverse("mfa_index"), status=303) if is_missing(request) else None


def is_missing(request: HttpRequest) -> bool:
    """Whether an office of the reader's organisation waits for a second factor; `groups.identity` says so."""
    _ = request.standing.identity  # type: ignore[attr-defined]
    return bool(getattr(request, "second_factor_missing", False))
