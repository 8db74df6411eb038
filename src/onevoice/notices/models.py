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
    member = models.CharField(
        max_length=60, default="", db_default="", blank=True
    )  # for whose organisation, opaque
    turn = models.PositiveSmallIntegerField(null=True)  # of its subject: what was told before is told anew
    off = models.CharField(
        max_length=300, default="", db_default="", blank=True
    )  # where such letters are ended
    queued_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="letters_to_send"),
            models.Index(fields=["about", "turn"], condition=Q(turn__isnull=False), name="letters_of_a_turn"),
        ]


class Step(models.TextChoices):
    """What became of a letter after it was queued, in this order; it bounces at any time."""

    SENT = "sent", "handed to the mail server"
    ACCEPTED = "accepted", "taken by the mail server"
    BOUNCED = "bounced", "not delivered"
    OPENED = "opened", "its page was opened"


class Delivery(models.Model):
    """The delivery ledger: one step of one letter, once. That it was queued, the letter itself says.

    `says`: what a mail server answered, as it came.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    step = models.CharField(max_length=8, choices=Step.choices)
    at = models.DateTimeField(db_default=Now(), editable=False)
    says = models.CharField(max_length=500, default="", db_default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "step"], name="each_step_once")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.step}"


INSERT_ONLY = (Delivery,)
