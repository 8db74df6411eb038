"""What an organisation owes here: to confirm the appointments that were entered for it."""

from __future__ import annotations

from datetime import datetime

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import link_to
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of

from . import visible, wording
from .acts.confirmations import ConfirmAppointment
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
