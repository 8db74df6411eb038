"""Accounts come by invitation only: a link with a random token, valid 14 days, used once.

1. A person is named by an address: the account or the open invitation with it, else a new person.
2. Sending makes a new token; only its SHA-256 is stored, so nobody who reads the database can use it.
3. Accepting is one conditional update: of two at once, one makes the account.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from onevoice.languages.names import language_of
from onevoice.languages.slugs import free_slug
from onevoice.notices.outbox import Group, Recipient, absolute, post
from onevoice.parties.models import Account, Invitation, Person

VALID = timedelta(days=14)
OFF = "letters about work"


def person_at(name: str, address: str, *, language: str = "en", by: str) -> Person:
    """The person with this address: known already, invited already, or made now with an invitation to send."""
    address = address.strip().lower()
    known = Person.objects.filter(account__email=address).first()
    invited = known or Person.objects.filter(invitations__email=address, invitations__used_at=None).first()
    return invited or _new_person(name, address, language, by)


def _new_person(name: str, address: str, language: str, by: str) -> Person:
    slug = free_slug(name, lambda slug: Person.objects.filter(slug=slug).exists(), "person")
    person = Person.objects.create(slug=slug, name=name)
    Invitation.objects.create(person=person, email=address, language=language, made_by=by)
    return person


def recipient_of(person: Person, *, work: bool = False) -> Recipient | None:
    """Where letters to a person go; None where no address is known, or `work` letters are switched off."""
    return next(iter(recipients_of([person.pk], work=work)), None)


def recipients_of(persons: Iterable[int], *, work: bool = False) -> list[Recipient]:
    """Where letters to some persons go, without those who cannot or, of `work`, would not be reached; two queries."""
    wanted = list(dict.fromkeys(persons))
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=wanted, is_active=True)}
    others = [person for person in wanted if person not in accounts]
    rows = Invitation.objects.filter(person__in=others, used_at=None).order_by("pk") if others else ()
    invited = {one.person_id: one for one in rows}
    found = []
    for person in wanted:
        if account := accounts.get(person):
            if account.notices or not work:
                off = switched_off_at(account) if work else ""
                found.append(Recipient(person, account.email, account.language, account.zone, off=off))
        elif invitation := invited.get(person):
            found.append(Recipient(person, invitation.email, invitation.language))
    return found


def switched_off_at(account: Account) -> str:
    """Where programs that read mail switch its owner's letters about work off, with one click (RFC 8058)."""
    with translation.override(language_of(account.language).django):
        return absolute(reverse("parties:letters-off", args=[signing.dumps(account.pk, salt=OFF)]))


def whose_letters(token: str) -> Account | None:
    """The account that such an address names; None for any other."""
    try:
        pk = signing.loads(token, salt=OFF)
    except signing.BadSignature:
        return None
    return Account.objects.filter(pk=pk, is_active=True).first()


def open_invitation(person: Person) -> Invitation | None:
    """The invitation that the person has not accepted yet."""
    return person.invitations.filter(used_at=None).last()


def tell(
    person: Person, context: Mapping[str, Any], *, about: str, group: Group | None, now: datetime
) -> None:
    """Tell a person of an appointment: with a link to make the account, or by a letter to the account there is."""
    recipient = recipient_of(person)
    if recipient is None:
        return
    invitation = None if Account.objects.filter(person=person).exists() else open_invitation(person)
    link = link_of(invitation, now=now) if invitation else ""
    valid_until = invitation.expires_at if invitation else None
    post(
        recipient,
        "invitation" if invitation else "appointment",
        "parties/letters/appointed.txt",
        {**context, "person": person, "link": link, "valid_until": valid_until},
        about,
        group=group,
    )


def link_of(invitation: Invitation, *, now: datetime) -> str:
    """A new link for an invitation; an older one no longer works. The only place where the token is known."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of(token), now + VALID
    invitation.save(update_fields=["token_hash", "expires_at"])
    with translation.override(language_of(invitation.language).django):
        return absolute(reverse("parties:invitation", args=[token]))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def invitation_of(token: str, *, now: datetime) -> Invitation | None:
    """The invitation that a token opens, while it is open."""
    rows = Invitation.objects.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=now)
    return rows.select_related("person").first()


def accept(invitation: Invitation, *, name: str, password: str, now: datetime) -> Account | None:
    """The account, made once; None where the invitation was used in between."""
    with transaction.atomic():
        mine = Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=now).update(
            used_at=now
        )
        taken = Q(person=invitation.person) | Q(email__iexact=invitation.email)
        if mine != 1 or Account.objects.filter(taken).exists():
            return None
        Person.objects.filter(pk=invitation.person_id).update(name=name)
        return Account.objects.create_user(
            invitation.email, password, person=invitation.person, language=invitation.language
        )
