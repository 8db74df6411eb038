"""A form of accounts with more in it than can be read: limit and size, the beginnings of texts, no password, 413."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from onevoice.enact.perform import database_clock
from onevoice.notices.models import Letter
from onevoice.parties.accounts.invitations import link_of, open_invitation, person_at
from onevoice.parties.models import Account, AddressChange

FORM = "application/x-www-form-urlencoded"
SECRET = "s3cret" * 1_000_000
SAID = "bytes; the limit is 5,000,000. Nothing has changed. The first 10,000 characters of each text are kept"


def sends(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, urlencode(typed), content_type=FORM)


@pytest.fixture
def client(icat: Any, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": icat.unicef.account.email, "password": password})
    return client


@pytest.mark.parametrize("address", ["/accounts/login/", "/fr/accounts/login/"])
def test_whoever_signs_in_finds_the_address_again_and_no_password(icat: Any, address: str) -> None:
    page = sends(Client(), f"{address}?next=/icat/desk", login="ada@example.org", password=SECRET)
    assert page.status_code == 413
    assert 'value="ada@example.org"' in page.text and "s3cret" not in page.text
    assert re.search(r'name="next"[^>]*value="/icat/desk"|value="/icat/desk"[^>]*name="next"', page.text)
    assert (SAID in page.text) == (not address.startswith("/fr"))


def test_the_beginning_of_what_is_too_long_is_kept(icat: Any) -> None:
    page = sends(Client(), "/accounts/password/reset/", email="é" * 3_000_000)
    assert (page.status_code, SAID in page.text) == (413, True)
    assert f'value="{"é" * 10_000}"' in page.text
    assert Letter.objects.count() == 0


def test_an_invited_person_keeps_the_name_and_no_account_is_made(icat: Any) -> None:
    person = person_at("Ada", "ada@example.org", by="operator")
    link = link_of(open_invitation(person), now=database_clock()).removeprefix("http://testserver")
    page = sends(Client(), link, name="Ada Lovelace", password1=SECRET, password2=SECRET)
    assert (page.status_code, SAID in page.text) == (413, True)
    assert 'value="Ada Lovelace"' in page.text and "s3cret" not in page.text
    assert not Account.objects.filter(email="ada@example.org").exists()


def test_profile_and_address_keep_what_was_chosen_and_change_nothing(icat: Any, client: Client) -> None:
    before = Account.objects.filter(pk=icat.unicef.account.pk).values().get()
    page = sends(client, "/accounts/profile", language="ar", zone="Asia/Beirut", other="x" * 6_000_000)
    assert (page.status_code, SAID in page.text) == (413, True)
    assert '<option value="ar" selected>' in page.text and '<option value="Asia/Beirut" selected>' in page.text
    assert not re.search(r'name="notices"[^>]* checked', page.text)
    page = sends(client, "/accounts/address", email="new@example.org", other="x" * 6_000_000)
    assert (page.status_code, 'value="new@example.org"' in page.text) == (413, True)
    assert not AddressChange.objects.exists()
    assert Account.objects.filter(pk=icat.unicef.account.pk).values().get() == before


def test_a_password_is_not_kept_nor_changed(icat: Any, client: Client, password: str) -> None:
    page = sends(client, "/accounts/password/change/", oldpassword=password, password1=SECRET, password2=SECRET)
    assert (page.status_code, SAID in page.text) == (413, True)
    assert "s3cret" not in page.text and password not in page.text
    assert Account.objects.get(pk=icat.unicef.account.pk).check_password(password)


@pytest.mark.parametrize("address", ["/accounts/acting", "/accounts/logout/", "/accounts/sessions/", "/accounts/close"])
def test_a_page_without_texts_says_limit_and_size_and_does_nothing(client: Client, address: str) -> None:
    page = sends(client, address, other="x" * 6_000_000)
    assert page.status_code == 413
    assert "What was sent has 6,000,006 bytes; the limit is 5,000,000." in page.text
    assert client.get("/accounts/profile").status_code == 200  # signed in still


def test_the_token_is_asked_for_as_ever(icat: Any) -> None:
    page = sends(Client(enforce_csrf_checks=True), "/accounts/login/", login="ada@example.org", password=SECRET)
    assert (page.status_code, "ada@example.org" in page.text) == (403, False)


OURS = {"Sec-Fetch-Site": "same-origin"}


def of_before(client: Client, address: str, headers: dict[str, str] = OURS, **typed: Any) -> Any:
    client.get(address)
    return client.post(address, typed | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)


def test_a_form_with_a_token_of_before_is_shown_again_as_it_was_typed(icat: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"login": "ada@example.org", "password": "s3cret", "next": "/icat/desk"}
    page = of_before(client, "/accounts/login/", **typed)
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (403, True)
    assert 'value="ada@example.org"' in page.text and "s3cret" not in page.text
    assert "You have signed in anew since this form was opened" in page.text
    assert re.search(r'name="next"[^>]*value="/icat/desk"|value="/icat/desk"[^>]*name="next"', page.text)
    (token, *_more) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    again = client.post("/accounts/login/", typed | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert "This address and password do not open an account." in again.text


def test_a_profile_with_a_token_of_before_keeps_what_was_chosen_and_changes_nothing(icat: Any) -> None:
    client = icat.unicef.signs_in(Client(enforce_csrf_checks=True))
    before = Account.objects.filter(pk=icat.unicef.account.pk).values().get()
    page = of_before(client, "/accounts/profile", language="ar", zone="Asia/Beirut")
    assert page.status_code == 403
    assert '<option value="ar" selected>' in page.text and '<option value="Asia/Beirut" selected>' in page.text
    assert Account.objects.filter(pk=icat.unicef.account.pk).values().get() == before


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example.org"}, {"Sec-Fetch-Site": "same-site"}])
def test_what_another_site_sends_to_accounts_is_never_filled_in(icat: Any, headers: dict[str, str]) -> None:
    page = of_before(Client(enforce_csrf_checks=True), "/accounts/login/", headers, login="their@words.example")
    assert (page.status_code, "their@words.example" in page.text) == (403, False)


def test_a_page_without_texts_and_a_token_of_before_does_nothing(icat: Any) -> None:
    client = icat.unicef.signs_in(Client(enforce_csrf_checks=True))
    page = of_before(client, "/accounts/logout/")
    assert (page.status_code, "Nothing has changed." in page.text) == (403, True)
    assert client.get("/accounts/profile").status_code == 200


def test_whoever_is_not_signed_in_is_led_to_sign_in_as_ever(icat: Any) -> None:
    page = sends(Client(), "/accounts/profile", language="ar", other="x" * 6_000_000)
    assert (page.status_code, page["Location"]) == (302, "/accounts/login/?next=/accounts/profile")
