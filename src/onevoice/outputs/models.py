"""Outputs and their language versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from onevoice.decisions.models import Visibility
from onevoice.groups.models import Body, Group
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.parties.models import Organisation


class Output(models.Model):
    """Something the group publishes. Where a source names no date, `known_by_written` is when it was first seen."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="outputs")
    slug = models.SlugField(max_length=120)
    kind = models.CharField(max_length=40)  # the record's own word: "issue brief", "joint statement"
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.JSONField(default=dict, blank=True)
    subtitle = models.JSONField(default=dict, blank=True)
    when_written = models.CharField(max_length=10, blank=True)
    known_by_written = models.CharField(max_length=10, blank=True)
    covers_written = models.CharField(max_length=10, blank=True)
    structure = models.JSONField(default=dict, blank=True)
    actions = models.PositiveSmallIntegerField(null=True, blank=True)
    cleared_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="cleared")
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    contributors = models.ManyToManyField(Organisation, blank=True, related_name="outputs")
    answers = models.ManyToManyField(Instrument, blank=True, related_name="outputs")
    answered_paragraphs = models.ManyToManyField(Paragraph, blank=True, related_name="outputs")
    web = models.URLField(max_length=1000, blank=True)
    note = models.JSONField(default=dict, blank=True)
    visibility = models.CharField(max_length=6, choices=Visibility.choices, default=Visibility.PUBLIC)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["group", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="output_slug_in_group")
        ]
        indexes: ClassVar = [models.Index(fields=["group", "visibility"])]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("outputs:output", args=[self.group.slug, self.slug])


class OutputVersion(models.Model):
    """A language version of an output, at an address."""

    output = models.ForeignKey(Output, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=2)
    web = models.URLField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["output", "language"], name="one_version_a_language")
        ]
