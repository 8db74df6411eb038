"""A form of accounts that could not be taken is shown again as it was typed, but for what is secret; nothing is done.

The page is read, not sent; its form (`forms.Kept`) finds in `request.not_taken` what to say, and that there is
something to begin with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from onevoice.enact import pages as enact
from onevoice.enact import wording as sentences
from onevoice.enact.large import keeps_beginnings


@dataclass(slots=True)
class NotTaken:
    """Why a form was not taken; `told`: a form has said so, and shows what was typed."""

    say: Any
    told: bool = False


@keeps_beginnings
def is_of_accounts(page: str) -> bool:
    """Whether a page is one of accounts, by its name."""
    return page.startswith(("parties:", "account_", "mfa_", "usersessions_"))


def shown_again(
    request: HttpRequest, view: Any, args: Any, kwargs: Any, *, say: Any, status: int
) -> HttpResponse | None:
    """The page with what was typed and the sentence, or where it leads; None when it has nothing to keep."""
    request.method, request.not_taken = "GET", NotTaken(say)  # type: ignore[attr-defined]
    response: Any = view(request, *args, **kwargs)
    if request.not_taken.told:  # type: ignore[attr-defined]
        response.status_code = status
        return response  # type: ignore[no-any-return]
    return response if 300 <= response.status_code < 400 else None


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that no longer holds: what this house's own page sent is shown again, to be sent once more.

    What another site sends is never shown: it would be that site's words in our form.
    """
    match = request.resolver_match
    if match is not None and is_of_accounts(match.view_name) and enact.is_ours(request):
        say = sentences.token_of_before
        again = shown_again(request, match.func, match.args, match.kwargs, say=say, status=403)
        if again is not None:
            add_never_cache_headers(again)
            return again
    return enact.stale_token(request, reason)
