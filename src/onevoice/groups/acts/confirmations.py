"""An organisation confirms what the secretariat entered for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.groups import visible, wording
from onevoice.groups.models import Confirmation, EnteredAppointment
from onevoice.groups.roles import ORGANISATION
from onevoice.groups.standing import is_in_force


class ConfirmAppointment(Act):
    """Say that an appointment which the secretariat entered for one's own organisation is right."""

    on, by = visible.entered, (ORGANISATION,)
    label = _("Confirm the appointment")
    lede = _(
        "The secretariat entered it as your organisation announced it. If it is wrong, do not confirm it: end the "
        "appointment, hand the focal point over, or write to the secretariat."
    )
    done = _("The appointment is confirmed.")

    @classmethod
    def may(cls, actor: Actor, subject: EnteredAppointment, *, now: datetime) -> Refusal | None:
        if subject.appointment.organisation_id != actor.organisation:
            return wording.not_yours_to_confirm
        if getattr(subject, "confirmation", None) is not None:
            return wording.appointment_confirmed
        return None if is_in_force(subject.appointment, at=now) else wording.appointment_over

    def happen(self, subject: Any) -> Facts:
        Confirmation.objects.create(entered=subject, person_id=self.actor.person, at=self.received_at)
        row = subject.appointment
        personal = {"person": row.person.slug}
        return facts(subject, personal=personal, organisation=row.organisation.slug, capacity=row.capacity)
