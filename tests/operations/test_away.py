"""A database that is away is a page that says so, with when to try again; a fault of ours is not dressed up as one."""

import urllib.error
import urllib.request

import psycopg
import pytest
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from onevoice.operations.away import DatabaseAwayMiddleware


def failing(cause: Exception | None) -> DatabaseAwayMiddleware:
    def page(request: HttpRequest) -> HttpResponse:
        raise OperationalError("it fell") from cause

    return DatabaseAwayMiddleware(page)


@pytest.mark.parametrize(
    "cause",
    [
        None,
        psycopg.OperationalError("connection refused"),
        psycopg.errors.AdminShutdown(),
        psycopg.errors.CannotConnectNow(),
        psycopg.errors.TooManyConnections(),
    ],
)
def test_away_is_503_with_when_to_try_again(cause: Exception | None) -> None:
    answer = failing(cause)(RequestFactory().get("/icat"))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert 'lang="en"' in answer.content.decode()


@pytest.mark.parametrize("cause", [psycopg.errors.LockNotAvailable(), psycopg.errors.QueryCanceled()])
def test_a_fault_of_ours_stays_one(cause: Exception) -> None:
    with pytest.raises(OperationalError, match="it fell"):
        failing(cause)(RequestFactory().get("/icat"))


def test_the_page_is_in_the_readers_language_and_direction() -> None:
    with override("ar"):
        page = failing(None)(RequestFactory().get("/ar/icat")).content.decode()
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page


def test_a_page_that_falls_inside_is_answered_too() -> None:
    error = OperationalError("it fell")
    inside = DatabaseAwayMiddleware(lambda request: HttpResponse())
    answer = inside.process_exception(RequestFactory().get("/icat"), error)
    assert answer is not None
    assert answer.status_code == 503
    assert inside.process_exception(RequestFactory().get("/icat"), ValueError()) is None


@pytest.mark.parametrize(
    "path", ["/", "/fr/", "/icat", "/icat/desk", "/accounts/login/", "/accounts/profile"]
)
def test_every_page_says_so_and_heals(served: str, path: str) -> None:
    def ask() -> tuple[int, str]:
        request = urllib.request.Request(served + path, headers={"Cookie": "onevoice=abcdefgh"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers.get("Retry-After", "")
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Retry-After", "")

    before = ask()
    host = connections.settings["default"]["HOST"]
    connections.settings["default"]["HOST"] = "/nowhere"
    try:
        assert ask() == (503, "5")
    finally:
        connections.settings["default"]["HOST"] = host
    assert ask() == before
