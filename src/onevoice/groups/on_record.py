"""Memberships, offices and appointments as acts correct them: each a subject, under its body or group.

The application may only add facts, so it cannot lock one: in its place the door locks what the fact stands under.
The same rows as in `models.py`; no table of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from onevoice.languages.web import active_language
from onevoice.languages.words import plain

from . import wording
from .models import Appointment, Body, Group, Membership, OfficeHolding


class Added(models.QuerySet[Any]):
    """Rows that may only be added."""

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = (), no_key: bool = False
    ) -> Any:
        under = self.model.under
        return (
            super().select_for_update(nowait, skip_locked, of=(under,), no_key=no_key).select_related(under)
        )


class OfAnOrganisation(models.Model):
    """What an organisation has in a body: whose it is, in words, and on which page it stands."""

    said: ClassVar[Any]  # the sentence that names it

    class Meta:
        abstract = True

    @property
    def group(self) -> Group:
        return self.body.group  # type: ignore[attr-defined, no-any-return]

    @property
    def title(self) -> dict[str, str]:
        organisation = wording.full(self.organisation)  # type: ignore[attr-defined]
        return {active_language().code: str(self.said).format(organisation=organisation, **self.words())}

    def words(self) -> dict[str, Any]:
        """What the sentence names beside the organisation."""
        raise NotImplementedError

    def get_absolute_url(self) -> str:
        return reverse("groups:member", args=[self.group.slug, self.organisation.slug])  # type: ignore[attr-defined]


class MembershipOnRecord(OfAnOrganisation, Membership):
    """A membership as the record of a group has it."""

    under: ClassVar[str] = "body"
    said: ClassVar[Any] = wording.seat_title
    objects = Added.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"

    def words(self) -> dict[str, Any]:
        return {"body": plain(self.body.names, active_language().code)}


class OfficeOnRecord(OfAnOrganisation, OfficeHolding):
    """An office held as the record of a group has it."""

    under: ClassVar[str] = "office__body"
    said: ClassVar[Any] = wording.office_title
    objects = Added.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"

    @property
    def body(self) -> Body:
        return self.office.body

    @property
    def body_id(self) -> int:
        return self.office.body_id

    def words(self) -> dict[str, Any]:
        return {"office": wording.OFFICES[self.office.kind]}


class AppointmentOnRecord(Appointment):
    """An appointment in a group as its record has it."""

    under: ClassVar[str] = "person"
    objects = Added.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"

    def acts_as(self) -> str:
        return str(wording.CAPACITIES[self.capacity])

    def get_absolute_url(self) -> str:
        return reverse("groups:house", args=[self.group.slug])

    def __str__(self) -> str:
        whose = wording.short(self.organisation)
        return str(wording.appointment_title).format(
            person=self.person.called, capacity=self.acts_as(), organisation=whose
        )


def on_record[F: (Membership, OfficeHolding, Appointment)](fact: F) -> Any:
    """A fact that was read already, as a subject of acts."""
    kinds: dict[type, Any] = {
        Membership: MembershipOnRecord,
        OfficeHolding: OfficeOnRecord,
        Appointment: AppointmentOnRecord,
    }
    same = kinds[type(fact)]()
    same.__dict__.update(fact.__dict__)
    return same
