"""An organisation confirms what was entered for it: appointments; memberships, of which it may say that they are wrong.

A membership stands as it was entered, whatever is said of it, until the secretariat corrects it; the corrected one is
asked about anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.inputs import LongText
from onevoice.groups import letters, visible, wording
from onevoice.groups.models import (
    Confirmation,
    EnteredAppointment,
    EnteredMembership,
    Membership,
    MembershipAnswer,
)
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


def as_it_stands(entered: EnteredMembership, *, now: datetime) -> EnteredMembership:
    """The same with the membership that stands now and what was said of it last; a locked row has only its own."""
    viewer = Viewer(groups=frozenset({entered.body.group_id}), now=now)
    return visible.entered_memberships(viewer).get(pk=entered.pk)


class _OfMembership:
    """What an organisation says of a membership that was entered for it."""

    on, by = visible.entered_memberships, (ORGANISATION,)
    actor: Actor
    received_at: datetime

    @classmethod
    def may(cls, actor: Actor, subject: EnteredMembership, *, now: datetime) -> Refusal | None:
        if subject.organisation_id != actor.organisation:
            return wording.membership_not_yours
        found = as_it_stands(subject, now=now)
        if found.stands is None:
            return wording.membership_over
        return cls.said_already(found) if found.about == found.stands else None

    @classmethod
    def said_already(cls, found: EnteredMembership) -> Refusal | None:
        raise NotImplementedError

    def said(self, subject: EnteredMembership, *, right: bool, why: str = "") -> Facts:
        stands = as_it_stands(subject, now=self.received_at).stands
        seat = Membership.objects.get(pk=stands)
        MembershipAnswer.objects.create(
            entered=subject,
            membership=seat,
            right=right,
            why=why,
            person_id=self.actor.person,
            at=self.received_at,
        )
        says = {"organisation": subject.organisation.slug, "body": subject.body.slug, "kind": seat.kind}
        personal = {} if right else {"why": why}
        return facts(subject, public=right, personal=personal, since=seat.since_written, **says)


class ConfirmMembership(_OfMembership, Act):
    """Say that a membership which was entered for one's own organisation is right."""

    label = _("Confirm the membership")
    lede = _(
        "It was entered as the body decided it, and it stands. If the body, the date or the kind is wrong, say so "
        "instead, and the secretariat corrects it."
    )
    done = _("The membership is confirmed.")

    @classmethod
    def said_already(cls, found: EnteredMembership) -> Refusal | None:
        return wording.membership_confirmed if found.right else None

    def happen(self, subject: Any) -> Facts:
        return self.said(subject, right=True)


class DisputeMembership(_OfMembership, Act):
    """Say what is wrong with a membership that was entered for one's own organisation."""

    label = _("Say that the membership is wrong")
    lede = _(
        "The membership stands as it was entered until the secretariat corrects it. It finds what you write on its "
        "desk, and you confirm what it corrects."
    )
    done = _(
        "The secretariat is told what is wrong. The membership stands as it was entered until it is corrected."
    )
    grave, tells = True, (letters.disputed,)
    why = LongText(_("What is wrong, and how it should be"), limit=2000)

    @classmethod
    def said_already(cls, found: EnteredMembership) -> Refusal | None:
        return None if found.right else wording.membership_disputed

    def happen(self, subject: Any) -> Facts:
        return self.said(subject, right=False, why=self.inputs["why"])
