"""Closing an account: what must be done first, what goes, what stays without the name.

1. The rooms above say what a person still holds; whoever is an organisation's only way to act is told what to do
   first, and nothing changes.
2. Appointments are not ended here. Those who can end them or name a successor are told, without the name.
3. What signs in goes: password, second factors, sessions, addresses, invitations, and the letters written to them.
4. The name goes: from the person's row, from every act that showed it, and from the record, whose commitments stay
   and can no longer be opened. The log is not touched and verifies as before.
5. Each group's record gets an entry that says so, whose commitment is to the neutral name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import override

from onevoice.enact.models import Visit
from onevoice.look.former import SOMEBODY_WHO_LEFT
from onevoice.notices.models import Letter
from onevoice.parties.models import Account, FactorLost, Invitation, Person

from .posts import Post
from .second_factor import end_sessions

FREE_WORDS = (
    "message",
    "why",
    "title",
    "honorific",
    "note",
)  # what an act says about a person in its own words


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment that goes on: what must be done first (and where), else who goes on with it."""

    post: Post
    first: str | Promise = ""
    where: str = ""
    then: str | Promise = ""


Holds = Callable[[Person, datetime], list[Held]]
Told = Callable[[Person, datetime], None]
_holds: list[Holds] = []
_tells: list[Told] = []
_records: list[Told] = []


def says_what_is_held(function: Holds) -> Holds:
    """Register the one function that says which appointments a person still holds."""
    _holds[:] = [function]
    return function


def tells_who_goes_on(function: Told) -> Told:
    """Register the one function that tells those who go on with what a person held."""
    _tells[:] = [function]
    return function


def records_leaving(function: Told) -> Told:
    """Register the one function that puts on each group's record that a person has left."""
    _records[:] = [function]
    return function


def held_by(person: Person, *, now: datetime) -> list[Held]:
    return [one for find in _holds for one in find(person, now)]


def close(account: Account, *, now: datetime) -> list[Held]:
    """Close the account and forget the person; or what must be done first, and nothing has changed."""
    with transaction.atomic():
        account = Account.objects.select_for_update().select_related("person").get(pk=account.pk)
        first = [one for one in held_by(account.person, now=now) if one.first]
        if not first:
            forget(account.person, now=now)
        return first


def forget(person: Person, *, now: datetime) -> None:
    """Steps 2 to 5, in the caller's transaction."""
    for tell in _tells:
        tell(person, now)
    account = Account.objects.filter(person=person).first()
    _credentials(person, account)
    _name(person, now)
    for record in _records:
        record(person, now)


def _credentials(person: Person, account: Account | None) -> None:
    addresses = set(person.invitations.values_list("email", flat=True))
    Letter.objects.filter(person=person.pk).delete()
    Visit.objects.filter(person=person.pk).delete()
    Invitation.objects.filter(person=person).delete()
    if account is not None:
        addresses |= {account.email, *account.address_changes.values_list("former", flat=True)}
        end_sessions(account)
        FactorLost.objects.filter(account=account).delete()
        account.delete()
    Letter.objects.filter(address__in=addresses).delete()


def neutral(person: Person) -> str:
    """What the person is called in addresses and keys from now on."""
    return f"left-{person.pk}"


def _name(person: Person, now: datetime) -> None:
    given = {
        "slug": person.slug,
        "by": f"person:{person.slug} for ",
        "words": list(FREE_WORDS),
        "name": _whole(person),
    }
    Person.objects.filter(pk=person.pk).update(left_at=now)
    with connection.cursor() as cursor:
        cursor.execute("select parties_forget(%s, %s)", [person.pk, neutral(person)])
        cursor.execute(OPENINGS, given)
    with override("en"):  # a record file names everybody; pages say it in the reader's language
        Person.objects.filter(pk=person.pk).update(slug=neutral(person), name=str(SOMEBODY_WHO_LEFT))
    person.refresh_from_db()


def _whole(person: Person) -> str:
    """A pattern of PostgreSQL for the name as whole words."""
    return r"\m" + re.sub(r"([^\w\s])", r"\\\1", person.name) + r"\M"


# What opens a commitment to the person's key, and words about the person: those that name the person, and all that
# was said in an act that is about the person.
OPENINGS = """
with about as (select entry_id from record_opening where name not in ('by', 'leaf') and value = to_jsonb(%(slug)s::text))
delete from record_opening where
  (name <> 'leaf' and value = to_jsonb(%(slug)s::text))
  or (name = 'by' and starts_with(value #>> '{}', %(by)s))
  or (name = any(%(words)s) and (entry_id in (select entry_id from about) or value::text ~* %(name)s))
"""  # noqa: E501
