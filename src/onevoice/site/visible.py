"""What of the record and of claims these pages may show: the log is public, what stands sealed in it is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from onevoice.claims import visible as claims
from onevoice.claims.models import Claim
from onevoice.decisions import visible as decisions
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.models import Group, Membership, OfficeHolding
from onevoice.mandates import visible as mandates
from onevoice.meetings import visible as meetings
from onevoice.outputs import visible as outputs
from onevoice.parties.models import Organisation
from onevoice.record import stored
from onevoice.record.models import Checkpoint, LogKey, Placement


def head(group: Group) -> Checkpoint | None:
    """The newest signed head of a group's log."""
    return stored.head(group.slug)


def key(group: Group) -> LogKey | None:
    """The key that signs the log now, with the log's origin."""
    return LogKey.objects.filter(group=group.slug).order_by("number").last()


def placements(viewer: Viewer, group: Group) -> QuerySet[Placement]:
    """The entries of a group's log in their places. Whoever reads, a sealed entry's act and subject stay unsaid."""
    rows = Placement.objects.filter(group=group.slug).select_related("entry__performed")
    return rows.annotate(zone=Value(group.zone))


def places(viewer: Viewer, groups: Iterable[Group]) -> QuerySet[Placement]:
    """The places of the logs of several groups, log by log; a sealed entry's page too is there for everybody."""
    return Placement.objects.filter(group__in=[group.slug for group in groups]).order_by("group", "index")


def organisations(viewer: Viewer, group: Group) -> QuerySet[Organisation]:
    """Every organisation that the record of a group names: members, office holders, participants, contributors."""
    named = (
        Q(memberships__body__group=group, memberships__standing=True)
        | Q(holdings__office__body__group=group, holdings__standing=True)
        | Q(participations__meeting__in=meetings.meetings(viewer).filter(group=group))
        | Q(outputs__in=outputs.outputs(viewer).filter(group=group))
    )
    found = Organisation.objects.filter(named).values("pk")
    return groups.organisations(viewer).filter(pk__in=found)


def memberships(viewer: Viewer, group: Group) -> QuerySet[Membership]:
    return Membership.objects.filter(body__group=group, standing=True)


def holdings(viewer: Viewer, group: Group) -> QuerySet[OfficeHolding]:
    return OfficeHolding.objects.filter(office__body__group=group, standing=True)


def claims_in(viewer: Viewer, group: Group) -> QuerySet[Claim]:
    """The claims about a group and everything in it that a viewer may see; one query."""
    by_slug = (groups.bodies, mandates.instruments, meetings.meetings, decisions.decisions, outputs.outputs)
    keys = [_named(rows(viewer).filter(group=group), f"{group.slug}/", "slug") for rows in by_slug]
    keys.append(_named(organisations(viewer, group), "", "slug"))
    keys.append(_named(groups.counts(viewer).filter(group=group), f"{group.slug}/", "pk"))
    officials = groups.appointments(viewer).filter(group=None)
    speakers = meetings.participations(viewer).filter(meeting__group=group).values("appointment")
    by_number = (memberships(viewer, group), holdings(viewer, group), officials.filter(pk__in=speakers))
    keys += [_named(rows, "", "pk") for rows in by_number]
    among = Q(about=key_of(group))
    for each in keys:
        among |= Q(about__in=each)
    return claims.claims(viewer).filter(among)


def _named(rows: QuerySet[Any], before: str, by: str) -> QuerySet[Any]:
    """The subject keys of rows, as `key_of` makes them, in the database."""
    label = Value(f"{rows.model._meta.label_lower}:{before}")
    key = Concat(label, Cast(by, TextField()), output_field=TextField())
    return rows.select_related(None).prefetch_related(None).order_by().values_list(key)


def loaded(viewer: Viewer, group: Group) -> dict[str, int]:
    """How many rows of each kind the record of a group holds, as far as the viewer may see them."""
    return {
        "members": memberships(viewer, group).values("organisation").distinct().count(),
        "offices": holdings(viewer, group).count(),
        "mandates": mandates.mandates(viewer).filter(group=group).count(),
        "events": meetings.meetings(viewer).filter(group=group).count(),
        "decisions": decisions.decisions(viewer).filter(group=group).count(),
        "outputs": outputs.outputs(viewer).filter(group=group).count(),
    }
