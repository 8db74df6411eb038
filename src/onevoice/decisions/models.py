"""Proposals, objections, decisions and their numbers; rules, and procedures under them."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.urls import reverse

from onevoice.groups.models import Body, Group, OfficeKind
from onevoice.look.derived import Deriving, KeyOf, Keys, WordsIn, ordered
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.parties.models import Organisation, Person


class ClockTimestamp(Func):
    """The instant by the database's clock, not that of the transaction's beginning."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class Visibility(models.TextChoices):
    """Who may see a thing."""

    PUBLIC = "public", "public"
    GROUP = "group", "the group"


class ProposalState(models.TextChoices):
    """Where a proposal stands; written by `steps.settle` alone, for queries."""

    TABLED = "tabled", "tabled"
    CALLED = "called", "objections called for"
    ADOPTED = "adopted", "adopted"
    NOT_ADOPTED = "not_adopted", "not adopted"
    WITHDRAWN = "withdrawn", "withdrawn"
    SILENCE = "silence", "under silence"
    HELD_UP = "held_up", "held up"
    PENDING = "pending", "pending"


class Proposal(Deriving):
    """A text put to a body for decision. Text and title are frozen, and hashed, when it is proposed.

    `text` is a list of paragraphs `{"id": "p1", "text": Words}`; `text_hash` is the SHA-256 of its canonical JSON.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)
    title = models.JSONField()
    text = models.JSONField()
    text_hash = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    proposer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    public_when_adopted = models.BooleanField(default=False)
    state = models.CharField(max_length=11, choices=ProposalState.choices, default=ProposalState.TABLED)
    group = models.ForeignKey(Group, models.PROTECT, related_name="proposals")
    title_key = Keys("title")
    number_key = KeyOf("number", null=True)
    words = WordsIn("number", "title", "text")

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="proposal_slug_in_group"),
            models.UniqueConstraint(fields=["group", "number"], name="proposal_number_in_group"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "state"]),
            *ordered("title_key", "proposal_title"),
            GinIndex(fields=["words"], fastupdate=False, name="proposal_words"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("decisions:proposal", args=[self.group.slug, self.slug])


class CallForObjections(models.Model):
    """The chair asked the room whether anybody objects; `present` freezes who was there."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    present = models.JSONField(default=list)


class Objection(models.Model):
    """An organisation objects to a proposal, with its reason; one stands at a time.

    `again`: how many times the organisation had objected to it before, and taken that back.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="objections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    again = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "organisation", "again"], name="objects_once")
        ]

    @property
    def stands(self) -> bool:
        return not hasattr(self, "taken_back")


class ObjectionTakenBack(models.Model):
    """An organisation took its objection back."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="taken_back")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.objection)


class ProposalWithdrawal(models.Model):
    """The proposer took the proposal back."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    why = models.TextField(blank=True)


class Decision(Deriving):
    """What a body adopted. Its number comes from the body's pattern, without gaps or doubles.

    Decisions of the past may have no number and no text; `count` says how many a source reports in one.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    slug = models.SlugField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    title = models.JSONField()
    text = models.JSONField(default=list, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="decision")
    adopted_written = models.CharField(max_length=10)
    adopted_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.JSONField(default=dict, blank=True)
    visibility = models.CharField(max_length=6, choices=Visibility.choices, default=Visibility.GROUP)
    answers = models.ManyToManyField(Instrument, blank=True, related_name="decisions")
    answered_paragraphs = models.ManyToManyField(Paragraph, blank=True, related_name="decisions")
    # What became of it, for queries: written by `lasting`, from what is only added to.
    awaits_effect = models.BooleanField(default=False, db_default=False)
    effective_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    superseded_written = models.CharField(max_length=10, blank=True, default="", db_default="")
    reviews_written = models.CharField(max_length=10, blank=True, default="", db_default="")
    reviews_at = models.DateTimeField(null=True, blank=True)
    title_key = Keys("title")
    number_key = KeyOf("number", null=True)
    words = WordsIn("number", "title", "text")

    class Meta:
        ordering: ClassVar = ["-adopted_written", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="decision_slug_in_group"),
            models.UniqueConstraint(
                fields=["group", "number"], condition=~Q(number=""), name="decision_number_in_group"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "visibility", "-adopted_written"]),
            # Those below hold all that a page of the register needs to be found, however deep it lies.
            models.Index(
                fields=["group", "adopted_written", "adopted_at", "id"],
                include=["visibility", "body"],
                name="decision_date",
            ),
            models.Index(
                fields=["group", "number_key", "id"], include=["visibility"], name="decision_number"
            ),
            *ordered("title_key", "decision_title", include=["visibility"]),
            GinIndex(fields=["words"], fastupdate=False, name="decision_words"),
            models.Index(
                fields=["reviews_at"], condition=Q(reviews_at__isnull=False), name="decision_reviewed"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.slug

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.group.slug, self.slug])


class Superseding(models.Model):
    """Said of a decision: that another takes its place, since when, and why; without `by`, that none does after all.

    The latest stands. `since_written`: a partial date, the day on which the other was adopted unless said otherwise.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="supersedings")
    by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    since_written = models.CharField(max_length=10, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=models.F("decision")), name="supersedes_another")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} by {self.by_id}"


class ReviewFound(models.TextChoices):
    """What a review of a decision found."""

    CONFIRMED = "confirmed", "confirmed"
    TO_BE_REVISED = "to_be_revised", "to be revised"


class Review(models.Model):
    """When a decision is to be reviewed next (nothing: no more), and, where a review was held, what it found."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reviews")
    due_written = models.CharField(max_length=10, blank=True)
    found = models.CharField(max_length=13, choices=ReviewFound.choices, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.found or self.due_written


class FollowUpState(models.TextChoices):
    """Where what is to be done after a decision stands."""

    NOT_STARTED = "not_started", "not started"
    ONGOING = "ongoing", "ongoing"
    COMPLETED = "completed", "completed"
    DISCONTINUED = "discontinued", "discontinued"


class FollowUp(models.Model):
    """What is to be done after a decision. Whose it is, until when, and where it stands are as the last step says.

    It belongs to an organisation, or to whoever holds an office (`office`) over the decision's body.
    `due_at`: the first instant after the last day that `due_written` may mean, in the seat's zone, in UTC.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    what = models.JSONField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    office = models.CharField(max_length=20, choices=OfficeKind.choices, blank=True)
    due_written = models.CharField(max_length=10, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=FollowUpState.choices, default=FollowUpState.NOT_STARTED)

    class Meta:
        ordering: ClassVar = ["decision", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "number"], name="follow_up_number"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(office=""), name="follow_up_has_one_owner"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "due_at"],
                condition=Q(state__in=["not_started", "ongoing"]),
                name="follow_up_owed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.decision.get_absolute_url()}#follow-up-{self.number}"

    @property
    def group(self) -> Group:
        return self.decision.group

    @property
    def body_id(self) -> int:
        return self.decision.body_id

    @property
    def title(self) -> Any:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state in (FollowUpState.NOT_STARTED, FollowUpState.ONGOING)


class FollowUpStep(models.Model):
    """What was said of a follow-up: where it stands from then on, whose it is, until when, and in words."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=FollowUpState.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=20, choices=OfficeKind.choices, blank=True)
    due_written = models.CharField(max_length=10, blank=True)
    said = models.TextField(blank=True)
    by = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.state}"


class NumberSeries(models.Model):
    """The last number given in a series ("decisions of the Principals in 2026"); counted up under its row lock."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    series = models.CharField(max_length=100)
    last = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "series"], name="one_series")]


class AdoptedRules(models.Model):
    """Rules of procedure as a body adopted them: the file, word for word, and by which decision.

    The latest under a name are in force; a procedure is governed to its end by those in force when it started.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="rules")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    toml = models.TextField()
    hash = models.CharField(max_length=64)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="adopted_rules")
    adopted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-adopted_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["body", "slug", "-adopted_at"], name="rules_in_force")]

    def __str__(self) -> str:
        return self.title

    @property
    def group(self) -> Group:
        return self.body.group


class AdoptedCalendar(models.Model):
    """The working days of a duty station as a group adopted them: the file, word for word."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="calendars")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    toml = models.TextField()
    hash = models.CharField(max_length=64)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="adopted_calendars")
    adopted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-adopted_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["group", "slug", "-adopted_at"], name="calendar_in_force")]

    def __str__(self) -> str:
        return self.title


class Procedure(models.Model):
    """A proposal under the clock of its body's rules. Rules, calendar and roster are frozen when it starts.

    `state`, `ends_at`, `round`, `reminds_at` are derived, for queries; `steps.derive` alone writes them. `roster` is
    as a case holds it (docs/procedure.md), members by permanent name. `closed_at`: the clock's act was recorded.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, primary_key=True, related_name="procedure")
    rules = models.ForeignKey(AdoptedRules, models.PROTECT, related_name="procedures")
    calendar = models.ForeignKey(AdoptedCalendar, models.PROTECT, null=True, related_name="procedures")
    zone = models.CharField(max_length=60)
    roster = models.JSONField()
    state = models.CharField(max_length=30, default="not started")
    ends_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    reminds_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(closed_at__isnull=True), name="procedure_ends"),
            models.Index(
                fields=["reminds_at"], condition=Q(reminds_at__isnull=False), name="procedure_reminds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.state}"


class Received(models.Model):
    """An act on a procedure as it was received: stamped by the database's clock, committed at once, never changed.

    What it counts for is judged from all that was received (docs/procedure.md). `what` and `data` are an event of a
    case; `act`, `once`, `by`, `inputs` finish the act when whoever received it was stopped before the record.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="received")
    at = models.DateTimeField(db_default=ClockTimestamp())
    what = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    act = models.CharField(max_length=100)
    once = models.CharField(max_length=64, unique=True)
    person = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    by = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["procedure", "at", "id"], name="received_in_order")]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"

    @property
    def key(self) -> str:
        return f"e{self.pk}"


class Unfinished(models.Model):
    """What was received and is not judged and recorded yet: gone when it is."""

    received = models.OneToOneField(Received, models.PROTECT, primary_key=True, related_name="unfinished")

    def __str__(self) -> str:
        return str(self.received)


class Reminder(models.Model):
    """Those who had not acted were reminded, once for each step of a round's clock."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="reminders")
    step = models.DateTimeField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["procedure", "step"], name="reminded_once")]

    def __str__(self) -> str:
        return str(self.step)


class Heartbeat(models.Model):
    """A span in which the service could be reached: from when, and until when it is known. One row an unbroken span.

    `unreachable_since`: when the span before it ended, where there was one: between lies an outage. `entered_at`: when
    that outage was entered in the procedures whose clocks it touched.
    """

    unreachable_since = models.DateTimeField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.since} to {self.until}"

    @property
    def key(self) -> str:
        """When the outage before it began, as events write it."""
        assert self.unreachable_since is not None
        return f"{self.unreachable_since.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ[UTC]}"


DELETABLE = (Unfinished,)
INSERT_ONLY = (
    CallForObjections, Objection, ObjectionTakenBack, ProposalWithdrawal, AdoptedRules, AdoptedCalendar, Received,
    Reminder, Superseding, Review, FollowUpStep,
)  # fmt: skip
