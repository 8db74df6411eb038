"""Meetings, agenda items, participation, interventions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from onevoice.decisions.models import Decision, Proposal, Visibility
from onevoice.files.models import StoredFile
from onevoice.groups.models import Appointment, Body, Group
from onevoice.look.derived import Deriving, Keys, WordsIn, ordered
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.parties.models import Organisation, Person, State


class MeetingKind(models.TextChoices):
    """What sort of meeting or event it is. A briefing has Member States as its audience."""

    MEETING = "meeting", "meeting"
    BRIEFING = "briefing", "briefing"
    EVENT = "event", "event"
    LAUNCH = "launch", "launch"
    CONSULTATION = "consultation", "consultation"


class MeetingState(models.TextChoices):
    """Whether it is still to come, was put off or called off."""

    CONVENED = "convened", "convened"
    POSTPONED = "postponed", "postponed"
    CANCELLED = "cancelled", "cancelled"


class Meeting(Deriving):
    """A meeting of a body, a briefing or another event.

    `when_written` and `until_written` are partial dates in `zone`; `starts_at`, `ends_at` are UTC instants where
    the hour is known. `report` is a list of paragraphs `{"id": "p1", "text": Words, "margin": Words}`.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="meetings")
    slug = models.SlugField(max_length=120)
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    title = models.JSONField()
    when_written = models.CharField(max_length=10)
    until_written = models.CharField(max_length=10, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    place = models.JSONField(default=dict, blank=True)
    level = models.JSONField(default=dict, blank=True)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    present_of = models.PositiveSmallIntegerField(null=True, blank=True)
    attendance = models.JSONField(default=dict, blank=True)
    subject = models.JSONField(default=dict, blank=True)
    lede = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    margin_of = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=list, blank=True)
    note = models.JSONField(default=dict, blank=True)
    series = models.JSONField(default=dict, blank=True)
    reports_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reported_by")
    answers = models.ManyToManyField(Instrument, blank=True, related_name="meetings")
    answered_paragraphs = models.ManyToManyField(Paragraph, blank=True, related_name="meetings")
    state = models.CharField(max_length=9, choices=MeetingState.choices, default=MeetingState.CONVENED)
    visibility = models.CharField(max_length=6, choices=Visibility.choices, default=Visibility.GROUP)
    title_key = Keys("title")
    place_key = Keys("place", null=True)
    words = WordsIn("title", "subject", "lede")
    place_words = WordsIn("place")

    class Meta:
        ordering: ClassVar = ["-when_written", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="meeting_slug_in_group"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "visibility", "-when_written"]),
            # Those below hold all that a page of the list needs to be found, however deep it lies.
            models.Index(
                fields=["group", "when_written", "starts_at", "id"],
                include=["visibility", "body"],
                name="meeting_date",
            ),
            *ordered("title_key", "meeting_title", include=["visibility"]),
            *ordered("place_key", "meeting_place", include=["visibility"]),
            GinIndex(fields=["words"], fastupdate=False, name="meeting_words"),
            GinIndex(fields=["place_words"], fastupdate=False, name="meeting_place_words"),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("meetings:event", args=[self.group.slug, self.slug])


class AgendaItem(models.Model):
    """An item of the agenda, in a tree; it may carry a proposal, and the decision taken under it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="items")
    number = models.CharField(max_length=20)
    title = models.JSONField()
    note = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["meeting", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")
        ]

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def body_id(self) -> int | None:
        return self.meeting.body_id

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.number}"


class Document(models.Model):
    """A file under an agenda item, in one language, put there for an organisation."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="documents")
    title = models.JSONField()
    language = models.CharField(max_length=2)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @property
    def group(self) -> Group:
        return self.item.group

    @property
    def body_id(self) -> int | None:
        return self.item.body_id

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class DocumentWithdrawal(models.Model):
    """A document was taken from the agenda; that it was there stays."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)


class ProposedUnder(models.Model):
    """The agenda item under which a proposal was put."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="proposed")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="proposed_under")


class TakenAt(models.Model):
    """The meeting at which a decision was taken."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="taken")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="taken_at")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]


class Part(models.TextChoices):
    """What somebody's part in a meeting was."""

    CHAIR = "chair", "chair"
    HOST = "host", "host"
    ORGANISER = "organiser", "organiser"
    CO_SPONSOR = "co_sponsor", "co-sponsor"
    PARTNER = "partner", "partner"
    BRIEFED = "briefed", "briefed"
    PANEL = "panel", "on the panel"
    MODERATOR = "moderator", "moderator"
    GUEST = "guest", "guest"
    OPENED = "opened", "opened"
    FLOOR = "floor", "took the floor"
    PRESENT = "present", "present"
    INVITED = "invited", "invited"
    AUDIENCE = "audience", "in the audience"
    ABSENT = "absent", "absent"


class Participation(models.Model):
    """Somebody's part in a meeting: an organisation, a State or another named body, through a person or not.

    The person's title is not kept here: it comes from the appointment in force that day (`appointment`).
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participations")
    part = models.CharField(max_length=10, choices=Part.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="participations")
    other = models.JSONField(
        default=dict, blank=True
    )  # a name that is neither: "Permanent Mission of Sweden"
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["meeting", "order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, state__isnull=True)
                | Q(organisation__isnull=True, state__isnull=False)
                | (Q(organisation__isnull=True, state__isnull=True) & ~Q(other={})),
                name="somebody_took_part",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation"]), models.Index(fields=["state"])]


class Intervention(models.Model):
    """A statement from the floor. `quotation` is word for word; `summary` is in the record's own words."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="interventions")
    quotation = models.JSONField(default=dict, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]


INSERT_ONLY = (DocumentWithdrawal,)
