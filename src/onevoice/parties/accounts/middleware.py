"""Leads to the second factor whoever would act without the one that an office asks for; shows large forms again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from onevoice.enact import wording as sentences
from onevoice.enact.beginnings import KEPT
from onevoice.look import wording
from onevoice.look.errors import error_page, in_numbers

from .shown_again import is_of_accounts, shown_again


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
        if request.method == "POST" and match.view_name == "enact:act":
            return None  # the page says what is missing, and keeps what was typed
        if not is_missing(request, kwargs.get("group")):
            return None
        return HttpResponseRedirect(reverse("mfa_index"), status=303)


class LargeAccountFormMiddleware:
    """What was too much for a form of accounts is answered by its page, read and not sent: nothing of it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        too_much = getattr(request, "too_much", None)
        if too_much is None or not is_of_accounts(request.resolver_match.view_name):  # type: ignore[union-attr]
            return None
        say = in_numbers(sentences.too_much, size=too_much.size, limit=too_much.limit, kept=KEPT)
        again = shown_again(request, view, args, kwargs, say=say, status=413)
        if again is not None:
            return again
        return error_page(request, 413, say=in_numbers(wording.too_much, size=too_much.size, limit=too_much.limit))


class WrongAccountFormMiddleware:
    """A form of accounts that is shown again, since something in it is wrong, is answered with 422 as any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        shown_again = request.method == "POST" and response.status_code == 200
        if shown_again and getattr(form, "is_bound", False) and form.errors:
            response.status_code = 422
        return response


def is_missing(request: HttpRequest, group: str | None = None) -> bool:
    """Whether an office that the reader's organisation holds in the group waits for a second factor.

    Where no group is named, an office in any group counts. `groups.identity` says which groups these are.
    """
    _ = request.standing.identity  # type: ignore[attr-defined]
    waiting = getattr(request, "second_factor_missing", frozenset())
    return bool(waiting) if group is None else group in waiting
