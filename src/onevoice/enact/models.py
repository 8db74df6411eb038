"""What was performed: one row an act, the receipt's own memory."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from onevoice.record.models import Entry


class Performed(models.Model):
    """One act as it was performed. `once` is the form's one-time number: a second sending finds this row."""

    key = models.CharField(max_length=32, unique=True)
    once = models.CharField(max_length=64, unique=True)
    act = models.CharField(max_length=100)
    group = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    result = models.CharField(max_length=200)
    # Keys of what the subject stands under: their forms must not be sent as if nothing had happened.
    under = ArrayField(models.CharField(max_length=200), default=list, db_default=[])
    person = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    by = models.JSONField(default=dict)  # names as they were shown: person, organisation, capacity
    facts = models.JSONField(default=dict)
    changed = models.JSONField(
        null=True
    )  # by field: the words before and after; changes.py says which are kept
    inputs_seal = models.CharField(
        max_length=64, default="", db_default=""
    )  # shows that the same was sent again
    received_at = models.DateTimeField()
    performed_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="performed")

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"]),
            models.Index(fields=["group", "-id"]),
            GinIndex(fields=["under"], fastupdate=False, name="performed_under"),
            models.Index(
                fields=["organisation", "-id"],
                condition=Q(organisation__isnull=False),
                name="by_organisation",
            ),
        ]


class Visit(models.Model):
    """When a person was last at a group's desk, and the time before: a machine's note, no act."""

    person = models.BigIntegerField()
    group = models.BigIntegerField()
    here_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "group"], name="one_visit")]


class MailedLink(models.Model):
    """A link that one letter carries: one act of one person on one subject. Its number opens nothing without the seal.

    Never changed: it is used when an act was performed under its one-time number, and ends with the appointment.
    """

    number = models.CharField(max_length=22, unique=True)
    act = models.CharField(max_length=100)
    group = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    person = models.BigIntegerField()
    appointment = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} on {self.subject}"

    @property
    def once(self) -> str:
        """The one-time number under which its act is performed."""
        return f"link {self.number}"


INSERT_ONLY = (Performed, MailedLink)
