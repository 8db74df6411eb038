"""Pages for what could not be answered: in the reader's language, without reading the database.

ROOT_URLCONF names these as handler400 to handler500; CSRF_FAILURE_VIEW is `stale_form`.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise

from onevoice.languages.sizes import size_in_words
from onevoice.languages.web import active_language
from onevoice.look import wording

RETRY_SECONDS = 5


def error_page(
    request: HttpRequest, status: int, heading: str | Promise = "", say: str | Promise = ""
) -> HttpResponse:
    """A page with this status; its sentences are those of wording.ERRORS unless others are given."""
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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when it was only too much."""
    if isinstance(exception, RequestDataTooBig):
        limit = getattr(exception, "limit", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        words = size_in_words(limit, active_language().code)
        return error_page(request, 413, say=str(wording.too_much).format(limit=words))
    too_many_parts = isinstance(exception, TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, 413 if too_many_parts else 400)


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
    """403 for a form whose token does not hold."""
    return error_page(request, 403, *wording.stale_form)
