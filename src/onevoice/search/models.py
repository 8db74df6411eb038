"""Passages: what is found."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from onevoice.decisions.models import Visibility
from onevoice.groups.models import Group


class Passage(models.Model):
    """What can be found of one subject in one language; what only the group may see is a passage of its own.

    `address` has no language. `parts` is what is read of it: [["p3", "The text of paragraph 3"], …], the anchor
    empty for the head. `vector` is made by the configuration of the language, and once more without stemming.
    One word of it says group, language and visibility (`place`), so that the index alone finds who may find what.
    `digest` changes when anything else does.
    """

    # No index on the group: a planner without statistics (after a large import) would take it in place of the vector's.
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    visibility = models.CharField(max_length=6, choices=Visibility.choices)
    address = models.CharField(max_length=400)
    title = models.JSONField()
    when_written = models.CharField(max_length=10, blank=True)
    parts = models.JSONField(default=list)
    vector = SearchVectorField()
    digest = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "language", "visibility", "group"], name="one_passage_a_language"
            )
        ]
        indexes: ClassVar = [GinIndex(fields=["vector"], name="passage_vector")]

    def __str__(self) -> str:
        return f"{self.subject} {self.language}"


def place(group: int, language: str, visibility: str) -> str:
    """The word of a vector that says where a passage belongs."""
    return f"in{group}{language}{visibility}"


class Followed(models.Model):
    """How far the acts performed have been looked at: all up to `performed`, and those in `seen` after it."""

    performed = models.BigIntegerField()
    seen = ArrayField(models.BigIntegerField(), default=list)
