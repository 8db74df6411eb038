"""How groups, their members and offices look as data: for pages, exports and feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from onevoice.claims.asof import Answer
from onevoice.enact.actor import Viewer
from onevoice.languages.collation import in_order
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.templatetags.look import plain as text
from onevoice.parties.models import Organisation, Succession

from . import known, standing, visible
from .days import Asked
from .history import Changes, History
from .models import Body, Group, OfficeHolding, OfficeKind, PublishedCount
from .sources import Behind, Sources

Words = Mapping[str, Any]
NOT_SEEN = (Answer.NOT_KNOWN, Answer.BETWEEN)  # what gives way to that it became part of another
IN_OFFICE = (Answer.HOLDS, Answer.ATTESTED, Answer.PERHAPS)


def member_address(group: Group, organisation: Organisation) -> str:
    """The page of an organisation in a group."""
    return reverse("groups:member", args=[group.slug, organisation.slug])


@dataclass(frozen=True)
class MemberRow:
    """An organisation in a body or in several, and how surely on the day asked about.

    `bodies` are those in which it is as sure as `answer` says, where the list is of several bodies.
    """

    organisation: Organisation
    acronym: Words
    name: Words
    kind: str
    answer: Answer
    bodies: list[Words]
    how: list[str]
    notes: list[Words]
    since: str
    offices: list[str]
    before: list[Organisation]
    after: Succession | None
    has_passed: bool  # whether it had become part of that one by the day
    after_has_page: bool
    after_address: str
    sources: Sources
    address: str

    @property
    def is_there(self) -> bool:
        return self.answer is not Answer.NO and not (self.has_passed and self.answer in NOT_SEEN)


def member_rows(
    viewer: Viewer,
    members: Sequence[standing.Member],
    officers: Sequence[standing.Officer],
    asked: Asked,
    cited: Behind,
) -> list[MemberRow]:
    """Organisations that were ever known in these bodies, by acronym in the order of the reader's language."""
    several = len({seat.body for member in members for seat in member.seats}) > 1
    offices = _offices_by_organisation(officers)
    before, after = _successions(viewer, [member.organisation for member in members], asked)
    there = {one.organisation for one in (*members, *officers)}
    rows = [
        MemberRow(
            organisation=member.organisation,
            acronym=member.organisation.acronym(at=asked.at),
            name=member.organisation.words(at=asked.at),
            kind=member.organisation.kind,
            answer=member.answer,
            bodies=_bodies(member) if several else [],
            how=[line for seat in member.seats for line in _how(seat, several, asked)],
            notes=[fact.note for fact in member.facts if fact.note],
            since=min(fact.since_written for fact in member.facts),
            offices=[
                known.office_held(kind, fact, now=asked.now)
                for kind, fact in offices[member.organisation.pk]
                if fact.period.lower is None or fact.period.lower <= asked.at
            ],
            before=before[member.organisation.pk],
            after=(became := after.get(member.organisation.pk)),
            has_passed=became is not None and asked.has_passed(became),
            after_has_page=became is not None and became.successor in there,
            after_address=member_address(asked.group, became.successor) if became else "",
            sources=cited.of(*member.facts),
            address=member_address(asked.group, member.organisation),
        )
        for member in members
    ]
    code = active_language().code
    return in_order(rows, lambda row: plain(row.acronym, code), code)


def _bodies(member: standing.Member) -> list[Words]:
    """Where it is, as surely as the answer says; none where it is in none or that is not known."""
    if member.answer is Answer.NO or member.answer in NOT_SEEN:
        return []
    return [seat.body.names for seat in member.seats if seat.answer is member.answer]


def _how(seat: standing.Seat, several: bool, asked: Asked) -> list[str]:
    body = plain(seat.body.names, active_language().code) if several else ""
    return known.memberships(seat.facts, now=asked.now, body=body)


def _offices_by_organisation(
    officers: Iterable[standing.Officer],
) -> Mapping[int, list[tuple[str, OfficeHolding]]]:
    """The offices that each organisation held, the latest first."""
    held: dict[int, list[tuple[str, OfficeHolding]]] = defaultdict(list)
    for officer in officers:
        held[officer.organisation.pk] += [(officer.office, fact) for fact in officer.facts]
    for facts in held.values():
        facts.sort(key=lambda pair: (pair[0] == OfficeKind.COORDINATOR, pair[1].since_written), reverse=True)
    return held


def _successions(
    viewer: Viewer, organisations: Sequence[Organisation], asked: Asked
) -> tuple[Mapping[int, list[Organisation]], dict[int, Succession]]:
    """What came before, and after, each organisation among these."""
    before: dict[int, list[Organisation]] = defaultdict(list)
    after: dict[int, Succession] = {}
    among = {organisation.pk for organisation in organisations}
    rows = visible.successions_ever(viewer).filter(Q(successor__in=among) | Q(predecessor__in=among))
    for row in standing.known(rows, known_on=asked.known_on):
        before[row.successor_id].append(row.predecessor)
        after[row.predecessor_id] = row
    return before, after


# --- offices, year by year -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bar:
    """Who held an office over neighbouring years; nobody known where `organisations` is empty."""

    years: range
    organisations: tuple[Organisation, ...]

    @property
    def span(self) -> int:
        return len(self.years)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office over the years."""

    label: Any
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class OfficesByYear:
    """The chart that is a table: years across, offices down."""

    years: list[int]
    year: int  # of the day asked about
    lines: list[OfficeLine]


def offices_by_year(officers: Sequence[standing.Officer], asked: Asked) -> OfficesByYear | None:
    """None where no office was ever held; an office that still runs goes to the year asked about or this one."""
    year = asked.shown_day.first_day.year
    last = max(year, asked.today.first_day.year)
    held: dict[str, dict[int, dict[int, Organisation]]] = defaultdict(lambda: defaultdict(dict))
    for officer in officers:
        for fact in officer.facts:
            for each in known.years_of(fact, last=last):
                held[officer.office][each].setdefault(officer.organisation.pk, officer.organisation)
    if not held:
        return None
    years = list(range(min(min(by_year) for by_year in held.values()), last + 1))
    order = [kind for kind in OfficeKind.values if kind in held]
    return OfficesByYear(
        years, year, [OfficeLine(known.OFFICES[kind], _bars(held[kind], years)) for kind in order]
    )


def _bars(held: Mapping[int, Mapping[int, Organisation]], years: list[int]) -> tuple[Bar, ...]:
    """Neighbouring years with the same holders, as one bar."""
    bars: list[Bar] = []
    for year in years:
        holders = tuple(_by_acronym(held.get(year, {}).values()))
        if bars and bars[-1].organisations == holders:
            bars[-1] = Bar(range(bars[-1].years.start, year + 1), holders)
        else:
            bars.append(Bar(range(year, year + 1), holders))
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class InOffice:
    """An office on the day asked about, with those that hold it."""

    office: str
    label: Any
    organisations: tuple[Organisation, ...]
    period: str = ""  # as written, where it says a year or a month and not the day


def in_office(officers: Iterable[standing.Officer], asked: Asked) -> list[InOffice]:
    """Who holds which office on that day, in the order of offices."""
    held: dict[str, dict[int, Organisation]] = defaultdict(dict)
    periods: dict[str, str] = {}
    for officer in officers:
        if officer.answer in IN_OFFICE:
            held[officer.office][officer.organisation.pk] = officer.organisation
        if officer.answer is Answer.PERHAPS:
            covering = next(fact for fact in officer.facts if asked.at in fact.period)
            periods[officer.office] = known.holding(covering)
    return [
        InOffice(
            office=kind,
            label=known.office_label(kind, len(held[kind])),
            organisations=tuple(_by_acronym(held[kind].values())),
            period=periods.get(kind, ""),
        )
        for kind in OfficeKind.values
        if kind in held
    ]


def leaders(officers: Sequence[standing.Officer], asked: Asked) -> list[InOffice]:
    """Who leads the group: offices held on that day, else the last chairs that are known, with their year."""
    held = in_office(officers, asked)
    chairs = {OfficeKind.CHAIR, OfficeKind.CO_CHAIR}
    if chairs.isdisjoint(office.office for office in held):
        held += _last_chairs(officers, chairs, asked)
    return held


def _last_chairs(
    officers: Iterable[standing.Officer], chairs: Collection[str], asked: Asked
) -> list[InOffice]:
    facts = [(o.office, o.organisation, fact) for o in officers if o.office in chairs for fact in o.facts]
    facts = [each for each in facts if each[2].until_written and asked.begun(each[2].since_written)]
    if not facts:
        return []
    kind, _, last = max(facts, key=lambda each: each[2].until_written)
    holders = [each[1] for each in facts if each[0] == kind and each[2].until_written == last.until_written]
    return [
        InOffice(
            kind, known.office_label(kind, len(holders)), tuple(_by_acronym(holders)), known.holding(last)
        )
    ]


def _by_acronym(organisations: Iterable[Organisation]) -> list[Organisation]:
    code = active_language().code
    return in_order(organisations, lambda each: plain(each.acronym(), code), code)


# --- counts --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CountRow:
    """How many organisations a source counted, and what it counted."""

    when: str
    count: int
    counted: Words
    sources: Sources
    before: Changes


def count_rows(counts: Iterable[PublishedCount], cited: Behind, past: History) -> list[CountRow]:
    """The size of the group as published, the earliest first."""
    return [CountRow(c.when_written, c.count, c.counted, cited.of(c), past.of(c)) for c in counts]


# --- bodies --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Branch:
    """A body with those under it."""

    body: Body
    bodies: list[Branch]


def tree(bodies: Iterable[Body]) -> list[Branch]:
    """The bodies of a group as a tree, in their order."""
    under: dict[int | None, list[Body]] = defaultdict(list)
    for body in bodies:
        under[body.parent_id].append(body)
    return _branches(None, under)


def _branches(parent: int | None, under: Mapping[int | None, list[Body]]) -> list[Branch]:
    return [Branch(body, _branches(body.pk, under)) for body in under.get(parent, [])]


# --- schema.org ----------------------------------------------------------------------------------------------
def organisation_ld(
    organisation: Organisation, *, address: str, group: Group | None = None
) -> dict[str, Any]:
    """An organisation as schema.org has it; its names in the languages that were found."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address,
        "url": organisation.web or address,
        "name": text(organisation.words()),
        "alternateName": text(organisation.acronym()),
    }
    if group is not None:
        name = text(group.names)
        found["memberOf"] = {"@type": "Organization", "name": name, "alternateName": group.acronym}
    return found


def group_ld(group: Group, *, address: str) -> dict[str, Any]:
    """A group as schema.org has it."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address,
        "url": address,
        "name": text(group.names),
        "alternateName": group.acronym,
    }
    if group.purpose:
        found["description"] = text(group.purpose)
    if group.seat:
        found["location"] = {"@type": "Place", "name": text(group.seat)}
    if group.web:
        found["sameAs"] = group.web
    return found
