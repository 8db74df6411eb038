"""Files that were uploaded, and those that are no longer served."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

SHOWN_OF_HASH = 32  # hexadecimal digits in an address: too many for two files to share them by design


class Visibility(models.TextChoices):
    """Who may read a file."""

    PUBLIC = "public", "public"
    GROUP = "group", "the group"


class StoredFile(models.Model):
    """One upload. Its bytes lie in MEDIA_ROOT under their SHA-256; the same bytes uploaded twice lie there once.

    `media_type` is what the content is, whatever the name said; `name` is cleaned and ends as its kind does.
    `group` is the group's id, `group_slug` its address; `by` is the actor's key. Pixels are those of pictures.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    group = models.BigIntegerField()
    group_slug = models.SlugField(max_length=60)
    visibility = models.CharField(max_length=6, choices=Visibility.choices, default=Visibility.GROUP)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["group_slug", "sha256"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="hash_is_sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.group_slug, self.sha256[:SHOWN_OF_HASH], self.name])

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


class FileWithdrawal(models.Model):
    """A file is no longer served to anybody; its row and its bytes stay, as what was there."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)


INSERT_ONLY = (StoredFile, FileWithdrawal)
