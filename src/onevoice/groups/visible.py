"""What of groups anybody may see. Groups, bodies, membership and offices are public; persons at work are not."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from onevoice.claims.models import Basis
from onevoice.enact.actor import Viewer
from onevoice.parties.models import Organisation, State, Succession

from .models import (
    Appointment,
    Body,
    EnteredAppointment,
    EnteredMembership,
    Group,
    Membership,
    MembershipAnswer,
    PublishedCount,
)
from .on_record import AppointmentOnRecord, MembershipOnRecord, OfficeOnRecord


def groups(viewer: Viewer) -> QuerySet[Group]:
    """Every group has a public face."""
    return Group.objects.all()


def bodies(viewer: Viewer) -> QuerySet[Body]:
    return Body.objects.select_related("group", "parent")


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    return Organisation.objects.prefetch_related("names")


def states(viewer: Viewer) -> QuerySet[State]:
    return State.objects.all()


def appointments(viewer: Viewer) -> QuerySet[Appointment]:
    """Officials named by a public source are public; who acts in a group is for that group."""
    rows = Appointment.objects.select_related("person", "organisation", "group", "state")
    return rows.filter(Q(group__isnull=True) | Q(group__in=viewer.groups))


def entered(viewer: Viewer) -> QuerySet[EnteredAppointment]:
    """What was entered for others, confirmed or not; for that group."""
    rows = EnteredAppointment.objects.filter(appointment__group__in=viewer.groups)
    return rows.select_related(
        "appointment__group", "appointment__person", "appointment__organisation", "confirmation"
    )


def entered_memberships(viewer: Viewer) -> QuerySet[EnteredMembership]:
    """Memberships that were entered for others; for that group.

    `stands` is the membership that stands there now or is to come, with its `kind` and `since`; `right`, `about`
    and `why` are what the organisation said last, and of which membership. Nothing where there is none.
    """
    there = Membership.objects.filter(
        body=OuterRef("body"), organisation=OuterRef("organisation"), standing=True, basis=Basis.STATED
    )
    there = there.filter(Q(period__upper_inf=True) | Q(period__endswith__gt=viewer.now or Now()))
    said = MembershipAnswer.objects.filter(entered=OuterRef("pk")).order_by("-pk")
    rows = EnteredMembership.objects.filter(body__group__in=viewer.groups).annotate(
        stands=Subquery(there.order_by("-pk").values("pk")[:1]),
        kind=Subquery(there.order_by("-pk").values("kind")[:1]),
        since=Subquery(there.order_by("-pk").values("since_written")[:1]),
        right=Subquery(said.values("right")[:1]),
        about=Subquery(said.values("membership")[:1]),
        why=Subquery(said.values("why")[:1]),
    )
    return rows.select_related("body__group", "organisation").prefetch_related("organisation__names")


def memberships(viewer: Viewer) -> QuerySet[MembershipOnRecord]:
    """Who sits where, what was believed before included: public, as membership is."""
    rows = MembershipOnRecord.objects.select_related("body__group", "organisation")
    return rows.prefetch_related("organisation__names")


def offices(viewer: Viewer) -> QuerySet[OfficeOnRecord]:
    """Who holds or held which office, what was believed before included."""
    rows = OfficeOnRecord.objects.select_related("office__body__group", "organisation")
    return rows.prefetch_related("organisation__names")


def appointments_on_record(viewer: Viewer) -> QuerySet[AppointmentOnRecord]:
    """Who acts or acted for an organisation in a group, what was believed before included; for that group."""
    rows = AppointmentOnRecord.objects.filter(group__in=viewer.groups, organisation__isnull=False)
    return rows.select_related("person", "organisation", "group").prefetch_related("organisation__names")


def counts(viewer: Viewer) -> QuerySet[PublishedCount]:
    """What sources counted, as it is known now."""
    return counts_ever(viewer).filter(standing=True)


def counts_ever(viewer: Viewer) -> QuerySet[PublishedCount]:
    """The same, what was believed before included."""
    return PublishedCount.objects.select_related("group")


def successions(viewer: Viewer) -> QuerySet[Succession]:
    """Which organisation became part of which, as it is known now."""
    return successions_ever(viewer).filter(standing=True)


def successions_ever(viewer: Viewer) -> QuerySet[Succession]:
    """The same, what was believed before included."""
    rows = Succession.objects.select_related("predecessor", "successor")
    return rows.prefetch_related("predecessor__names", "successor__names")
