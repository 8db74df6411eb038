"""What a person who leaves still holds in groups, who is told, and what the record says of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.notices.outbox import post_many
from onevoice.parties.accounts import leaving
from onevoice.parties.accounts.invitations import recipients_of
from onevoice.parties.accounts.leaving import Held
from onevoice.parties.models import Account, Person
from onevoice.record.append import append

from . import wording
from .models import Appointment, Capacity, Group, OfficeHolding, OfficeKind
from .posts import posts
from .standing import acting_for, appointments_of, in_force
from .steps import ADMINISTRATORS

hand_over_first = _("You are its focal point. Hand the focal point over to your successor first.")
only_administrator = _(
    "Nobody else acts for it with an account. Ask the secretariat to enter its focal point first, or have the one who "
    "was invited make the account."
)
secretariat_enters = _("The secretariat enters who heads it next, and is told.")
focal_point_goes_on = _("Its focal point is told, and ends your appointment or names somebody else.")


@leaving.says_what_is_held
def held(person: Person, now: datetime) -> list[Held]:
    """Each appointment in force: a focal point is handed over first, and no organisation is left without anybody."""
    rows = {row.pk: row for row in appointments_of(person.pk, at=now)}
    return [_held(post, rows[post.appointment], now) for post in posts([person.pk], now)]


def _held(post: leaving.Post, row: Appointment, now: datetime) -> Held:
    if row.capacity == Capacity.FOCAL_POINT:
        return Held(post, hand_over_first, f"/{row.group.slug}/do/hand-over-focal-point/{row.group_id}")
    if row.capacity in ADMINISTRATORS and not _others(row, now):
        return Held(post, only_administrator, reverse("groups:house", args=[row.group.slug]))
    if row.capacity == Capacity.PRINCIPAL:
        return Held(post, then=secretariat_enters)
    return Held(post, then=focal_point_goes_on)


def _others(row: Appointment, now: datetime) -> list[int]:
    """Who else acts for the organisation there and has an account."""
    persons = acting_for([row.organisation_id], row.group_id, at=now)
    accounts = Account.objects.filter(person__in=persons, is_active=True).exclude(person=row.person_id)
    return list(accounts.values_list("person", flat=True))


@leaving.tells_who_goes_on
def tell(person: Person, now: datetime) -> None:
    """Those who go on learn of it by letter, without the name; of a principal the secretariat too."""
    for row in appointments_of(person.pk, at=now).filter(organisation__isnull=False):
        whom = _others(row, now)
        if row.capacity == Capacity.PRINCIPAL or not whom:
            whom = [*whom, *acting_for(_secretariat(row.group, now), row.group_id, at=now)]
        post_many(
            recipients_of(one for one in whom if one != person.pk),
            "appointment",
            "parties/letters/left.txt",
            {"organisation": row.organisation, "capacity": wording.CAPACITIES[Capacity(row.capacity)]},
            key_of(row.group),
            group=row.group,
        )


def _secretariat(group: Group, now: datetime) -> Iterable[int]:
    serving = (OfficeKind.COORDINATOR, OfficeKind.SECRETARIAT)
    rows = OfficeHolding.objects.filter(office__body__group=group, office__kind__in=serving)
    return in_force(rows, at=now).values_list("organisation", flat=True)


@leaving.records_leaving
def record(person: Person, now: datetime) -> None:
    """An entry in each group in which the person acted or had an appointment."""
    acted = Performed.objects.filter(person=person.pk).values("group")
    for group in Group.objects.filter(Q(slug__in=acted) | Q(appointments__person=person)).distinct():
        subject = key_of(group)
        entry = append(
            group=group.slug, act="parties.leave", subject=subject, by=f"person:{person.slug}", for_="",
            received_at=now, effective_at=now, facts={}, public=True,
        )  # fmt: skip
        Performed.objects.create(
            key=uuid4().hex, once=uuid4().hex, act="parties.leave", group=group.slug, subject=subject, result=subject,
            by={"person": "", "organisation": {}, "capacity": ""}, facts={}, received_at=now,
            performed_at=database_clock(), entry=entry,
        )  # fmt: skip
