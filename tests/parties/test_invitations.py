"""Accounts come by a link that works once, for fourteen days."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from onevoice.enact.perform import database_clock
from onevoice.parties.accounts import invitations
from onevoice.parties.accounts.forms import RenamePasskey
from onevoice.parties.accounts.invitations import accept, invitation_of, link_of, open_invitation, person_at
from onevoice.parties.models import Account, Invitation

PASSWORD = "a long walk by the river"
FILLED = {"name": "Ada Lovelace", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def link(icat: Any) -> str:
    """A fresh invitation's address, as a path."""
    person = person_at("Ada", "Ada@Example.org", by="operator")
    return link_of(open_invitation(person), now=database_clock()).removeprefix("http://testserver")


def test_an_invited_person_chooses_name_and_password_and_is_signed_in(link: str, client: Client) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert "ada@example.org" in page.text
    done = client.post(link, FILLED)
    assert (done.status_code, done["Location"]) == (303, "/accounts/profile")
    account = Account.objects.get(email="ada@example.org")
    assert (account.person.name, account.check_password(PASSWORD)) == ("Ada Lovelace", True)
    assert client.get("/accounts/profile").status_code == 200


@pytest.mark.parametrize("name", ["Ada\x00", "Ada\ufffd", b"Ada \xed\xa0\x80", b"Ada \xff"])
def test_a_name_with_half_a_character_is_asked_for_again(link: str, client: Client, name: str | bytes) -> None:
    page = client.post(link, urlencode(FILLED | {"name": name}), content_type="application/x-www-form-urlencoded")
    assert (page.status_code, "half a character" in page.text) == (422, True)
    assert not Account.objects.filter(email="ada@example.org").exists()


def test_nothing_in_a_name_turns_the_reading_order_of_a_page(link: str, client: Client) -> None:
    client.post(link, FILLED | {"name": " Ada\u202e  Love\u2066lace\u200f\n"})
    assert Account.objects.get(email="ada@example.org").person.name == "Ada Lovelace"


def test_the_name_of_a_passkey_is_cleaned_as_every_line_is(icat: Any) -> None:
    passkey = Authenticator(user=icat.ilo.account, type=Authenticator.Type.WEBAUTHN, data={"name": "Mine"})
    form = RenamePasskey({"name": "My\u202e key\x00"}, instance=passkey)
    assert "half a character" in str(form.errors["name"])
    form = RenamePasskey({"name": "My\u202e  key"}, instance=passkey)
    assert form.is_valid() and form.cleaned_data["name"] == "My key"
    assert RenamePasskey({"name": "x" * 201}, instance=passkey).errors["name"]


def test_a_link_works_once(link: str, client: Client) -> None:
    client.post(link, FILLED)
    again = Client().post(
        link, FILLED | {"password1": "another long walk!", "password2": "another long walk!"}
    )
    assert again.status_code == 404
    assert "This link no longer works" in again.text
    assert Account.objects.get(email="ada@example.org").check_password(PASSWORD)


def test_of_two_who_accept_at_once_one_makes_the_account(link: str) -> None:
    now = database_clock()
    invitation = Invitation.objects.get()
    first = accept(invitation, name="Ada", password=PASSWORD, now=now)
    assert (first is not None, accept(invitation, name="Eve", password=PASSWORD, now=now)) == (True, None)


def test_a_link_ends_after_fourteen_days(link: str, client: Client) -> None:
    token = link.rsplit("/", 1)[-1]
    now = database_clock()
    assert invitation_of(token, now=now + timedelta(days=13, hours=23)) is not None
    assert invitation_of(token, now=now + timedelta(days=14, minutes=1)) is None
    Invitation.objects.update(expires_at=now - timedelta(seconds=1))
    assert client.get(link).status_code == 404
    assert client.post(link, FILLED).status_code == 404
    assert not Account.objects.filter(email="ada@example.org").exists()


def test_a_newer_link_replaces_the_older(link: str, client: Client) -> None:
    newer = link_of(Invitation.objects.get(), now=database_clock()).removeprefix("http://testserver")
    assert (client.get(link).status_code, client.get(newer).status_code) == (404, 200)


def test_an_unknown_link_says_the_same_as_a_used_one(link: str, client: Client) -> None:
    client.post(link, FILLED)
    other = Client()
    assert other.get(link).text.replace(link, "") == other.get("/accounts/invitation/none").text.replace(
        "/accounts/invitation/none", ""
    )


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"password1": "short", "password2": "short"}, "password1", "too short"),
        (
            {"password2": "something else entirely"},
            "password2",
            "The two passwords differ. Type the same one twice.",
        ),
        ({"name": "Ada\x00"}, "name", "This text holds a character that no text can hold"),
        ({"name": ""}, "name", "Fill in this field."),
    ],
)
def test_what_is_typed_wrongly_is_kept_and_told(
    link: str, client: Client, typed: Any, field: str, sentence: str
) -> None:
    page = client.post(link, FILLED | typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert not Account.objects.filter(email="ada@example.org").exists()
    assert PASSWORD not in page.text


def test_an_invitation_in_arabic_leads_to_the_page_in_arabic(icat: Any) -> None:
    person = person_at("Ada", "ada@example.org", language="ar", by="operator")
    assert link_of(open_invitation(person), now=database_clock()).startswith(
        "http://testserver/ar/accounts/invitation/"
    )


def test_names_hold_no_sign_that_turns_the_reading_order(link: str, client: Client) -> None:
    client.post(link, FILLED | {"name": "Ada \u202eecalevoL"})
    assert Account.objects.get(email="ada@example.org").person.name == "Ada ecalevoL"


def test_nobody_signs_up_without_an_invitation(icat: Any, client: Client) -> None:
    for page in (
        client.get("/accounts/signup/"),
        client.post("/accounts/signup/", {"email": "eve@example.org"}),
    ):
        assert page.status_code in (404, 405)
    assert not Account.objects.filter(email="eve@example.org").exists()


def test_the_notices_switch_stops_letters_about_work_only(icat: Any) -> None:
    account = icat.unicef.account
    account.notices = False
    account.save()
    assert invitations.recipient_of(icat.unicef.person, work=True) is None
    assert invitations.recipient_of(icat.unicef.person).address == account.email
