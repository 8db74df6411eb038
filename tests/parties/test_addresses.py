"""One's own address is changed by a letter to the new one; nothing tells whether an address is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onevoice.enact.perform import database_clock
from onevoice.notices.models import Letter
from onevoice.parties.accounts import addresses
from onevoice.parties.accounts.invitations import accept, link_of, open_invitation, person_at
from onevoice.parties.models import Account, AddressChange, Invitation

NEW = "new@example.org"


def sign_in(icat: Any, password: str, who: str = "unicef") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": getattr(icat, who).account.email, "password": password})
    return client


def asks(client: Client, address: str = NEW) -> Any:
    return client.post("/accounts/address", {"email": address})


def link_to(address: str = NEW) -> str:
    body = Letter.objects.filter(address=address).first().body
    return re.search(r"http://testserver(/\S*accounts/address/\S+)", body)[1]  # type: ignore[index]


def again(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_the_address_changes_when_its_link_is_opened_and_confirmed(icat: Any, password: str) -> None:
    client, account = sign_in(icat, password), icat.unicef.account
    former = account.email
    assert asks(client).status_code == 303
    assert again(account).email == former
    page = client.get(link_to())
    assert (page.status_code, NEW in page.text, again(account).email) == (200, True, former)
    done = client.post(link_to())
    assert (done.status_code, done["Location"]) == (303, "/accounts/profile?saved=address")
    assert again(account).email == NEW
    assert Client().post("/accounts/login/", {"login": NEW, "password": password})["Location"] == "/icat/desk"
    assert Client().post("/accounts/login/", {"login": former, "password": password}).status_code == 422


def test_from_the_former_address_nobody_gets_in_again(icat: Any, password: str) -> None:
    """Asking for a password beforehand must not keep the former address with the account."""
    former = icat.unicef.account.email
    Client().post("/accounts/password/reset/", {"email": former})
    kept = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", Letter.objects.get().body)[1]  # type: ignore[index]
    client = sign_in(icat, password)
    asks(client)
    client.post(link_to())
    assert "This link no longer works" in Client().get(kept, follow=True).text
    Letter.objects.all().delete()
    Client().post("/accounts/password/reset/", {"email": former})
    assert Letter.objects.get().subject == "There is no account with this address"
    assert Client().post("/accounts/login/", {"login": former, "password": password}).status_code == 422


def test_the_former_address_is_told_when_it_is_asked_and_when_it_is_done(icat: Any, password: str) -> None:
    client, former = sign_in(icat, password), icat.unicef.account.email
    asks(client)
    client.post(link_to())
    told = Letter.objects.filter(address=former).order_by("pk")
    assert [letter.subject for letter in told] == [
        "Somebody asks to change the address of your account",
        "The address of your account was changed",
    ]
    assert all(NEW in letter.body and letter.kind == "security" for letter in told)


def test_who_changed_which_address_when_is_kept(icat: Any, password: str) -> None:
    client, former = sign_in(icat, password), icat.unicef.account.email
    asks(client)
    client.post(link_to())
    change = AddressChange.objects.get()
    assert (change.account_id, change.former, change.email) == (icat.unicef.account.pk, former, NEW)
    assert change.asked_at < change.confirmed_at


def seen(page: Any, *typed: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|<p class="clocks">.*?</p>', "", page.text)
    for one in typed:
        text = text.replace(one, "")
    return re.sub(r"Open the link in it until .*?, here or", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("taken", ["account", "invitation"])
def test_no_answer_tells_whether_somebody_has_the_address(icat: Any, password: str, taken: str) -> None:
    theirs = icat.ilo.account.email if taken == "account" else "invited@example.org"
    person_at("Invited", "invited@example.org", by="operator")
    answers, statements = [], []
    for address in ("nobody@example.org", theirs):
        Letter.objects.all().delete()
        client = sign_in(icat, password)
        with CaptureQueriesContext(connection) as caught:
            answer = asks(client, address.upper())
        statements.append(
            [
                re.sub(r"'[^']*'|\d+", "", one["sql"]).split(" (")[0]
                for one in caught
                if "parties_attempts" not in one["sql"]
            ]
        )
        page = client.get(answer["Location"])
        answers.append((answer.status_code, answer["Location"], seen(page, address)))
        assert Letter.objects.filter(address=address).count() == 1
    assert answers[0] == answers[1]
    assert statements[0] == statements[1]
    assert "/accounts/address/" not in Letter.objects.get(address=theirs).body
    assert Letter.objects.get(address=theirs).subject == "This address has an account already"


def test_an_address_given_away_in_between_is_not_taken(icat: Any, password: str) -> None:
    client = sign_in(icat, password)
    asks(client)
    Account.objects.filter(pk=icat.ilo.account.pk).update(email=NEW)
    assert client.post(link_to()).status_code == 404
    assert again(icat.unicef.account).email != NEW


def test_a_letter_gone_astray_opens_nothing(icat: Any, password: str) -> None:
    asks(sign_in(icat, password))
    link = link_to()
    assert Client().post(link)["Location"].startswith("/accounts/login/")
    other = sign_in(icat, password, "ilo")
    assert (other.get(link).status_code, other.post(link).status_code) == (404, 404)
    assert AddressChange.objects.get().confirmed_at is None


def test_a_link_works_once_for_a_day_and_the_newest_only(icat: Any, password: str) -> None:
    client, account = sign_in(icat, password), icat.unicef.account
    now = database_clock()
    asks(client)
    first = link_to()
    asks(client, "newer@example.org")
    newer = link_to("newer@example.org")
    assert (client.get(first).status_code, client.get(newer).status_code) == (404, 200)
    token = newer.rsplit("/", 1)[-1]
    assert addresses.change_of(token, account, now=now + timedelta(hours=23)) is not None
    assert addresses.change_of(token, account, now=now + timedelta(hours=25)) is None
    change = AddressChange.objects.get()
    assert (addresses.confirm(change, now=now), addresses.confirm(change, now=now)) == (True, False)
    assert client.get(newer).status_code == 404


def test_it_asks_for_the_password_when_one_signed_in_long_ago(
    icat: Any, password: str, client: Client
) -> None:
    client.force_login(icat.unicef.account)
    assert asks(client)["Location"].startswith("/accounts/reauthenticate/")
    assert not Letter.objects.exists()


def test_the_button_pressed_twice_is_one_asking_and_says_so_twice(icat: Any, password: str) -> None:
    client = sign_in(icat, password)
    assert [asks(client)["Location"] for _ in range(3)] == ["/accounts/address?sent=yes"] * 3
    assert (Letter.objects.count(), AddressChange.objects.count()) == (2, 1)  # one to each address
    assert client.post(link_to()).status_code == 303  # the link of the first letter still holds


def test_letters_are_limited_for_the_account_and_for_the_address(icat: Any, password: str) -> None:
    client = sign_in(icat, password)
    assert asks(client).status_code == 303
    AddressChange.objects.update(asked_at=database_clock() - timedelta(minutes=4))
    limited = asks(client)
    assert (limited.status_code, "There were too many requests from here." in limited.text) == (429, True)
    other = sign_in(icat, password, "ilo")
    assert asks(other).status_code == 429
    found = [asks(other, f"{n}@example.org").status_code for n in range(6)]
    assert found == [303] * 4 + [429] * 2


def test_what_is_typed_wrongly_is_told(icat: Any, password: str) -> None:
    client = sign_in(icat, password)
    for typed, says in (
        ("no address", "This is no e-mail address"),
        ("", "Fill in this field."),
        (icat.unicef.account.email.upper(), "This is your present address. Write another one."),
    ):
        page = asks(client, typed)
        assert (page.status_code, says in page.text) == (422, True), typed
    assert not Letter.objects.exists()


def test_an_invitation_to_an_address_that_an_account_took_is_over(icat: Any, client: Client) -> None:
    now = database_clock()
    person = person_at("Ada", "ada@example.org", by="operator")
    link = link_of(open_invitation(person), now=now).removeprefix("http://testserver")
    Account.objects.filter(pk=icat.unicef.account.pk).update(email="ada@example.org")
    assert accept(Invitation.objects.get(), name="Ada", password="a long walk by the river", now=now) is None
    filled = {"name": "Ada", "password1": "a long walk by the river", "password2": "a long walk by the river"}
    assert client.post(link, filled).status_code == 404


def test_a_role_of_the_demonstration_has_no_address_to_change(demonstration: Any, client: Client) -> None:
    client.post(f"/demonstration/as/{demonstration.unicef.account.pk}")
    for page, status in ((client.get("/accounts/address"), 200), (asks(client), 403)):
        assert (page.status_code, "This is a role of the demonstration" in page.text) == (status, True)
    assert not AddressChange.objects.exists()
