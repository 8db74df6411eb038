"""Who is what, as of an instant: the only way to ask. Nobody filters on periods by hand.

`at` is a UTC instant; 'as of a day' means just before the end of that day in the seat's zone.
`known_on` asks what was believed at an instant; by default what is known now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Exists,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.expressions import RawSQL

from onevoice.claims.asof import Answer, Held, answer
from onevoice.claims.models import Basis, DatedFact, Supersession
from onevoice.languages.partial import PartialDate, end_of_day, start_of_day
from onevoice.parties.models import Organisation, OrganisationName

from .models import Appointment, Body, Capacity, Group, Membership, Office, OfficeHolding

# The body that an office belongs to and all bodies under it, as ids.
SERVES = RawSQL(  # noqa: S611 - no value of anybody's is in it
    """array(with recursive served(id) as (
         select groups_office.body_id
         union select groups_body.id from groups_body join served on groups_body.parent_id = served.id
       ) select id from served)""",
    [],
    output_field=ArrayField(BigIntegerField()),
)
MAY_HOLD = (Answer.HOLDS, Answer.PERHAPS, Answer.ATTESTED)
PERIOD = ("period", "since_written", "until_written", "basis")  # all that `held` looks at
FactT = TypeVar("FactT", bound=DatedFact)


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation in one body, and how surely at the instant asked. `facts` are what it is known from."""

    body: Body
    kind: str
    answer: Answer
    facts: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in a body, or in several of a group."""

    organisation: Organisation
    seats: tuple[Seat, ...]  # in the order of the bodies

    @property
    def answer(self) -> Answer:
        """Where it is surest."""
        return min((seat.answer for seat in self.seats), key=list(Answer).index)

    @property
    def facts(self) -> tuple[Membership, ...]:
        return tuple(fact for seat in self.seats for fact in seat.facts)

    @property
    def kind(self) -> str:
        """As what it sits where it is surest."""
        return next(seat.kind for seat in self.seats if seat.answer is self.answer)


@dataclass(frozen=True, slots=True)
class Officer:
    """An organisation in an office, and how surely."""

    organisation: Organisation
    office: str
    answer: Answer
    facts: tuple[OfficeHolding, ...]


def end_of(day: date, group: Group) -> datetime:
    """The instant that 'as of this day' means: the last before midnight in the seat's zone (UTC)."""
    return end_of_day(day, group.zone) - timedelta(microseconds=1)


def known[FactT: Model](rows: QuerySet[FactT], *, known_on: datetime | None = None) -> QuerySet[FactT]:
    """Facts that stand now, or that stood in what was known at an instant."""
    if known_on is None:
        return rows.filter(standing=True)
    gone = Supersession.objects.filter(
        fact_table=rows.model._meta.db_table, fact_id=OuterRef("pk"), at__lte=known_on
    )
    return rows.filter(claimed_at__lte=known_on).exclude(Exists(gone))


def in_force[FactT: DatedFact](rows: QuerySet[FactT], *, at: datetime) -> QuerySet[FactT]:
    """Stated facts whose period holds the instant: what rights are made of (an attestation gives none)."""
    return known(rows).filter(basis=Basis.STATED, period__contains=at)


def is_in_force(fact: DatedFact, *, at: datetime) -> bool:
    """The same of one fact that was read already."""
    return fact.standing and fact.basis == Basis.STATED and at in fact.period


def members(of: Body | Group, *, at: datetime, known_on: datetime | None = None) -> list[Member]:
    """Every organisation ever known in a body, or in any body of a group, as of this instant; two queries."""
    group, where = (of, "body__group") if isinstance(of, Group) else (of.group, "body")
    facts = known(Membership.objects.filter(**{where: of}), known_on=known_on)
    facts = facts.select_related("organisation", "body").prefetch_related("organisation__names")
    return [Member(rows[-1].organisation, tuple(_seats(rows, group, at))) for rows in _by_organisation(facts)]


def _seats(facts: Iterable[Membership], group: Group, at: datetime) -> Iterator[Seat]:
    """Of the facts about one organisation, those of each body together."""
    by_body: dict[int, list[Membership]] = defaultdict(list)
    for fact in facts:
        by_body[fact.body_id].append(fact)
    for rows in sorted(by_body.values(), key=lambda rows: (rows[0].body.order, rows[0].body_id)):
        yield Seat(rows[0].body, _kind(rows, at), held(rows, group, at=at), tuple(rows))


def members_now(body: Body, *, at: datetime) -> list[Organisation]:
    """The members (not observers, not partners) in force at an instant: who counts for quorum and consensus."""
    rows = in_force(body.memberships.filter(kind="member"), at=at).select_related("organisation")
    return [row.organisation for row in rows.prefetch_related("organisation__names")]


def officers(group: Group, *, at: datetime, known_on: datetime | None = None) -> list[Officer]:
    """Who holds or held each office of a group, with the answer for this instant; two queries."""
    rows = known(OfficeHolding.objects.filter(office__body__group=group), known_on=known_on)
    rows = rows.select_related("office__body__group", "organisation").prefetch_related("organisation__names")
    return _officers(rows, group, at=at)


def _officers(rows: Iterable[OfficeHolding], group: Group, *, at: datetime) -> list[Officer]:
    by_office = defaultdict(list)
    for row in rows:
        by_office[(row.office.kind, row.organisation_id)].append(row)
    return [
        Officer(facts[-1].organisation, kind, held(facts, group, at=at), tuple(facts))
        for (kind, _), facts in by_office.items()
    ]


def in_office(
    group: Group, kinds: Iterable[str], *, at: datetime, known_on: datetime | None = None
) -> list[Organisation]:
    """Who, as far as is known, held an office of some kinds at an instant, only to be named: two light queries."""
    rows = known(
        OfficeHolding.objects.filter(office__body__group=group, office__kind__in=[*kinds]), known_on=known_on
    )
    rows = rows.select_related("office", "organisation").only(*PERIOD, "office__kind", "organisation__slug")
    found = [one.organisation for one in _officers(rows, group, at=at) if one.answer in MAY_HOLD]
    prefetch_related_objects(found, with_names("names"))
    return found


def with_names(path: str = "organisation__names") -> Prefetch:
    """What organisations were called, read without what nobody is shown beside a name."""
    return Prefetch(
        path, OrganisationName.objects.only("organisation", "names", "acronyms", "period", "standing")
    )


def focal_point(group: Group, organisation: Organisation, *, at: datetime) -> Appointment | None:
    """Who is owed what the organisation owes: its focal point in force."""
    rows = group.appointments.filter(organisation=organisation, capacity=Capacity.FOCAL_POINT)
    return in_force(rows, at=at).select_related("person").first()


def who_acts(body: Body, *, at: datetime, kinds: Iterable[str] = ("member",)) -> list[int]:
    """The persons who act for the organisations of a body, by id: focal points and alternates."""
    seats = in_force(body.memberships.filter(kind__in=list(kinds)), at=at).values("organisation")
    return acting_for(seats, body.group_id, at=at)


def who_leads(body: Body, *, at: datetime) -> list[int]:
    """The organisations, by id, that hold an office in a body or in one over it."""
    rows = in_force(OfficeHolding.objects.filter(office__body__group=body.group_id), at=at)
    serving = rows.annotate(serves=SERVES).filter(serves__contains=[body.pk])
    return list(serving.values_list("organisation", flat=True))


def bodies_led(organisations: Iterable[int], groups: Iterable[int], *, at: datetime) -> set[int]:
    """The bodies of groups, by id, over which one of these organisations holds an office; one query."""
    rows = in_force(
        OfficeHolding.objects.filter(
            organisation__in=list(organisations), office__body__group__in=list(groups)
        ),
        at=at,
    )
    return {
        body for served in rows.annotate(serves=SERVES).values_list("serves", flat=True) for body in served
    }


def acting_for(organisations: Iterable[int] | QuerySet, group: Group | int, *, at: datetime) -> list[int]:
    """The persons who act for some organisations in a group, by id: focal points and alternates."""
    administrators = (Capacity.FOCAL_POINT, Capacity.ALTERNATE)
    rows = Appointment.objects.filter(
        group=group, organisation__in=organisations, capacity__in=administrators
    )
    return list(in_force(rows, at=at).order_by("pk").values_list("person", flat=True))


def appointments_of(person: int, *, at: datetime) -> QuerySet[Appointment]:
    """What a person may act as, at an instant, in any group."""
    rows = in_force(Appointment.objects.filter(person=person, group__isnull=False), at=at)
    return rows.select_related("group", "organisation", "person").prefetch_related("organisation__names")


def held(facts: Iterable[DatedFact], group: Group, *, at: datetime) -> Answer:
    """The answer of a set of facts about one thing."""
    return answer([_held(fact, group) for fact in facts], at=at)


def _held(fact: DatedFact, group: Group) -> Held:
    """What is certain within the period.

    A whole day is certain from its first instant to its last; of a month or year only that it began by its last
    day and ended no earlier than its first. 'In 2019' as both ends is the whole year: a chair of that year.
    """
    lower, upper = fact.period.lower, fact.period.upper
    if fact.since_written != fact.until_written:
        if fact.since_written and (since := PartialDate.parse(fact.since_written)).precision != "day":
            lower = max(lower, start_of_day(since.last_day, group.zone))
        if fact.until_written and (until := PartialDate.parse(fact.until_written)).precision != "day":
            upper = min(upper, until.bounds(group.zone)[0])
    return Held(fact.period.lower, fact.period.upper, lower, upper, fact.basis == Basis.ATTESTED)


def _by_organisation(facts: Iterable[Membership]) -> list[list[Membership]]:
    rows: dict[int, list[Membership]] = defaultdict(list)
    for fact in facts:
        rows[fact.organisation_id].append(fact)
    return list(rows.values())


def _kind(rows: list[Membership], at: datetime) -> str:
    return next((row.kind for row in reversed(rows) if at in row.period), rows[-1].kind)


def rights(
    group_ids: Iterable[int], organisations: Iterable[int], *, at: datetime
) -> tuple[QuerySet, QuerySet]:
    """Offices and memberships in force of some organisations in some groups: what an actor's rights come from."""
    among = Q(organisation__in=list(organisations))
    offices = in_force(OfficeHolding.objects.filter(among, office__body__group__in=list(group_ids)), at=at)
    seats = in_force(Membership.objects.filter(among, body__group__in=list(group_ids)), at=at)
    return offices.select_related("office__body").annotate(serves=SERVES), seats.select_related("body")


def facts_of(group: Group, organisation: Organisation) -> tuple[list[Membership], list[OfficeHolding]]:
    """All that was ever known of an organisation in a group, what no longer stands included; two queries.

    Of an office `of_several` says whether another body of the group has one of that kind too.
    """
    seats = Membership.objects.filter(body__group=group, organisation=organisation)
    offices = OfficeHolding.objects.filter(office__body__group=group, organisation=organisation)
    others = Office.objects.filter(kind=OuterRef("office__kind"), body__group=group)
    offices = offices.annotate(of_several=Exists(others.exclude(pk=OuterRef("office"))))
    return list(seats.select_related("body__group")), list(offices.select_related("office__body__group"))


def in_group(group: Group, organisations: Iterable[Organisation]) -> set[int]:
    """Those of some organisations, by id, that ever sat or held an office in a group; one query, none for none."""
    ids = {each.pk for each in organisations}
    if not ids:
        return set()
    seats = Membership.objects.filter(body__group=group, organisation__in=ids)
    offices = OfficeHolding.objects.filter(office__body__group=group, organisation__in=ids)
    named = Q(pk__in=seats.values("organisation")) | Q(pk__in=offices.values("organisation"))
    return set(Organisation.objects.filter(named).values_list("pk", flat=True))


def offices_once_known(group: Group) -> list[OfficeHolding]:
    """Offices held that no longer stand as they were said; one query."""
    rows = OfficeHolding.objects.filter(office__body__group=group, standing=False)
    return list(rows.select_related("office"))
