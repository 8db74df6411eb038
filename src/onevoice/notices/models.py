"""Letters and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Letter(models.Model):
    """One letter to one address, in the words and language in which it was queued."""

    person = models.BigIntegerField(null=True)
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    zone = models.CharField(max_length=64, blank=True)
    group = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    calendar = models.TextField(default="", db_default="", blank=True)  # iCalendar, attached as a file
    about = models.CharField(max_length=200, blank=True)  # subject key
    queued_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="letters_to_send"),
        ]
