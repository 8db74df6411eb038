"""The second factor: whether this session was opened with one, and how a lost one is taken away.

Who holds an office acts only with a second factor (issue 3, section 6): `groups.identity` asks `given`. A factor
that was set up counts from then on in the session that set it up; other sessions sign in again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from onevoice.parties.models import Account, FactorLost, Person

KEY = "second_factor"  # in the session: the account that set one up in it
CONFIRMED_FOR = timedelta(days=7)


def given(request: HttpRequest) -> bool:
    """Whether the reader signed in with a second factor; no query beyond the session's."""
    if request.session.get(KEY) == request.user.pk:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def give(request: HttpRequest) -> None:
    """From now on this session counts as opened with a second factor."""
    request.session[KEY] = request.user.pk


@receiver(authenticator_added)
def _added(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        give(request)


@receiver(authenticator_removed)
def _removed(request: HttpRequest, **_: Any) -> None:
    if not Authenticator.objects.filter(user=request.user).exists():
        request.session.pop(KEY, None)
        records = get_authentication_records(request, request.user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r.get("method") != "mfa"]
        end_sessions(
            request.user, but=request.session.session_key
        )  # they were opened with the factor that is gone


def account_of(person: Person) -> Account | None:
    """The person's account, if it has a second factor."""
    account = Account.objects.filter(person=person, is_active=True).first()
    return account if account and Authenticator.objects.filter(user=account).exists() else None


def is_new(person: int | None, *, at: datetime) -> bool:
    """Whether the account was made within the days that a confirmation stands: nobody invites a second self and
    takes a factor away alone. Roles of the demonstration are nobody's."""
    made = Account.objects.filter(person=person, person__role_only=False, created_at__gt=at - CONFIRMED_FOR)
    return made.exists()


def confirm_lost(account: Account, *, by: int | None, at: datetime) -> bool | None:
    """Keep a confirmation: True when it was the second and the factor is gone, None when it is the same person's."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    standing = account.factor_lost.filter(settled=False, at__gt=at - CONFIRMED_FOR)
    confirmed = set(standing.values_list("by", flat=True))
    if by in confirmed:
        return None
    FactorLost.objects.create(account=account, by_id=by, at=at)
    if not confirmed:
        return False
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    account.factor_lost.update(settled=True)
    return True


def end_sessions(account: Account, *, but: str | None = None) -> None:
    """Everywhere the account is signed in, it is no longer; except in the session `but`."""
    for session in UserSession.objects.filter(user=account).exclude(session_key=but or ""):
        session.end()
