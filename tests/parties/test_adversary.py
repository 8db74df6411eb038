"""Somebody outside tries to learn who has an account, to keep a session, and to take a second factor away."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onevoice.enact.perform import Done
from onevoice.groups.acts.people import ConfirmFactorLost
from onevoice.notices.models import Letter
from onevoice.parties.accounts.invitations import link_of, open_invitation, person_at
from onevoice.parties.models import Account, FactorLost

HASHED: list[str] = []


class Counting(MD5PasswordHasher):
    """Notes each time that a password is hashed: the part of signing in that takes time."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        HASHED.append(password)
        return super().encode(password, salt)


def attempt(address: str, password: str = "wrong") -> tuple[Any, int, list[str]]:
    """The answer to signing in, how often a password was hashed, and the statements without their values."""
    HASHED.clear()
    with CaptureQueriesContext(connection) as caught:
        answer = Client().post("/accounts/login/", {"login": address, "password": password})
    asked = [re.sub(r"_django_curs_\w+", "", one["sql"].split(" WHERE")[0]) for one in caught]
    return (
        answer,
        len(HASHED),
        [one for one in asked if "parties_attempts" not in one and "SAVEPOINT" not in one],
    )


@pytest.mark.parametrize("which", ["wrong", "inactive", "no password", "second factor", "invited"])
def test_signing_in_takes_the_same_work_whoever_has_the_address(
    icat: Any, password: str, settings: Any, which: str
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    account = icat.ilo.account
    account.set_password(password)
    if which == "no password":
        account.set_unusable_password()
    account.is_active = which != "inactive"
    account.save()
    if which == "second factor":
        TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    person_at("Ada", "invited@example.org", by="operator")
    address = "invited@example.org" if which == "invited" else account.email
    unknown, hashed, asked = attempt("nobody@example.org")
    answer, hashed_too, asked_too = attempt(address)
    assert (answer.status_code, unknown.status_code) == (422, 422)
    assert (hashed, hashed_too) == (1, 1)
    assert asked == asked_too


def test_the_right_password_of_a_closed_account_is_answered_and_counted_as_a_wrong_one(
    icat: Any, password: str, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    account = icat.ilo.account
    account.set_password(password)
    account.is_active = False
    account.save()
    right, hashed, _asked = attempt(account.email, password)
    wrong, hashed_too, _asked_too = attempt(account.email, "wrong")
    assert (right.status_code, hashed) == (wrong.status_code, hashed_too) == (422, 1)
    assert without_tokens(right, password) == without_tokens(wrong, "wrong")
    answers = [attempt(account.email, password)[0].text for _ in range(12)]
    assert "There were too many attempts." in answers[-1]


def without_tokens(page: Any, password: str) -> str:
    assert password not in page.text
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page.text)


def test_whoever_signs_in_to_a_closed_account_is_told_by_letter_once_a_day(icat: Any, password: str) -> None:
    account = icat.ilo.account
    Account.objects.filter(pk=account.pk).update(is_active=False, language="fr")
    attempt(account.email, "wrong")
    assert not Letter.objects.exists()
    for _ in range(2):
        attempt(account.email, password)
    letter = Letter.objects.get()
    assert (letter.address, letter.language, letter.kind) == (account.email, "fr", "security")
    attempt(icat.unicef.account.email, password)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("which", ["known", "inactive", "invited"])
def test_asking_for_a_password_takes_the_same_work_whoever_has_the_address(icat: Any, which: str) -> None:
    Account.objects.filter(pk=icat.ilo.account.pk).update(is_active=which != "inactive")
    person_at("Ada", "invited@example.org", by="operator")
    found = []
    for address in (
        "nobody@example.org",
        "invited@example.org" if which == "invited" else icat.ilo.account.email,
    ):
        with CaptureQueriesContext(connection) as caught:
            answer = Client().post("/accounts/password/reset/", {"email": address})
        written = [one["sql"].split(" (")[0] for one in caught if one["sql"].startswith(("INSERT", "UPDATE"))]
        found.append(
            (answer.status_code, answer["Location"], [one for one in written if "attempts" not in one])
        )
    assert found[0] == found[1]


def key(client: Client) -> str:
    return client.cookies["onevoice"].value


def test_a_session_that_was_planted_is_not_the_one_that_is_signed_in(icat: Any, password: str) -> None:
    victim = Client()
    victim.session["planted"] = "by somebody else"
    session = victim.session
    session["planted"] = "by somebody else"
    session.save()
    victim.cookies["onevoice"] = planted = session.session_key
    victim.post("/accounts/login/", {"login": icat.ilo.account.email, "password": password})
    assert key(victim) != planted
    attacker = Client()
    attacker.cookies["onevoice"] = planted
    assert attacker.get("/accounts/profile").status_code == 302


def test_a_session_that_was_planted_is_not_the_one_that_accepts_an_invitation(icat: Any) -> None:
    from onevoice.enact.perform import database_clock

    person = person_at("Ada", "ada@example.org", by="operator")
    link = link_of(open_invitation(person), now=database_clock()).removeprefix("http://testserver")
    victim = Client()
    session = victim.session
    session["planted"] = "by somebody else"
    session.save()
    victim.cookies["onevoice"] = planted = session.session_key
    filled = {"name": "Ada", "password1": "a long walk by the river", "password2": "a long walk by the river"}
    assert victim.post(link, filled).status_code == 303
    attacker = Client()
    attacker.cookies["onevoice"] = planted
    assert attacker.get("/accounts/profile").status_code == 302


def with_a_factor(delegation: Any) -> Any:
    TOTP.activate(delegation.account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(delegation.account)
    return delegation


def confirms(who: Any, icat: Any, lost: Any) -> Any:
    return who.does(ConfirmFactorLost, icat.group, appointment=str(lost.appointment.pk))


def test_one_person_never_takes_a_factor_away_alone_by_two_appointments_or_two_groups(icat: Any) -> None:
    from world import Delegation

    lost = with_a_factor(icat.ilo)
    assert isinstance(confirms(icat.unodc, icat, lost), Done)
    assert confirms(icat.unodc, icat, lost).kind == "confirmed_already"
    # The same person is appointed by the organisation of the one who lost it, too.
    again = icat.sends(icat.ilo.organisation, "Second hat", "alternate")
    row = type(again.appointment)
    same = row.objects.create(
        person=icat.unodc.person, organisation=icat.ilo.organisation, group=icat.group, capacity="alternate",
        period=again.appointment.period, claimed_by="x",
    )  # fmt: skip
    hat = Delegation(icat, icat.group, icat.ilo.organisation, icat.unodc.person, same)
    from onevoice.enact.perform import Sending, database_clock, perform
    from onevoice.groups.identity import identity_of_person

    actors = identity_of_person(icat.unodc.person.pk, now=database_clock()).actors
    other = next(actor for actor in actors if actor.organisation == icat.ilo.organisation.pk)
    sending = Sending({"appointment": str(lost.appointment.pk)}, "other hat")
    assert perform(ConfirmFactorLost, icat.group, sending, actor=other).kind == "confirmed_already"
    assert hat and FactorLost.objects.count() == 1
    assert Authenticator.objects.filter(user=lost.account).exists()


def test_nobody_invites_a_second_self_and_takes_a_factor_away_alone(icat: Any) -> None:
    from datetime import timedelta

    from django.db.models import F

    lost = with_a_factor(icat.ilo)
    assert isinstance(confirms(icat.unodc, icat, lost), Done)
    self_again = icat.sends(icat.unodc.organisation, "Second self", "alternate")
    type(self_again.person).objects.filter(pk=self_again.person.pk).update(role_only=False)
    assert confirms(self_again, icat, lost).kind == "account_too_new"
    assert Authenticator.objects.filter(user=lost.account).exists()
    Account.objects.filter(person=self_again.person).update(created_at=F("created_at") - timedelta(days=8))
    assert isinstance(confirms(self_again, icat, lost), Done)
    assert not Authenticator.objects.filter(user=lost.account).exists()


def test_removing_the_last_factor_signs_out_everywhere_else(icat: Any, password: str) -> None:
    from parties.test_signing_in import add_app, sign_in

    here, there = Client(), Client()
    sign_in(here, icat.unicef.account.email, password)
    sign_in(there, icat.unicef.account.email, password)
    add_app(here)
    assert here.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert (here.get("/accounts/profile").status_code, there.get("/accounts/profile").status_code) == (
        200,
        302,
    )
