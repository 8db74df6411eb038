"""A passkey in a real browser under the strict content policy: it signs in alone, and as second factor."""

from collections.abc import Iterator
from typing import Any

import pytest

from parties.conftest import give_passwords

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
VERIFIES = {"hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def ilo(fresh_icat: Any) -> Any:
    """Address and password of the focal point of ILO, which holds no office."""
    return fresh_icat.ilo.account.email, give_passwords(fresh_icat)


@pytest.fixture
def page(ilo: Any, served: str, chromium: Any) -> Iterator[Any]:
    """A browser with a security key, on the house's pages by a name that passkeys accept."""
    page = chromium.new_page(base_url=served.replace("127.0.0.1", "localhost"))
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | VERIFIES})
    yield page
    page.close()


def by_password(page: Any, address: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Any) -> None:
    page.goto("/accounts/logout/")
    with page.expect_navigation():  # what comes next would break the sending off
        page.get_by_role("main").get_by_role("button", name="Sign out").click()


def by_passkey_alone(page: Any) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()


def add_passkey(page: Any) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name of this passkey").fill("My key")
    page.get_by_label("Sign in with it alone, without a password").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")


def test_a_passkey_of_a_closed_account_is_answered_as_an_unknown_one(page: Any, ilo: Any, fresh_icat: Any) -> None:
    from allauth.mfa.models import Authenticator

    from onevoice.notices.models import Letter
    from onevoice.parties.models import Account

    by_password(page, *ilo)
    page.wait_for_url("**/icat/desk")
    add_passkey(page)
    sign_out(page)
    answers = []
    for closes in (True, False):  # then a passkey that nobody has
        if closes:
            Account.objects.filter(email=ilo[0]).update(is_active=False)
        else:
            Authenticator.objects.filter(user__email=ilo[0]).delete()
        by_passkey_alone(page)
        page.wait_for_url("**/accounts/login/?passkey=refused")
        answers.append((page.title(), page.get_by_role("main").inner_text()))
    assert answers[0] == answers[1]
    assert "This passkey does not open an account." in answers[0][1]
    assert [letter.address for letter in Letter.objects.filter(subject__contains="closed")] == [ilo[0]]


def test_a_passkey_signs_in_alone_and_as_second_factor(page: Any, ilo: Any) -> None:
    by_password(page, *ilo)
    page.wait_for_url("**/icat/desk")
    add_passkey(page)
    sign_out(page)

    by_passkey_alone(page)
    page.wait_for_url("**/icat/desk")
    sign_out(page)

    by_password(page, *ilo)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/icat/desk")
    assert page.complaints == []
