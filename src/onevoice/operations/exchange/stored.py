"""Reads a group out of the database as the rows of a record file: what an export writes and an import compares with.

Facts that an act made have no id of a record file; they get one from what they say, the same every time.
Live work (proposals, objections, replies) is not part of a record file: docs/record-file.md lists what stays behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from onevoice.claims.models import Claim, Supersession
from onevoice.groups import models as groups
from onevoice.meetings import models as meetings
from onevoice.operations.exchange import format as rows
from onevoice.operations.exchange import stored_works as works
from onevoice.operations.exchange.format import SECTIONS, Record
from onevoice.operations.exchange.keys import key_of, parts
from onevoice.operations.exchange.overlaps import allowed
from onevoice.outputs import models as outputs
from onevoice.parties import models as parties

STANDING_SUCCESSIONS = Prefetch("successions", parties.Succession.objects.filter(standing=True))


@dataclass
class Stored:
    """What is there: rows in the file's words, and the database's row of each."""

    group: groups.Group | None
    record: Record
    objects: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    offices: dict[tuple[str, str], int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)


def stored(slug: str, wanted: Record | None = None) -> Stored:
    """The group's own rows, and those of `wanted` (a file's) that other groups may have brought already."""
    group = groups.Group.objects.filter(slug=slug).first()
    return Reader(group, slug, wanted).read()


class Reader:
    """Reads section after section, since later ones speak of earlier ones by id."""

    def __init__(self, group: groups.Group | None, slug: str, wanted: Record | None) -> None:
        self.group, self.slug = group, slug
        self.wanted = wanted.sections if wanted else {name: {} for name in SECTIONS}
        self.found: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
        self.objects: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
        self.ids: dict[str, dict[int, str]] = {name: {} for name in SECTIONS}
        self.states = dict(parties.State.objects.values_list("pk", "slug"))
        self.zone = group.zone if group else ""
        self.stated: dict[str, tuple[rows.Source, ...]] = {}  # who states names and successions, by key

    def read(self) -> Stored:
        self.organisations()
        if self.group:
            self.bodies()
        self.appointments()
        self.persons()
        if self.group:
            self.facts()
            for read in (works.mandates, works.meetings, works.decisions, works.outputs, works.points):
                read(self)
        record = Record(self.the_group(), self.found, tuple(self.group.gaps) if self.group else ())
        return Stored(
            self.group, record, self.objects, self.office_ids(), {s: pk for pk, s in self.states.items()}
        )

    # --- what every section needs --------------------------------------------------------------------------
    def sources(self, keys: Iterable[str]) -> dict[str, tuple[rows.Source, ...]]:
        """Who states each row, by the row's key."""
        found: dict[str, list[rows.Source]] = defaultdict(list)
        for some in parts(list(keys)):
            claims = Claim.objects.filter(
                about__in=some, standing=True, says__isnull=True, source__isnull=False
            )
            for claim in claims.select_related("source").order_by("about", "order", "pk"):
                found[claim.about].append(
                    rows.Source(claim.source.address, claim.confidence, claim.point, claim.note or None)
                )
        return {about: tuple(claims) for about, claims in found.items()}

    def section(
        self,
        name: str,
        objects: Iterable[Any],
        make: Callable[[Any, str, Any], Any],
        ids: Callable[[Any], str],
    ) -> None:
        """Turn objects into rows, each under its id; `make` gets the object, its id and its sources."""
        objects = list(objects)
        keys = {each.pk: key_of(each, self.slug) for each in objects}
        sources = self.sources(keys.values())
        for each in objects:
            id_ = _free(ids(each), self.found[name])
            self.ids[name][each.pk] = id_
            self.objects[name][id_] = each
            self.found[name][id_] = make(each, id_, sources.get(keys[each.pk], ()))

    def id(self, section: str, pk: int | None) -> str:
        return self.ids[section][pk] if pk is not None else ""

    def the_group(self) -> rows.Group:
        group = self.group
        if group is None:
            return rows.Group(self.slug, "", None, "")
        (sources,) = self.sources([key_of(group, self.slug)]).values() or ((),)
        return rows.Group(
            id=group.slug, acronym=group.acronym, names=group.names, zone=group.zone, purpose=group.purpose or None,
            functions=tuple(group.functions), seat=group.seat or None, languages=tuple(group.languages),
            colour=group.colour, colour_on_dark=group.colour_on_dark, demonstration=group.demonstration, web=group.web,
            proposal_pattern=group.proposal_pattern, sources=sources,
        )  # fmt: skip

    def dated(self, fact: Any) -> dict[str, Any]:
        """A fact of the group's own: its dates as written, and its instants where those dates do not say them."""
        lower, upper = allowed(fact.since_written, fact.until_written, self.zone)
        begins, ends = fact.period.lower, fact.period.upper
        return {
            **_dated(fact),
            "from_instant": begins if lower and begins != lower else None,
            "to_instant": ends if upper and ends != upper else None,
        }

    # --- parties ---------------------------------------------------------------------------------------------
    def organisations(self) -> None:
        all_ = parties.Organisation.objects.prefetch_related("names", STANDING_SUCCESSIONS)
        slugs, found = set(self.wanted["organisations"]), {}
        if self.group:
            found = {each.pk: each for each in all_.filter(self.of_the_group()).distinct()}
        for some in parts(sorted(slugs)):
            found |= {each.pk: each for each in all_.filter(slug__in=some)}
        # An organisation that became part of another names it; the other does not name its predecessors.
        while more := self._successors(found):
            found |= {each.pk: each for each in all_.filter(pk__in=more)}
        self.ids["organisations"] = {each.pk: each.slug for each in found.values()}
        self.read_organisations(found.values())

    def read_organisations(self, found: Iterable[Any]) -> None:
        """Each with its names and what it became part of, and who states those."""
        found = list(found)
        parts_of = [
            part for each in found for part in (*each.names.all(), *each.successions.all()) if part.standing
        ]
        self.stated |= self.sources(key_of(part, self.slug) for part in parts_of)
        self.section("organisations", found, self.organisation, lambda each: each.slug)

    def of_the_group(self) -> Q:
        """Organisations that sit in the group, hold its offices, are acted for, took part or contributed."""
        its = self.group
        told_by = (
            groups.Membership.objects.filter(body__group=its, standing=True),
            groups.OfficeHolding.objects.filter(office__body__group=its, standing=True),
            self.its_appointments().filter(organisation__isnull=False),
            meetings.Participation.objects.filter(meeting__group=its, organisation__isnull=False),
            outputs.Output.contributors.through.objects.filter(output__group=its),
        )
        return reduce(or_, (Q(pk__in=rows.values("organisation")) for rows in told_by))

    @staticmethod
    def _successors(found: dict[int, Any]) -> set[int]:
        pairs = parties.Succession.objects.filter(predecessor__in=found, standing=True)
        return set(pairs.values_list("successor_id", flat=True)) - found.keys()

    def organisation(self, each: Any, id_: str, sources: Any) -> rows.Organisation:
        succession = None
        for became in each.successions.all():  # one at most stands
            succession = rows.BecamePartOf(
                self.id("organisations", became.successor_id), became.when_written, became.note or None,
                self.stated.get(key_of(became, self.slug), ()),
            )  # fmt: skip
            self.objects.setdefault("successions", {})[id_] = became
        names: dict[str, rows.Name] = {}
        for name in sorted(
            (name for name in each.names.all() if name.standing),
            key=lambda name: (name.since_written, name.pk),
        ):
            known = _free(
                name.record_id or (f"since-{name.since_written}" if name.since_written else "name"), names
            )
            stated = self.stated.get(key_of(name, self.slug), ())
            names[known] = rows.Name(name.names, name.acronyms or None, known, **_dated(name), sources=stated)
            self.objects.setdefault("names", {})[f"{id_}/{known}"] = name
        return rows.Organisation(
            id_, each.kind, tuple(names.values()), each.web, each.invented, succession, sources
        )

    def its_appointments(self) -> QuerySet[groups.Appointment]:
        """The group's own, and those under which officials appear in its meetings."""
        spoken = {self.stands_now(pk) for pk in self.spoken_under}
        of_group = Q(group=self.group) | Q(group__isnull=True, pk__in=spoken)
        return groups.Appointment.objects.filter(of_group, standing=True)

    @cached_property
    def spoken_under(self) -> set[int]:
        """The appointments, by id, under which somebody took part in a meeting, as they were when it was said."""
        rows = meetings.Participation.objects.filter(meeting__group=self.group, appointment__isnull=False)
        return set(rows.order_by().values_list("appointment", flat=True).distinct()) if self.group else set()

    @cached_property
    def _corrected(self) -> dict[int, int]:
        """What stands in the place of an appointment that was corrected since, step by step."""
        found: dict[int, int] = {}
        due = self.spoken_under
        while due:
            gone = Supersession.objects.filter(
                fact_table=groups.Appointment._meta.db_table, fact_id__in=due, by_fact_id__isnull=False
            )
            more = dict(gone.values_list("fact_id", "by_fact_id"))
            found |= more
            due = set(more.values())
        return found

    def stands_now(self, pk: int) -> int:
        """The appointment that stands in the place of this one."""
        while pk in self._corrected:
            pk = self._corrected[pk]
        return pk

    def appointments(self) -> None:
        found = {each.pk: each for each in self.its_appointments()} if self.group else {}
        for some in parts(sorted(self.wanted["appointments"])):
            at_large = groups.Appointment.objects.filter(
                group__isnull=True, standing=True, record_id__in=some
            )
            found |= {each.pk: each for each in at_large}
        people = {each.person_id for each in found.values()}
        self.ids["persons"] = dict(parties.Person.objects.filter(pk__in=people).values_list("pk", "slug"))
        self.organisations_too({each.organisation_id for each in found.values() if each.organisation_id})
        self.section("appointments", _by_pk(found.values()), self.appointment, self.appointment_id)

    def organisations_too(self, pks: set[int]) -> None:
        if missing := pks - self.ids["organisations"].keys():
            all_ = parties.Organisation.objects.prefetch_related("names", STANDING_SUCCESSIONS)
            more = {each.pk: each for each in all_.filter(pk__in=missing)}
            while after := self._successors(more) - self.ids["organisations"].keys():
                more |= {each.pk: each for each in all_.filter(pk__in=after)}
            self.ids["organisations"] |= {each.pk: each.slug for each in more.values()}
            self.read_organisations(more.values())

    def appointment_id(self, each: Any) -> str:
        for_whom = (
            self.states[each.state_id] if each.state_id else self.id("organisations", each.organisation_id)
        )
        return each.record_id or _said(self.id("persons", each.person_id), for_whom, each.since_written)

    def appointment(self, each: Any, id_: str, sources: Any) -> rows.Appointment:
        return rows.Appointment(
            id=id_, person=self.id("persons", each.person_id), capacity=each.capacity,
            organisation=self.id("organisations", each.organisation_id), state=self.states.get(each.state_id, ""),
            in_group=each.group_id is not None, title=each.title or None, honorific=each.honorific or None,
            **(self.dated(each) if each.group_id else _dated(each)), sources=sources,
        )  # fmt: skip

    def persons(self) -> None:
        found = {each.pk: each for each in parties.Person.objects.filter(pk__in=self.ids["persons"])}
        for some in parts(sorted(self.wanted["persons"])):
            found |= {each.pk: each for each in parties.Person.objects.filter(slug__in=some)}
        self.section(
            "persons", found.values(),
            lambda each, id_, sources: rows.Person(id_, each.name, each.role_only, sources), lambda each: each.slug,
        )  # fmt: skip

    # --- the group -------------------------------------------------------------------------------------------
    def bodies(self) -> None:
        found = list(self.group.bodies.all())  # type: ignore[union-attr]
        self.ids["bodies"] = {each.pk: each.slug for each in found}
        self.section("bodies", found, self.body, lambda each: each.slug)

    def body(self, each: Any, id_: str, sources: Any) -> rows.Body:
        quorum = f"{each.quorum_numerator}/{each.quorum_denominator}" if each.quorum_denominator else ""
        return rows.Body(
            id_, each.names, self.id("bodies", each.parent_id), each.established_written, each.note or None,
            each.decision_pattern, quorum, each.order, sources,
        )  # fmt: skip

    def facts(self) -> None:
        seats = groups.Membership.objects.filter(body__group=self.group, standing=True)
        self.section("memberships", _by_pk(seats), self.membership, self.membership_id)
        holdings = groups.OfficeHolding.objects.filter(office__body__group=self.group, standing=True)
        self.section("offices", _by_pk(holdings.select_related("office")), self.office, self.office_id)
        counts = groups.PublishedCount.objects.filter(group=self.group, standing=True)
        self.section("counts", _by_pk(counts), self.count, lambda each: each.record_id or each.when_written)

    def membership_id(self, each: Any) -> str:
        organisation = self.id("organisations", each.organisation_id)
        return each.record_id or _said(organisation, self.id("bodies", each.body_id), each.since_written)

    def membership(self, each: Any, id_: str, sources: Any) -> rows.Membership:
        return rows.Membership(
            id=id_, body=self.id("bodies", each.body_id), organisation=self.id("organisations", each.organisation_id),
            kind=each.kind, decision=_slug_in(each.decision), **self.dated(each), sources=sources,
        )  # fmt: skip

    def office_id(self, each: Any) -> str:
        organisation = self.id("organisations", each.organisation_id)
        return each.record_id or _said(each.office.kind.replace("_", "-"), organisation, each.since_written)

    def office(self, each: Any, id_: str, sources: Any) -> rows.Office:
        return rows.Office(
            id=id_, body=self.id("bodies", each.office.body_id), kind=each.office.kind,
            organisation=self.id("organisations", each.organisation_id), chosen=each.chosen_written,
            decision=_slug_in(each.decision), **self.dated(each), sources=sources,
        )  # fmt: skip

    def office_ids(self) -> dict[tuple[str, str], int]:
        found = groups.Office.objects.filter(body__group=self.group) if self.group else ()
        return {(self.id("bodies", each.body_id), each.kind): each.pk for each in found}

    def count(self, each: Any, id_: str, sources: Any) -> rows.PublishedCount:
        return rows.PublishedCount(id_, each.when_written, each.count, each.counted, sources)


def _dated(fact: Any) -> dict[str, Any]:
    return {
        "since": fact.since_written,
        "until": fact.until_written,
        "basis": fact.basis,
        "note": fact.note or None,
    }


def _slug_in(key: str) -> str:
    """The decision's own id in its subject key."""
    return key.rpartition("/")[2]


def _said(*words: str) -> str:
    return "-".join(word for word in words if word)[:115]


def _free(wanted: str, taken: dict[str, Any]) -> str:
    """The id, or with -2, -3 … behind it the first that is not taken."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _by_pk(objects: Iterable[Any]) -> list[Any]:
    return sorted(objects, key=lambda each: each.pk)
