"""Signing in, passwords, second factor, sessions: nothing tells whether an address is known."""

import re
from typing import Any

import pytest
from django.test import Client

from onevoice.groups.acts.people import Appoint
from onevoice.notices.models import Letter
from onevoice.parties.accounts import second_factor


def without_what_differs(page: Any, *typed: str) -> str:
    """The page but for its one-time tokens and what was typed into it."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.text)
    for one in typed:
        text = text.replace(one, "")
    return text


def sign_in(client: Client, address: str, password: str) -> Any:
    return client.post("/accounts/login/", {"login": address, "password": password})


def add_app(client: Client) -> Any:
    """Set up an authenticator app as a person does: read the key, type the code."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200, page.headers
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    return client.post("/accounts/2fa/totp/activate/", {"code": code})


def test_a_focal_point_signs_in_and_lands_on_the_desk(icat: Any, password: str, client: Client) -> None:
    answer = sign_in(client, icat.unicef.account.email, password)
    assert (answer.status_code, answer["Location"]) == (302, "/icat/desk")


def test_signing_in_says_the_same_for_known_and_unknown_addresses(icat: Any, password: str) -> None:
    known, unknown = icat.unicef.account.email, "nobody@example.org"
    pages = [sign_in(Client(), address, "wrong") for address in (known, unknown)]
    assert [page.status_code for page in pages] == [422, 422]
    assert without_what_differs(pages[0], known) == without_what_differs(pages[1], unknown)
    assert "This address and password do not open an account." in pages[0].text


@pytest.mark.parametrize(("path", "field"), [("login/", "login"), ("password/reset/", "email")])
def test_an_address_with_nul_is_told_in_one_sentence(icat: Any, path: str, field: str) -> None:
    page = Client().post(f"/accounts/{path}", {field: "z\0", "password": "wrong"})
    assert (page.status_code, len(page.context["form"].errors[field])) == (422, 1)
    assert "a character that no text can hold" in page.text


def test_a_password_with_nul_is_told_in_our_words(icat: Any) -> None:
    page = Client().post("/accounts/login/", {"login": "ada@example.org", "password": "wr\0ng"})
    assert (page.status_code, "a character that no text can hold" in page.text) == (422, True)


def test_asking_for_a_password_says_the_same_for_known_and_unknown_addresses(icat: Any) -> None:
    known, unknown = icat.unicef.account.email, "nobody@example.org"
    answers = [Client().post("/accounts/password/reset/", {"email": address}) for address in (known, unknown)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/accounts/password/reset/done/")] * 2
    assert {letter.address for letter in Letter.objects.all()} == {known, unknown}


def test_a_password_is_replaced_by_the_mailed_link(icat: Any, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": icat.unicef.account.email})
    body = Letter.objects.get().body
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", body)[1]  # type: ignore[index]
    form = client.get(path, follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": "a walk by the sea", "password2": "a walk by the sea"})
    assert (done.status_code, done["Location"]) == (302, "/accounts/password/reset/key/done/")
    assert sign_in(Client(), icat.unicef.account.email, "a walk by the sea")["Location"] == "/icat/desk"
    assert "This link no longer works" in Client().get(path, follow=True).text


def test_attempts_are_limited(icat: Any, password: str, client: Client) -> None:
    for _ in range(5):
        sign_in(client, icat.unicef.account.email, "wrong")
    page = sign_in(Client(), icat.unicef.account.email, password)
    assert page.status_code in (422, 429)
    assert "Too many" in page.text or "too many" in page.text


def test_whose_organisation_holds_an_office_sets_up_a_second_factor_first(
    committed: Any, client: Client
) -> None:
    icat, password = committed
    assert sign_in(client, icat.osce.account.email, password)["Location"] == "/accounts/2fa/"
    page = client.get("/accounts/2fa/")
    assert "Set up a second factor before you act" in page.text
    act = f"/icat/do/appoint/{icat.group.pk}"
    assert (client.get(act).status_code, client.get(act)["Location"]) == (303, "/accounts/2fa/")
    assert add_app(client)["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get(act).status_code == 200
    assert "Set up a second factor before you act" not in client.get("/accounts/2fa/").text


def test_without_the_second_factor_no_act_of_an_office_passes(
    icat: Any, password: str, client: Client
) -> None:
    sign_in(client, icat.osce.account.email, password)
    call = f"/api/icat/do/appoint/{icat.group.pk}"
    refused = client.post(call, {"inputs": {}}, content_type="application/json")
    assert (refused.status_code, refused.json()["kind"]) == (403, "no_second_factor")


def test_who_has_a_second_factor_is_asked_for_it(icat: Any, password: str, client: Client) -> None:
    sign_in(client, icat.unicef.account.email, password)
    add_app(client)
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    other = Client()
    assert sign_in(other, icat.unicef.account.email, password)["Location"].startswith(
        "/accounts/2fa/authenticate/"
    )
    assert other.get("/accounts/profile").status_code == 302
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code does not fit." in wrong.text
    assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]})["Location"] == "/icat/desk"
    request = other.get("/accounts/profile").wsgi_request
    assert second_factor.given(request)


def test_removing_the_last_second_factor_takes_the_office_away(committed: Any, client: Client) -> None:
    icat, password = committed
    sign_in(client, icat.osce.account.email, password)
    add_app(client)
    assert client.get(f"/icat/do/appoint/{icat.group.pk}").status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert client.get(f"/icat/do/appoint/{icat.group.pk}").status_code == 303


def test_a_reader_without_office_needs_no_second_factor(icat: Any, password: str, client: Client) -> None:
    sign_in(client, icat.unicef.account.email, password)
    assert client.get(f"/icat/do/appoint/{icat.group.pk}").status_code == 200


def test_sessions_are_listed_and_ended(icat: Any, password: str) -> None:
    here, there = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="There")
    for client in (here, there):
        sign_in(client, icat.unicef.account.email, password)
    page = here.get("/accounts/sessions/")
    assert ("Here" in page.text, "There" in page.text) == (True, True)
    here.post("/accounts/sessions/")
    assert (here.get("/accounts/profile").status_code, there.get("/accounts/profile").status_code) == (
        200,
        302,
    )


def test_a_changed_password_ends_the_other_sessions(icat: Any, password: str) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, icat.unicef.account.email, password)
    new = {"oldpassword": password, "password1": "a walk by the sea", "password2": "a walk by the sea"}
    assert here.post("/accounts/password/change/", new)["Location"] == "/accounts/profile?saved=password"
    assert there.get("/accounts/profile").status_code == 302
    assert Letter.objects.get().subject == "Your password was changed"


def test_the_profile_keeps_language_zone_and_letters(icat: Any, client: Client) -> None:
    icat.unicef.signs_in(client)
    answer = client.post("/accounts/profile", {"language": "fr", "zone": "Africa/Nairobi"})
    assert (answer.status_code, answer["Location"]) == (303, "/fr/accounts/profile?saved=profile")
    account = type(icat.unicef.account).objects.get(pk=icat.unicef.account.pk)
    assert (account.language, account.zone, account.notices) == ("fr", "Africa/Nairobi", False)


def test_a_zone_that_is_none_is_refused(icat: Any, client: Client) -> None:
    icat.unicef.signs_in(client)
    page = client.post("/accounts/profile", {"language": "fr", "zone": "Mars/Olympus"})
    assert (page.status_code, "Choose one of the values offered." in page.text) == (422, True)


def test_a_person_of_two_organisations_chooses_for_whom(icat: Any, client: Client) -> None:
    icat.ilo.does(
        Appoint,
        icat.group,
        capacity="contributor",
        full_name="x",
        address=icat.unicef.account.email,
        language="en",
    )
    icat.unicef.signs_in(client)
    page = client.get("/accounts/acting")
    other = page.context["posts"][-1]
    assert "Act for ILO in ICAT" in page.text
    chosen = client.post("/accounts/acting", {"appointment": other.appointment})
    assert (chosen.status_code, chosen["Location"]) == (303, "/icat/desk")
    assert client.get("/accounts/acting").context["acting"] == {other.appointment}


def test_nobody_chooses_somebody_elses_appointment(icat: Any, client: Client) -> None:
    icat.unicef.signs_in(client)
    page = client.post("/accounts/acting", {"appointment": icat.osce.appointment.pk})
    assert page.status_code == 403
    assert f"acting:{icat.group.pk}" not in client.session


OPEN = (
    "login/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "inactive/",
    "signup/",
    "closed",
)
SIGNED_IN = (
    "profile",
    "address",
    "close",
    "acting",
    "logout/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
)
WITH_FACTOR = (
    "2fa/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/totp/deactivate/",
    "2fa/reauthenticate/",
)
ABSENT = (
    "confirm-email/",
    "login/code/confirm/",
    "3rdparty/",
    "social/login/error/",
    "2fa/webauthn/signup/",
    "2fa/trust/",
)


def looks_like_ours(page: Any) -> None:
    assert '<div class="masthead">' in page.text
    assert "example.com" not in page.text and " style=" not in page.text
    for attributes in re.findall(r"<script([^>]*)>", page.text):
        assert "src=" in attributes or 'type="application/json"' in attributes


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_page_of_accounts_is_in_our_look(
    icat: Any, password: str, client: Client, language: str
) -> None:
    for path in OPEN:
        page = client.get(f"{language}/accounts/{path}")
        assert page.status_code == (404 if path == "signup/" else 200), path
        looks_like_ours(page)
    sign_in(client, icat.unicef.account.email, password)
    for path in SIGNED_IN:
        page = client.get(f"{language}/accounts/{path}")
        assert page.status_code == 200, (path, page.headers)
        looks_like_ours(page)
    add_app(client)
    for path in WITH_FACTOR:
        page = client.get(f"{language}/accounts/{path}")
        assert page.status_code == 200, (path, page.headers)
        looks_like_ours(page)


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_used_is_not_there(icat: Any, client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
