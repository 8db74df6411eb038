"""A database that is away: a page that says so, with when to try again, until it is back."""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from onevoice.languages.web import is_call
from onevoice.look import errors

RETRY_SECONDS = 5
# SQLSTATE classes of a server that is ending, starting, out of connections or unreachable; a statement that
# is wrong or was cancelled is a fault of ours and must not be dressed up as an outage.
AWAY_STATES = ("08", "57P01", "57P02", "57P03", "53300", "25006")

log = logging.getLogger(__name__)


class DatabaseAwayMiddleware:
    """Outermost of those that need the database, so that every page answers alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            if not is_away(error):
                raise
            return unavailable(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page's own error, before Django makes a 500 of it."""
        if isinstance(error, (OperationalError, InterfaceError)) and is_away(error):
            return unavailable(request)
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    """The last answer to an error, also one that fell between the pages: away when it is that, else ours."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)) and is_away(error):
        return unavailable(request)
    return errors.server_error(request)


def is_away(error: Exception) -> bool:
    """Whether the error says that the database cannot be reached now."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or str(state).startswith(AWAY_STATES)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After; broken connections are dropped, so the next request tries anew."""
    log.warning("the database is away: %s", request.path)
    for connection in connections.all(initialized_only=True):
        connection.close()
    if is_call(request):
        return errors.problem(503)
    response = HttpResponse(page(request), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def page(request: HttpRequest) -> str:
    """The page of the house where it has one, else a plain one; neither reads the database."""
    try:
        return render_to_string("look/unavailable.html", {"retry_seconds": RETRY_SECONDS})
    except (TemplateDoesNotExist, OperationalError, InterfaceError):
        return format_html(
            '<!doctype html><html lang="{}" dir="{}"><meta charset="utf-8"><title>{}</title>'
            "<main><h1>{}</h1><p>{}</p></main></html>",
            get_language() or "en",
            "rtl" if get_language_bidi() else "ltr",
            _("OneVoice is away for a moment"),
            _("OneVoice is away for a moment"),
            _("The database does not answer. Nothing was lost. Load this page again in a few seconds."),
        )
