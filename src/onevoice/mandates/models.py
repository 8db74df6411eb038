"""Instruments and paragraphs, and what became of what was once entered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from onevoice.groups.models import Group
from onevoice.languages.slugs import slug
from onevoice.parties.models import Organisation


class InstrumentKind(models.TextChoices):
    """A mandate itself, a draft that led to one, or a report asked for by one."""

    MANDATE = "mandate", "mandate"
    DRAFT = "draft", "draft"
    REPORT = "report", "report of the Secretary-General"


class Instrument(models.Model):
    """A resolution or decision (or its draft, or a report on it) that tasks or concerns the group.

    One entered by mistake no longer stands: its page says so, and the database keeps it with its withdrawal.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="instruments")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=InstrumentKind.choices, default=InstrumentKind.MANDATE)
    symbol = models.CharField(max_length=60, blank=True)
    organ = models.JSONField(default=dict)
    title = models.JSONField(default=dict, blank=True)
    when_written = models.CharField(max_length=10, blank=True)
    session = models.PositiveSmallIntegerField(null=True, blank=True)
    effect = models.JSONField(default=dict, blank=True)
    note = models.JSONField(default=dict, blank=True)
    web = models.URLField(max_length=500, blank=True)
    leads_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="came_from")
    responds_to = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="reports")
    answered_paragraphs = models.ManyToManyField(
        "Paragraph", blank=True, related_name="answering_instruments"
    )
    order = models.PositiveIntegerField(default=0)
    standing = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        ordering: ClassVar = ["group", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="instrument_slug_in_group")
        ]

    def __str__(self) -> str:
        return self.symbol or self.slug

    def get_absolute_url(self) -> str:
        return reverse("mandates:mandate", args=[self.group.slug, self.slug])


class Paragraph(models.Model):
    """A numbered paragraph of an instrument, addressable for ever.

    `anchor` is its permanent name within the instrument, kept when its number is corrected. The words stand here as
    they are now; a change of them without its `ParagraphCorrection`, in the same transaction, is refused by the
    database, and so is taking it from standing without its `ParagraphWithdrawal`.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="paragraphs")
    number = models.CharField(max_length=20)
    anchor = models.SlugField(max_length=60, default="", db_default="", db_index=False, editable=False)
    text = models.JSONField()
    order = models.PositiveIntegerField(default=0)
    standing = models.BooleanField(default=True, db_default=True, editable=False)
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    entered_by = models.CharField(max_length=200, default="", db_default="", editable=False)

    class Meta:
        ordering: ClassVar = ["instrument", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "number"], condition=Q(standing=True), name="paragraph_number_stands_once"
            ),
            models.UniqueConstraint(
                fields=["instrument", "anchor"], condition=Q(standing=True) & ~Q(anchor=""),
                name="paragraph_anchor_stands_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.anchor:
            there = Paragraph.objects.filter(instrument=self.instrument_id, standing=True)
            self.anchor = free_anchor(self.number, there.values_list("anchor", flat=True))
        super().save(*args, **kwargs)

    @property
    def group(self) -> Group:
        return self.instrument.group

    @property
    def group_id(self) -> int:
        return self.instrument.group_id

    @property
    def slug(self) -> str:
        """Its permanent name in the group: 'ga-72-195/p21'."""
        return f"{self.instrument.slug}/{self.anchor}"

    @property
    def title(self) -> dict[str, Any]:
        from .wording import paragraph_of

        return paragraph_of(self.instrument.symbol, self.number)

    def get_absolute_url(self) -> str:
        return f"{self.instrument.get_absolute_url()}#{self.anchor}"


def free_anchor(number: str, taken: Iterable[str]) -> str:
    """The permanent name of a paragraph within its instrument: 'p4', 'p12-bis'; 'p4-2' where 'p4' is another's."""
    wanted, count, taken = f"p{slug(number, 'x', 40)}", 2, set(taken)
    found = wanted
    while found in taken:
        found, count = f"{wanted}-{count}", count + 1
    return found


class Trace(models.Model):
    """Who said so, when and why; `by` is the actor's key, `organisation` for which; it is empty for a machine."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        abstract = True


class InstrumentCorrection(Trace):
    """An instrument was corrected; `was` holds what changed, as it was, by the names of the record file."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="corrections")
    was = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-pk"]


class InstrumentWithdrawal(Trace):
    """An instrument that was entered by mistake no longer stands; its page and what answered it stay."""

    instrument = models.OneToOneField(Instrument, models.PROTECT, related_name="withdrawal")


class ParagraphCorrection(Trace):
    """A paragraph was corrected; `number` and `text` are as they were before."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="corrections")
    number = models.CharField(max_length=20)
    text = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-pk"]


class ParagraphWithdrawal(Trace):
    """A paragraph that was entered by mistake no longer stands; that it was there stays."""

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="withdrawal")


class AnswerTakenBack(Trace):
    """Something was said to answer an instrument or a paragraph of it, and that was taken back.

    `answer` is the subject key of the decision, event, output or instrument.
    """

    answer = models.CharField(max_length=200)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="taken_back")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="taken_back")

    class Meta:
        ordering: ClassVar = ["-pk"]


INSERT_ONLY = (
    InstrumentCorrection,
    InstrumentWithdrawal,
    ParagraphCorrection,
    ParagraphWithdrawal,
    AnswerTakenBack,
)
