"""Where one is signed in, as a list: one's own sessions that still hold, and nobody else's."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from onevoice.enact.perform import database_clock
from reading import queries, words

PAGE = "/accounts/sessions/"


def opened(account: Any, browser: str, ip: str = "192.0.2.1", *, days_ago: int = 0, **other: Any) -> UserSession:
    """A session of an account, as signing in leaves it."""
    store = SessionStore()
    signed_in = {SESSION_KEY: str(account.pk), HASH_SESSION_KEY: account.get_session_auth_hash()}
    store.update({BACKEND_SESSION_KEY: "x", **signed_in, **other})
    store.create()
    began = database_clock() - timedelta(days=days_ago)
    return UserSession.objects.create(
        user=account, session_key=store.session_key, ip=ip, user_agent=browser, created_at=began
    )


@pytest.fixture
def reader(icat: Any) -> Client:
    account = icat.unicef.account
    client = icat.unicef.signs_in(Client())
    UserSession.objects.create(
        user=account, session_key=client.session.session_key, ip="192.0.2.9", user_agent="This browser"
    )
    opened(account, "Firefox", "192.0.2.10", days_ago=2)
    opened(account, "Élinks", "192.0.2.2", days_ago=1)
    return client


def browsers(client: Client, asked: str = "") -> list[str]:
    return re.findall(r'<td data-label="Browser"><bdi>([^<]*)</bdi>', client.get(f"{PAGE}{asked}").text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["This browser", "Élinks", "Firefox"]),
        ("?sort=began", ["Firefox", "Élinks", "This browser"]),
        ("?sort=browser", ["Élinks", "Firefox", "This browser"]),
        ("?q=elin", ["Élinks"]),
        ("?q=nothing", []),
    ],
)
def test_the_newest_session_comes_first_and_any_other_order_has_its_address(
    reader: Client, asked: str, found: list[str]
) -> None:
    assert browsers(reader, asked) == found


def test_the_page_says_which_is_this_one(reader: Client) -> None:
    page = reader.get(PAGE)
    assert words(page).count("(this one)") == 1 and "Sign out everywhere else" in words(page)


def test_what_has_ended_and_what_is_another_persons_is_not_listed(icat: Any, reader: Client) -> None:
    account = icat.unicef.account
    over = opened(account, "Over")
    Session.objects.filter(session_key=over.session_key).update(expire_date=database_clock())
    opened(account, "Before the password changed", **{HASH_SESSION_KEY: "of before"})
    opened(account, "Another signed in there since", **{SESSION_KEY: str(icat.osce.account.pk)})
    opened(icat.osce.account, "Another person’s")
    assert browsers(reader) == ["This browser", "Élinks", "Firefox"]
    assert UserSession.objects.filter(user=account).count() == 3  # of what has ended nothing is kept


def test_the_file_has_the_same_rows(reader: Client) -> None:
    rows = list(csv.DictReader(StringIO(reader.get(f"{PAGE}?format=csv").getvalue().decode("utf-8-sig"))))
    assert [(row["Browser"], row["This one"], row["From address"]) for row in rows] == [
        ("This browser", "yes", "192.0.2.9"), ("Élinks", "no", "192.0.2.2"), ("Firefox", "no", "192.0.2.10"),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["?sort=zebra", "?page=2", "?q=%00"])
def test_what_the_list_does_not_have_is_400(reader: Client, asked: str) -> None:
    assert reader.get(f"{PAGE}{asked}").status_code == 400


def test_only_who_is_signed_in_reads_it(db: None, client: Client) -> None:
    assert client.get(f"{PAGE}?format=csv").status_code == 302


@pytest.mark.parametrize("asked", ["", "?format=csv"])
def test_as_many_queries_for_few_as_for_many(icat: Any, reader: Client, settings: Any, asked: str) -> None:
    settings.ROWS_A_PAGE = 2_000
    few = queries(reader, f"{PAGE}{asked}")
    for number in range(1_000):
        opened(icat.unicef.account, f"Browser {number}")
    assert queries(reader, f"{PAGE}{asked}") == few == (5 if asked else 6)


def test_notes_of_sessions_that_ended_go_every_night_and_others_stay(icat: Any, reader: Client) -> None:
    from onevoice.parties.jobs import sweep_nightly

    ended = opened(icat.unicef.account, "Gone", "192.0.2.3")
    Session.objects.filter(session_key=ended.session_key).delete()
    run_out = opened(icat.ilo.account, "Run out", "192.0.2.4")
    Session.objects.filter(session_key=run_out.session_key).update(expire_date=database_clock() - timedelta(days=1))
    of_another_password = opened(icat.ilo.account, "Old", "192.0.2.5", **{HASH_SESSION_KEY: "x"})
    opened(icat.ilo.account, "Lynx", "192.0.2.6")
    sweep_nightly(int(database_clock().timestamp()))
    left = set(UserSession.objects.values_list("user_agent", flat=True))
    assert left == {"This browser", "Firefox", "Élinks", "Lynx"}
    gone = [run_out.session_key, ended.session_key]
    assert not Session.objects.filter(session_key__in=gone).exists()
    assert Session.objects.filter(session_key=of_another_password.session_key).exists()  # it ends by itself
