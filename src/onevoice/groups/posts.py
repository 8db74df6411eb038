"""What persons act as in which groups: told to the pages of accounts, which stand below; four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from onevoice.parties.accounts.posts import Name, Post, finds_posts

from . import wording
from .models import Appointment, Capacity, OfficeKind
from .standing import in_force, rights


@finds_posts
def posts(persons: Iterable[int], now: datetime) -> list[Post]:
    rows = in_force(
        Appointment.objects.filter(person__in=persons, group__isnull=False, organisation__isnull=False),
        at=now,
    )
    held = list(rows.select_related("group", "organisation").prefetch_related("organisation__names"))
    offices: dict[tuple[int, int], list[Name]] = defaultdict(list)
    for holding in rights({a.group_id for a in held}, {a.organisation_id for a in held}, at=now)[0]:
        name = wording.OFFICES[OfficeKind(holding.office.kind)]
        offices[holding.office.body.group_id, holding.organisation_id].append(name)
    return [_post(a, tuple(dict.fromkeys(offices[a.group_id, a.organisation_id]))) for a in held]


def _post(row: Appointment, offices: tuple[Name, ...]) -> Post:
    return Post(
        row.pk,
        row.person_id,
        row.group_id,
        row.group.slug,
        row.group.acronym,
        row.organisation.acronym(),
        row.organisation.slug,
        wording.CAPACITIES[Capacity(row.capacity)],
        offices,
        row.group.zone,
    )
