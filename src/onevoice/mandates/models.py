"""Instruments and paragraphs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from onevoice.groups.models import Group


class InstrumentKind(models.TextChoices):
    """A mandate itself, a draft that led to one, or a report asked for by one."""

    MANDATE = "mandate", "mandate"
    DRAFT = "draft", "draft"
    REPORT = "report", "report of the Secretary-General"


class Instrument(models.Model):
    """A resolution or decision (or its draft, or a report on it) that tasks or concerns the group."""

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
    order = models.PositiveIntegerField(default=0)

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
    """A numbered paragraph of an instrument, addressable for ever."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="paragraphs")
    number = models.CharField(max_length=20)
    text = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["instrument", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instrument", "number"], name="paragraph_number_once")
        ]
