"""Groups, bodies, membership, offices, appointments."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onevoice.claims.models import Basis, DatedFact
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.wording import CAPACITIES
from onevoice.parties.models import Organisation, Person, State, Succession

KINDS = {
    "member": gettext_lazy("member"),
    "observer": gettext_lazy("observer"),
    "partner": gettext_lazy("partner"),
}
STANDING = Q(standing=True, basis=Basis.STATED)


class Group(models.Model):
    """A coordination group: the tenant. A date alone counts in its seat's zone.

    `logo` is what every page needs of its picture, `{"address", "width", "height"}` in pixels; empty for none. The
    file itself is one of the room `files`, which never changes, so that no page asks for it.
    """

    slug = models.SlugField(max_length=60, unique=True)
    acronym = models.CharField(max_length=40)
    names = models.JSONField()
    purpose = models.JSONField(default=dict, blank=True)
    functions = models.JSONField(default=list, blank=True)
    seat = models.JSONField(default=dict)
    zone = models.CharField(max_length=64)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    colour = models.CharField(max_length=7, default="#0b4f71")
    colour_on_dark = models.CharField(max_length=7, default="#93c8e6")
    demonstration = models.BooleanField(default=False)
    logo = models.JSONField(default=dict, db_default={}, blank=True)
    web = models.URLField(max_length=300, blank=True)
    proposal_pattern = models.CharField(max_length=60, default="P/{year}/{number}")
    gaps = models.JSONField(default=list, blank=True)  # what its record is known not to hold, as Words
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.acronym

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Body(models.Model):
    """A level or sub-body of a group, in a tree. Its decision numbers follow `decision_pattern`.

    The quorum is at least `quorum_numerator`/`quorum_denominator` of the members; null where no rule is known.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bodies")
    slug = models.SlugField(max_length=60)
    names = models.JSONField()
    established_written = models.CharField(max_length=10, blank=True)
    note = models.JSONField(default=dict, blank=True)
    decision_pattern = models.CharField(max_length=60, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["group", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "slug"], name="body_slug_in_group"),
            # Offices of the body at the root serve the whole group, so there is one such body.
            models.UniqueConstraint(
                fields=["group"], condition=Q(parent__isnull=True), name="one_body_at_the_root"
            ),
            models.CheckConstraint(
                condition=Q(quorum_numerator__isnull=True, quorum_denominator__isnull=True)
                | Q(quorum_denominator__gt=0, quorum_numerator__lte=models.F("quorum_denominator")),
                name="quorum_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}/{self.slug}"

    def quorum_of(self, members: int) -> int | None:
        """How many members must be present, or None where the body has no rule."""
        if self.quorum_numerator is None or self.quorum_denominator is None:
            return None
        return -(-members * self.quorum_numerator // self.quorum_denominator)


class MembershipKind(models.TextChoices):
    """As what an organisation sits in a body."""

    MEMBER = "member", "member"
    OBSERVER = "observer", "observer"
    PARTNER = "partner", "partner"


class Membership(DatedFact):
    """An organisation in a body, as member, observer or partner, over a period."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=8, choices=MembershipKind.choices)
    decision = models.CharField(max_length=200, blank=True)  # subject key of the decision that admitted it

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=STANDING,
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        indexes: ClassVar = [models.Index(fields=["body", "organisation"])]


class OfficeKind(models.TextChoices):
    """The offices that an organisation can hold in a group."""

    COORDINATOR = "coordinator", "Coordinator"
    CHAIR = "chair", "chair"
    CO_CHAIR = "co_chair", "co-chair"
    SECRETARIAT = "secretariat", "secretariat"


class Office(models.Model):
    """An office of a body, held by an organisation over a period."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=12, choices=OfficeKind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "kind"], name="one_office_of_a_kind")
        ]


class OfficeHolding(DatedFact):
    """An organisation holds an office; two co-chairs overlap, the same organisation does not hold it twice.

    Every other office has one holder at a time. `sole` is the time for which it is certain that nobody else may
    hold it: of a month or year in which a term began or ended it is not known when within. The database fills it
    in (a trigger), null for co-chairs.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="holdings")
    chosen_written = models.CharField(max_length=10, blank=True)  # when it was decided, not announced
    decision = models.CharField(max_length=200, blank=True)
    sole = DateTimeRangeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="holds_an_office_once",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=STANDING,
                deferrable=models.Deferrable.DEFERRED,
            ),
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[("office", RangeOperators.EQUAL), ("sole", RangeOperators.OVERLAPS)],
                condition=STANDING,
                deferrable=models.Deferrable.DEFERRED,
            ),
            # As far as both are known: "2026-03" is after "2026-02-01", "2026" is not.
            models.CheckConstraint(
                name="chosen_before_it_begins",
                condition=Q(standing=False)
                | Q(
                    LessThanOrEqual(
                        Left("chosen_written", Length("since_written")),
                        Left("since_written", Length("chosen_written")),
                    )
                ),
            ),
        ]


class Capacity(models.TextChoices):
    """In which capacity a person acts for an organisation or State."""

    PRINCIPAL = "principal", "principal"
    FOCAL_POINT = "focal_point", "focal point"
    ALTERNATE = "alternate", "alternate focal point"
    CONTRIBUTOR = "contributor", "contributor"
    DELEGATE = "delegate", "delegate"
    OFFICIAL = "official", "official"


class Appointment(DatedFact):
    """A person acts for an organisation or State in a capacity, in a group or at large, over a period.

    `title` is what the person was called in that post ("Executive Director"); `honorific` as "H.E. Ambassador".
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="appointments")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="appointments")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    title = models.JSONField(default=dict, blank=True)
    honorific = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) ^ Q(state__isnull=False),
                name="acts_for_an_organisation_or_a_state",
            ),
            ExclusionConstraint(
                name="one_focal_point_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=STANDING & Q(capacity=Capacity.FOCAL_POINT, organisation__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
            ExclusionConstraint(
                name="one_capacity_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=STANDING & Q(group__isnull=False, organisation__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["group", "organisation"]), models.Index(fields=["person"])]


class EnteredAppointment(models.Model):
    """An appointment that one organisation entered for another, as that one announced it: the other confirms it."""

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="entered")
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @property
    def group(self) -> Group:
        return self.appointment.group

    @property
    def title(self) -> dict[str, Any]:
        """Who was entered, as what: 'Ada Lovelace, focal point' in the reader's language."""
        row = self.appointment
        said = _("{person}, {capacity}").format(person=row.person.called, capacity=CAPACITIES[row.capacity])
        return {active_language().code: said}

    def get_absolute_url(self) -> str:
        return reverse("groups:house", args=[self.group.slug])


class Confirmation(models.Model):
    """The organisation itself says that an appointment entered for it is right."""

    entered = models.OneToOneField(EnteredAppointment, models.PROTECT, related_name="confirmation")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class EnteredMembership(models.Model):
    """A membership that another organisation entered: it stands as entered, and the admitted one says if it is right.

    It is asked about the membership that stands in that body now, so that a corrected one is confirmed anew.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="entered")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entered_memberships")
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "body"], name="entered_of_an_organisation")]

    @property
    def group(self) -> Group:
        return self.body.group

    @property
    def title(self) -> dict[str, Any]:
        """Who was entered where, as what and from when: 'UNHCR in Principals, member from 2026' to its readers."""
        code = active_language().code
        named = {
            "organisation": plain(self.organisation.acronym(), code),
            "body": plain(self.body.names, code),
        }
        kind, since = getattr(self, "kind", None), getattr(self, "since", None)
        if not kind:
            return {code: _("{organisation} in {body}").format(**named)}
        named["kind"] = str(KINDS[kind])
        if not since:
            return {code: _("{organisation} in {body}, {kind}").format(**named)}
        day = PartialDate.parse(since).shown(code)
        return {code: _("{organisation} in {body}, {kind} from {day}").format(**named, day=day)}

    def get_absolute_url(self) -> str:
        return reverse("groups:member", args=[self.group.slug, self.organisation.slug])


class MembershipAnswer(models.Model):
    """The admitted organisation itself says that a membership entered for it is right, or what is wrong with it."""

    entered = models.ForeignKey(EnteredMembership, models.PROTECT, related_name="answers")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    right = models.BooleanField()
    why = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Passage(models.Model):
    """What a succession changed in a group: a fact of the predecessor that ended, or one of the successor that began.

    `before` and `after` are ids of facts in `fact_table`: both for one that ended; `before` alone for one that
    never was the predecessor's, since it would have begun later; `after` alone for what the successor got.
    """

    succession = models.ForeignKey(Succession, models.PROTECT, related_name="passages")
    group = models.ForeignKey(Group, models.PROTECT, related_name="passages")
    fact_table = models.CharField(max_length=63)
    before = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["group", "succession"], name="passed_in_a_group")]


class PublishedCount(models.Model):
    """How many organisations a source counted at a date, and what it counted; superseded as a dated fact is."""

    record_id = models.CharField(max_length=120, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, related_name="counts")
    when_written = models.CharField(max_length=10)
    count = models.PositiveIntegerField()
    counted = models.JSONField()
    standing = models.BooleanField(default=True, editable=False)
    claimed_at = models.DateTimeField(db_default=Now(), editable=False)
    claimed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["when_written", "pk"]


INSERT_ONLY = (
    Membership,
    OfficeHolding,
    Appointment,
    Confirmation,
    MembershipAnswer,
    Passage,
    PublishedCount,
)
