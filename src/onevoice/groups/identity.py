"""Makes a signed-in person's viewer and actors from the appointments in force: three queries, four with names."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.http import HttpRequest

from onevoice.enact.actor import Actor, Identity, Viewer, identifies
from onevoice.parties.accounts import second_factor

from .models import Appointment, Capacity
from .standing import appointments_of, rights

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
