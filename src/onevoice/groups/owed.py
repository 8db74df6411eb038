"""What an organisation owes here: to confirm what was entered for it, and to correct what it entered wrongly."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import link_to
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of
from onevoice.languages.bidi import shown

from . import visible, wording
from .acts.confirmations import ConfirmAppointment, ConfirmMembership, DisputeMembership
from .acts.corrections import CorrectMembership
from .models import EnteredMembership, Membership, OfficeKind
from .on_record import on_record
from .roles import SPEAKS
from .standing import in_force
from .steps import ADMINISTRATORS


@owes
def appointments_to_confirm(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query; for the focal point and the alternate of the organisation, until one of them has confirmed."""
    if actor.capacity not in ADMINISTRATORS or actor.organisation is None:
        return []
    current = in_force(visible.appointments(viewer).filter(organisation=actor.organisation), at=now)
    rows = visible.entered(viewer).filter(
        appointment__in=current, appointment__group=actor.group, confirmation=None
    )
    return [
        Owed(
            kind=wording.to_confirm,
            title=entered.title,
            address=link_to(ConfirmAppointment, entered).address,
            label=ConfirmAppointment.label,
            deadline=None,
            zone=entered.group.zone,
            subject=key_of(entered),
        )
        for entered in rows
    ]


SERVING = frozenset({OfficeKind.COORDINATOR, OfficeKind.SECRETARIAT})


@owes
def memberships_to_confirm(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """Two queries at most. For who speaks for the organisation, until it has said something of what stands now."""
    if actor.capacity not in SPEAKS or actor.organisation is None:
        return []
    rows = visible.entered_memberships(viewer).filter(
        organisation=actor.organisation, body__group=actor.group
    )
    unsaid = rows.filter(stands__isnull=False).filter(Q(about__isnull=True) | ~Q(about=F("stands")))
    return [_to_say(entered) for entered in unsaid]


def _to_say(entered: EnteredMembership) -> Owed:
    return Owed(
        kind=wording.membership_to_confirm,
        title=entered.title,
        address=link_to(ConfirmMembership, entered).address,
        label=ConfirmMembership.label,
        deadline=None,
        zone=entered.group.zone,
        subject=key_of(entered),
        otherwise=(link_to(DisputeMembership, entered),),
    )


@owes
def memberships_to_correct(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """Three queries at most. For the secretariat of the body, until the membership is corrected, ended or confirmed."""
    bodies = [body for body, held in actor.offices.items() if held & SERVING]
    if actor.capacity not in SPEAKS or not bodies:
        return []
    rows = visible.entered_memberships(viewer).filter(body__in=bodies, right=False, about=F("stands"))
    wrong = {entered.about: entered for entered in rows}
    seats = Membership.objects.filter(pk__in=wrong).select_related("body__group") if wrong else []
    return [
        Owed(
            kind=str(wording.membership_to_correct).format(why=shown(wrong[seat.pk].why)),
            title=wrong[seat.pk].title,
            address=link_to(CorrectMembership, on_record(seat)).address,
            label=CorrectMembership.label,
            deadline=None,
            zone=seat.body.group.zone,
            subject=key_of(wrong[seat.pk]),
        )
        for seat in seats
    ]
