"""One's own address is changed by a letter to the new one: a link with a random token, valid a day, used once.

1. Asking needs a session that has just shown who it is. A newer asking replaces the older.
2. The new address gets the link, or, where it belongs to somebody already, a letter that says so. The page says the
   same either way, after the same work. The present address is told at once, and again when it is changed.
3. Confirming needs the link and a session of the same account, so that a letter gone astray opens nothing.

django-allauth asks for the password again and counts the attempts. Its own table of addresses is not used: an
address that nobody has confirmed yet would sign in there.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from onevoice.languages.names import language_of
from onevoice.notices.outbox import Recipient, absolute, post
from onevoice.parties.models import Account, AddressChange, Invitation

from .invitations import hash_of

VALID = timedelta(days=1)
SAME = timedelta(minutes=3)  # within it the same asking again is the same button pressed twice


def is_taken(email: str, account: Account) -> bool:
    """Whether an address is somebody else's: an account has it, or an invitation went to it that is still open."""
    others = Account.objects.filter(email__iexact=email).exclude(pk=account.pk)
    return others.exists() | Invitation.objects.filter(email__iexact=email, used_at=None).exists()


def waiting(account: Account, *, now: datetime) -> AddressChange | None:
    """The change that waits for its confirmation."""
    return account.address_changes.filter(confirmed_at=None, expires_at__gt=now).last()


def just_asked(account: Account, email: str, *, now: datetime) -> bool:
    """Whether the same was asked a moment ago, so that its letters are on their way already."""
    change = waiting(account, now=now)
    return change is not None and change.email == email and change.asked_at > now - SAME


@transaction.atomic
def ask(account: Account, email: str, *, now: datetime) -> AddressChange:
    """Write to both addresses; nothing else changes yet."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.address_changes.filter(confirmed_at=None).delete()
    token = secrets.token_urlsafe(32)
    change = AddressChange.objects.create(
        account=account,
        former=account.email,
        email=email,
        token_hash=hash_of(token),
        asked_at=now,
        expires_at=now + VALID,
    )
    template = "address_taken" if is_taken(email, account) else "address_confirm"
    context = {"link": _link(account, token), "valid_until": change.expires_at}
    _write(account, email, template, context)
    _write(account, account.email, "address_asked", {"address": email})
    return change


def _link(account: Account, token: str) -> str:
    with translation.override(language_of(account.language).django):
        return absolute(reverse("parties:address-confirm", args=[token]))


def _write(account: Account, address: str, letter: str, context: dict[str, object]) -> None:
    to = Recipient(account.person_id, address, account.language, account.zone)
    post(to, "security", f"parties/letters/{letter}.txt", context)


def change_of(token: str, account: Account, *, now: datetime) -> AddressChange | None:
    """The change that a token confirms for this account, while it is open."""
    rows = account.address_changes.filter(token_hash=hash_of(token), confirmed_at=None, expires_at__gt=now)
    return rows.first()


def confirm(change: AddressChange, *, now: datetime) -> bool:
    """Sign in by the new address from now on; False where the link was used, or the address given away, in between."""
    try:
        with transaction.atomic():
            return _confirmed(change, now)
    except IntegrityError:  # somebody else took the address in the same instant
        return False


def _confirmed(change: AddressChange, now: datetime) -> bool:
    account = Account.objects.select_for_update().get(pk=change.account_id)
    if is_taken(change.email, account):
        return False
    open_still = AddressChange.objects.filter(pk=change.pk, confirmed_at=None, expires_at__gt=now)
    if open_still.update(confirmed_at=now) != 1:
        return False
    Account.objects.filter(pk=account.pk).update(email=change.email)
    EmailAddress.objects.filter(
        user=account
    ).delete()  # the library would let the former address sign in for ever
    _write(account, change.former, "address_changed", {"address": change.email})
    return True
