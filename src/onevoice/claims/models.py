"""Sources, claims, dated facts and their supersession."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Source(models.Model):
    """A page or document that states something; known by its address."""

    address = models.URLField(max_length=1000, unique=True)
    title = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title or self.address


class Confidence(models.TextChoices):
    """How far the cited page was read (the words of the record's own file)."""

    FULL = "full", "the page states it"
    OPENING = "opening", "only the opening of the page was read"
    SECONDARY = "secondary", "reported by another"
    SYMBOL = "symbol", "known by symbol or title only"
    UNSTATED = "unstated", "how far the page was read is not said"
    MADE = "made", "made here, by an act"


class Claim(models.Model):
    """Somebody says something about a point of a subject. `says` is null where the claim is just the fact shown.

    `about` is a subject key; `point` names what is claimed of it ("date", "size in 2019"), empty for the whole.
    Of the claims on one point that say different things, one is preferred; the others stay one click away.
    """

    about = models.CharField(max_length=200)
    point = models.CharField(max_length=100, blank=True)
    says = models.JSONField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="claims")
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    note = models.JSONField(default=dict, blank=True)
    preferred = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    standing = models.BooleanField(default=True, editable=False)
    claimed_at = models.DateTimeField(db_default=Now(), editable=False)
    claimed_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["about", "order", "pk"]
        indexes: ClassVar = [models.Index(fields=["about", "point"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about", "point"],
                condition=Q(preferred=True, standing=True, says__isnull=False),
                name="one_preferred_claim_a_point",
            )
        ]


class Basis(models.TextChoices):
    """Whether a source gives a period, or only shows the fact at a point in time."""

    STATED = "stated", "the source gives the period"
    ATTESTED = "attested", "the source shows it at that time only"


class Fact(models.Model):
    """What somebody said, and whether it still stands. Rows are added, never changed."""

    standing = models.BooleanField(default=True, editable=False)
    claimed_at = models.DateTimeField(db_default=Now(), editable=False)
    claimed_by = models.CharField(max_length=200)

    class Meta:
        abstract = True


class DatedFact(Fact):
    """A fact that held over a period. Rows are added, never changed: the application may only insert.

    `period` is half-open, in UTC instants, and spans all that the dates as written allow: since "2006-09"
    begins with September in the seat's zone. `since_written` and `until_written` keep what the source says;
    empty means not known (an open end). `record_id` is its id in record files (operations.exchange), kept by
    what supersedes it; empty for a fact that an act made.
    """

    record_id = models.CharField(max_length=120, blank=True)
    period = DateTimeRangeField()
    since_written = models.CharField(max_length=10, blank=True)
    until_written = models.CharField(max_length=10, blank=True)
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.STATED)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class Reason(StrEnum):
    """Why a fact no longer stands, where the act itself says it and no person did; the words are in wording.py."""

    HANDED_OVER = "handed_over"
    ENDED = "ended"
    RENAMED = "renamed"


class Supersession(models.Model):
    """A fact no longer stands: who said so, when, why, and what stands in its place.

    `why` is in words of a person, or empty where `kind`, a Reason, says it.

    Inserting this row is the only way to take a fact from standing; the database does it (a trigger).
    """

    fact_table = models.CharField(max_length=63)
    fact_id = models.BigIntegerField()
    by_fact_id = models.BigIntegerField(null=True, blank=True)
    why = models.TextField()
    kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact_table", "fact_id"], name="superseded_once")
        ]
        indexes: ClassVar = [models.Index(fields=["fact_table", "by_fact_id"], name="supersedes")]


INSERT_ONLY = (Claim, Supersession)
