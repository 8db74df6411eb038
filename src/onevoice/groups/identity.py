"""Makes a signed-in person's viewer and actors from the appointments in force: three queries, four with names."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from onevoice.enact.actor import Actor, Identity, Viewer, identifies, identifies_persons, tells_actors
from onevoice.parties.accounts import second_factor
from onevoice.parties.models import OrganisationName

from .models import Appointment, Capacity, OfficeHolding
from .standing import appointments_of, in_force, rights

RANK = {capacity: rank for rank, capacity in enumerate(Capacity.values)}


@identifies
def identify(request: HttpRequest, now: datetime) -> Identity:
    """Rights end with the appointment: they are read anew for each request.

    Whose organisation holds an office acts there only with a second factor; without it those actors are left out,
    and `request.second_factor_missing` names their groups.
    """
    identity = identity_of_person(request.user.person_id, now=now)
    if second_factor.given(request):
        return identity
    holding = frozenset(actor.group_key for actor in identity.actors if actor.offices)
    request.second_factor_missing = holding  # type: ignore[attr-defined]
    return Identity(identity.viewer, tuple(actor for actor in identity.actors if not actor.offices))


@identifies_persons
def identity_of_person(person: int, *, now: datetime) -> Identity:
    appointments = sorted(appointments_of(person, at=now), key=lambda a: RANK[a.capacity])
    groups = {a.group_id for a in appointments}
    organisations = {a.organisation_id for a in appointments if a.organisation_id}
    offices: dict[tuple[int, int], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    bodies: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    whole: dict[tuple[int, int], set[str]] = defaultdict(set)
    holdings, seats = rights(groups, organisations, at=now)
    for holding in holdings:
        where = (holding.office.body.group_id, holding.organisation_id)
        for body in holding.serves:
            offices[where][body].add(holding.office.kind)
        if holding.office.body.parent_id is None:
            whole[where].add(holding.office.kind)
    for seat in seats:
        bodies[seat.body.group_id, seat.organisation_id][seat.body_id] = seat.kind
    actors = tuple(_actor(a, offices, whole, bodies) for a in appointments)
    seats = frozenset((a.group.slug, a.organisation_id) for a in appointments if a.organisation_id)
    return Identity(Viewer(person, frozenset(groups), frozenset(organisations), seats, now), actors)


def _actor(appointment: Appointment, offices: dict, whole: dict, bodies: dict) -> Actor:
    organisation = appointment.organisation
    where = (appointment.group_id, appointment.organisation_id)
    return Actor(
        group=appointment.group_id,
        group_key=appointment.group.slug,
        person=appointment.person_id,
        person_key=appointment.person.slug,
        person_name=appointment.person.name,
        organisation=appointment.organisation_id,
        organisation_key=organisation.slug if organisation else "",
        organisation_words=organisation.acronym() if organisation else {},
        capacity=appointment.capacity,
        appointment=appointment.pk,
        group_offices=frozenset(whole[where]),
        offices={body: frozenset(kinds) for body, kinds in offices[where].items()},
        bodies=bodies[where],
    )


@tells_actors
def named(request: HttpRequest, now: datetime) -> tuple[Actor, ...]:
    """The same people as `identify` finds, with their organisations' names alone; one query."""
    names = OrganisationName.objects.filter(organisation=OuterRef("organisation"), standing=True)
    names = names.order_by("period__lower_inf", "-pk")  # as Organisation.name chooses
    holding = in_force(OfficeHolding.objects.all(), at=now).filter(
        organisation=OuterRef("organisation"), office__body__group=OuterRef("group")
    )
    rows = appointments_of(request.user.person_id, at=now).prefetch_related(None).select_related("group")
    rows = rows.annotate(
        called=Subquery(names.values_list(JSONObject(acronyms="acronyms", names="names"))[:1]),
        in_office=Exists(holding),
    )
    among = sorted(rows, key=lambda a: RANK[a.capacity])
    if not second_factor.given(request):
        among = [row for row in among if not row.in_office]
    return tuple(_named(row) for row in among)


def _named(row: Appointment) -> Actor:
    called = row.called or {}
    return Actor(
        group=row.group_id,
        group_key=row.group.slug,
        organisation=row.organisation_id,
        organisation_words=called.get("acronyms") or called.get("names") or {},
        capacity=row.capacity,
        appointment=row.pk,
    )
