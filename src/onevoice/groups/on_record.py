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


class MembershipOnRecord(Membership):
    """A membership as the record of a group has it."""

    under: ClassVar[str] = "body"
    objects = Added.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "objects"

    @property
    def group(self) -> Group:
        return self.body.group

    @property
    def title(self) -> dict[str, str]:
        return _said(wording.seat_title, organisation=wording.full(self.organisation), body=_name(self.body))

    def get_absolute_url(self) -> str:
        return reverse("groups:member", args=[self.group.slug, self.organisation.slug])


class OfficeOnRecord(OfficeHolding):
    """An office held as the record of a group has it."""

    under: ClassVar[str] = "office__body"
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

    @property
    def group(self) -> Group:
        return self.office.body.group

    @property
    def title(self) -> dict[str, str]:
        office = wording.OFFICES[self.office.kind]
        return _said(wording.office_title, organisation=wording.full(self.organisation), office=office)

    def get_absolute_url(self) -> str:
        return reverse("groups:member", args=[self.group.slug, self.organisation.slug])


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


def _said(sentence: Any, **words: Any) -> dict[str, str]:
    return {active_language().code: str(sentence).format(**words)}


def _name(body: Body) -> str:
    return plain(body.names, active_language().code)
