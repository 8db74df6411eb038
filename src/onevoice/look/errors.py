"""What could not be answered: a page in the reader's language, or for a call a problem (RFC 9457); no database.

ROOT_URLCONF names these as handler400 to handler500; `stale_form` is what enact.pages.stale_token says elsewhere.
"""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise

from onevoice.languages.lists import number
from onevoice.languages.web import active_language, is_call
from onevoice.look import wording

RETRY_SECONDS = 5
PIECE, MOST_READ_AWAY = 65_536, 100_000_000  # bytes; of more than that the rest is left unread
PROBLEM = "application/problem+json"
KINDS = {400: "not_readable", 403: "not_open", 404: "not_found", 405: "not_so", 413: "too_much", 415: "not_a_call",
         429: "too_many", 500: "ours", 503: "away"}  # fmt: skip


def error_page(
    request: HttpRequest, status: int, heading: str | Promise = "", say: str | Promise = ""
) -> HttpResponse:
    """A page with this status; its sentences are those of wording.ERRORS unless others are given."""
    if is_call(request):
        return problem(status, say)
    usual = wording.ERRORS.get(status, wording.ERRORS[500 if status >= 500 else 400])
    context = {
        "heading": heading or usual[0],
        "say": say or usual[1],
        "status": status,
        "group": getattr(request, "group", None),
        "without_reader": True,
        "request": request,
        "again": request.get_full_path() if status in (429, 500, 503) and request.method == "GET" else "",
    }
    response = HttpResponse(render_to_string("look/error.html", context), status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def problem(status: int, say: str | Promise = "", *, kind: str = "", **more: Any) -> JsonResponse:
    """What a program gets: the sentence in the language that it asked for, a kind for itself, and what else helps."""
    usual = wording.ERRORS.get(status, wording.ERRORS[500 if status >= 500 else 400])[1]
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(say or wording.CALLS.get(status, usual)),
        "kind": kind or KINDS.get(status, KINDS[500 if status >= 500 else 400]),
    }
    response = JsonResponse(body | more, status=status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def problems_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What Django says by itself without a word (405) becomes a page, and for a call a problem, never a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "asks_unknown", False) and response.status_code == 200:
            response.status_code = 400  # a list was asked for a filter, an order or a page that it does not have
        wordless = response.status_code == 405 and not response.content
        said = response.status_code < 400 or response.headers.get("Content-Type") == PROBLEM
        if said or not (wordless or is_call(request)):
            return response
        told = problem(response.status_code) if is_call(request) else not_so(request)
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told

    return middleware


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when it was only too much."""
    if isinstance(exception, RequestDataTooBig):
        read_away(request)
        limit = getattr(exception, "limit", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return error_page(request, 413, say=in_numbers(wording.too_much, size=size_of(request), limit=limit))
    too_many_parts = isinstance(exception, TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, 413 if too_many_parts else 400)


def read_away(request: HttpRequest) -> None:
    """Takes what is still being sent, piece by piece, and keeps nothing: else the sender never sees the answer."""
    with suppress(OSError):  # it went away: nobody waits for the answer
        for _ in range(MOST_READ_AWAY // PIECE):
            if not request.read(PIECE):
                return


def size_of(request: HttpRequest) -> int:
    """How many bytes the sender announced; a body without that number is not read at all."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0


def in_numbers(say: str | Promise, **numbers: int) -> str:
    """A sentence with its numbers, grouped as the reader's language groups them."""
    return str(say).format(**{name: number(value, active_language().code) for name, value in numbers.items()})


def not_so(request: HttpRequest) -> HttpResponse:
    """405: a page was asked for where something is only sent, or sent where there is only a page."""
    return error_page(request, 405, *(wording.no_page if request.method in ("GET", "HEAD") else ()))


def not_open(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; a refusal's own sentence is said where there is one."""
    return error_page(request, 403, say=str(exception) if exception.args else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same whether there is nothing or nothing that this reader may see."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries."""
    return error_page(request, 429)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After."""
    return error_page(request, 503)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form or a call whose token does not hold."""
    if is_call(request):
        return problem(403, wording.call_without_token, kind="no_token")
    return error_page(request, 403, *wording.stale_form)
