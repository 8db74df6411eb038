"""What everybody may read is kept until something happens, and never shown to the wrong reader."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onevoice.enact.kept import Kept, is_public
from onevoice.enact.models import Performed
from world import World

pytestmark = pytest.mark.django_db
PAGE = "/icat/members"


@pytest.fixture
def reader(icat: World, settings: Any) -> Client:
    """Nobody in particular, before a house that keeps its public pages."""
    settings.MIDDLEWARE = ["onevoice.enact.kept.kept_middleware", *settings.MIDDLEWARE]
    return Client()


def queries_of(client: Client, path: str, **headers: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, **headers).status_code in (200, 304)
    return len(asked)


def something_happens(number: int | None = None) -> None:
    Performed.objects.create(
        pk=number, key=f"k{number}", once=f"k{number}", act="groups.describe_group", group="icat",
        subject="groups.group:icat", result="groups.group:icat",
        received_at="2026-11-24T10:00Z", performed_at="2026-11-24T10:00Z",
    )  # fmt: skip


def test_a_page_is_made_once_and_then_costs_one_query(reader: Client) -> None:
    first = queries_of(reader, PAGE)
    assert first > 1
    assert queries_of(reader, PAGE) == 1


def test_an_act_makes_the_page_anew(reader: Client) -> None:
    queries_of(reader, PAGE)
    something_happens()
    assert queries_of(reader, PAGE) > 1


def test_an_act_that_commits_after_a_later_one_makes_the_page_anew(reader: Client) -> None:
    something_happens(11)
    queries_of(reader, PAGE)
    assert queries_of(reader, PAGE) == 1
    something_happens(10)
    assert queries_of(reader, PAGE) > 1


def test_each_language_and_view_is_kept_apart(reader: Client) -> None:
    english, arabic = reader.get(PAGE).content, reader.get(f"/ar{PAGE}").content
    assert b'dir="rtl"' in arabic and b'dir="rtl"' not in english.split(b"<header>")[0]
    assert reader.get(PAGE).content == english
    assert reader.get(f"{PAGE}?as-of=2019-06-01").content != english


def test_a_reader_with_a_cookie_never_gets_or_leaves_a_kept_page(reader: Client) -> None:
    queries_of(reader, PAGE)
    reader.cookies["onevoice"] = "of somebody"
    assert queries_of(reader, PAGE) > 1


def test_a_reader_who_has_the_page_gets_no_body(reader: Client) -> None:
    tag = reader.get(PAGE).headers["ETag"]
    again = reader.get(PAGE, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_least_used_answer_is_forgotten_first() -> None:
    from django.http import HttpResponse

    kept = Kept(room=25)
    for name in ("a", "b"):
        kept.keep((name,), (1,), HttpResponse(b"x" * 10))
    assert kept.find(("a",), (1,)) is not None
    kept.keep(("c",), (1,), HttpResponse(b"x" * 10))
    assert [kept.find((name,), (1,)) is not None for name in "abc"] == [True, False, True]
    assert kept.find(("a",), (2,)) is None
    assert kept.bytes == 20


@pytest.mark.parametrize("control", ["private, no-cache", "no-store", ""])
def test_only_what_says_that_it_is_public_is_kept(control: str) -> None:
    from django.http import HttpResponse

    assert not is_public(HttpResponse(b"", headers={"Cache-Control": control}))
    assert is_public(HttpResponse(b"", headers={"Cache-Control": "no-cache"}))
