"""PURE. The format onevoice-record/1: what a record file may say, declared once.

Each class is a row, each annotation says what a field holds; a field with a default may be left out.
The reader, the JSON Schema, the export and docs/record-file.md's table follow from these lines.
Other floors' words (kinds of meetings, parts, capacities …) come from their models, so that they cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, Final

from onevoice.claims.models import Basis, Confidence
from onevoice.decisions.models import FollowUpState, ReviewFound, Visibility
from onevoice.groups.models import Capacity, MembershipKind, OfficeKind
from onevoice.languages.names import CODES
from onevoice.mandates.models import InstrumentKind, free_anchor
from onevoice.meetings.models import MeetingKind, MeetingState, Part
from onevoice.operations.exchange.kinds import (
    Address,
    Choice,
    Day,
    Instant,
    ListOf,
    Number,
    Pattern,
    Ref,
    Slug,
    Text,
    Truth,
    Words,
    Zone,
)
from onevoice.parties.models import OrganisationKind

FORMAT: Final = "onevoice-record/1"

Id = Annotated[str, Slug(120)]
ShortId = Annotated[str, Slug(60)]
Said = Annotated[dict[str, Any] | None, Words(1000)]
Long = Annotated[dict[str, Any] | None, Words(20_000, one_line=False)]
Date = Annotated[str, Day()]
Time = Annotated[datetime | None, Instant()]
Web = Annotated[str, Address()]
Count = Annotated[int | None, Number()]
Yes = Annotated[bool, Truth()]
Colour = Annotated[str, Pattern("#[0-9a-f]{6}", "a colour as #0b4f71")]
Organisation_ = Annotated[str, Ref("organisations", 60)]
State_ = Annotated[str, Ref("states", 60)]
Person_ = Annotated[str, Ref("persons", 80)]
Body_ = Annotated[str, Ref("bodies", 60)]
Mandate_ = Annotated[str, Ref("mandates", 60)]
Mandates_ = Annotated[tuple[str, ...], ListOf(Ref("mandates", 60))]
Meeting_ = Annotated[str, Ref("meetings", 120)]
Decision_ = Annotated[str, Ref("decisions", 80)]
Output_ = Annotated[str, Ref("outputs", 120)]
Appointment_ = Annotated[str, Ref("appointments", 120)]

Confident = Annotated[str, Choice(tuple(Confidence.values))]
Attested = Annotated[str, Choice(tuple(Basis.values))]

Problems = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A page that states the row, or the point of it that is named; `made` where an act gave it as its source."""

    address: Web
    confidence: Confident
    point: Annotated[str, Text(100)] = ""
    note: Said = None


@dataclass(frozen=True, slots=True)
class Group:
    """The group whose record this is. A date alone counts in its zone."""

    id: ShortId
    acronym: Annotated[str, Text(40)]
    names: Said
    zone: Annotated[str, Zone()]
    purpose: Said = None
    functions: Annotated[tuple[dict[str, Any], ...], ListOf(Words(1000))] = ()
    seat: Said = None
    languages: Annotated[tuple[str, ...], ListOf(Choice(CODES))] = ()
    colour: Colour = "#0b4f71"
    colour_on_dark: Colour = "#93c8e6"
    demonstration: Yes = False
    web: Annotated[str, Address(300)] = ""
    proposal_pattern: Annotated[str, Text(60)] = "P/{year}/{number}"
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)


class Dated:
    """What rows with a period share: they hold `since` and `until`, either may be unknown.

    What is the group's own says in `from_instant` and `to_instant` where an act began or ended it inside a day.
    Names and officials at large are shared by groups of several zones: they have whole days.
    """

    __slots__ = ()

    def faults(self) -> Problems:
        row: Any = self
        if row.since and row.until and row.until < row.since[: len(row.until)]:
            return [("until", f"it ends in {row.until}, before it begins in {row.since}")]
        for instant, day in (("from_instant", "since"), ("to_instant", "until")):
            if getattr(row, instant, None) and not getattr(row, day):
                return [(instant, f"the moment of an act stands beside its day, in {day}")]
        if row.basis == Basis.ATTESTED and not (row.since and row.until):
            return [("basis", "an attested fact says at which time, in since and until")]
        return []


@dataclass(frozen=True, slots=True)
class Name(Dated):
    """What an organisation was called over a period."""

    names: Said
    acronyms: Said = None
    id: Annotated[str, Slug(60)] = "name"
    since: Date = ""
    until: Date = ""
    basis: Attested = Basis.STATED.value
    note: Said = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class BecamePartOf:
    """The organisation to which another's work and membership passed."""

    organisation: Organisation_
    when: Date = ""
    note: Said = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A UN entity, other intergovernmental or regional organisation, or partner."""

    id: ShortId
    kind: Annotated[str, Choice(tuple(OrganisationKind.values))]
    names: tuple[Name, ...]
    web: Annotated[str, Address(300)] = ""
    invented: Yes = False
    succeeded_by: BecamePartOf | None = None
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        if not self.names:
            return [("names", "an organisation has a name")]
        ids = [name.id for name in self.names]
        return [("names", "two names have the same id")] if len(set(ids)) < len(ids) else []


@dataclass(frozen=True, slots=True)
class Person:
    """A human being, or (`role_only`) a role of a demonstration."""

    id: Annotated[str, Slug(80)]
    name: Annotated[str, Text(200)]
    role_only: Yes = False
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Appointment(Dated):
    """A person acts for an organisation or State; `in_group` false for an official who only appears in the record."""

    id: Id
    person: Person_
    capacity: Annotated[str, Choice(tuple(Capacity.values))]
    organisation: Organisation_ = ""
    state: State_ = ""
    in_group: Yes = False
    title: Said = None
    honorific: Said = None
    since: Date = ""
    until: Date = ""
    from_instant: Time = None
    to_instant: Time = None
    basis: Attested = Basis.STATED.value
    note: Said = None
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        if bool(self.organisation) == bool(self.state):
            return [("organisation", "an appointment is for an organisation or for a State, one of them")]
        return Dated.faults(self)


@dataclass(frozen=True, slots=True)
class Body:
    """A level or sub-body of the group; `parent` is the body over it."""

    id: ShortId
    names: Said
    parent: Body_ = ""
    established: Date = ""
    note: Said = None
    decision_pattern: Annotated[str, Text(60)] = ""
    quorum: Annotated[str, Pattern("[0-9]{1,4}/[1-9][0-9]{0,3}", "a fraction as 1/2")] = ""
    order: Count = 0
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        top, _, bottom = self.quorum.partition("/")
        return [("quorum", "a quorum is at most the whole")] if self.quorum and int(top) > int(bottom) else []


@dataclass(frozen=True, slots=True)
class Membership(Dated):
    """An organisation in a body, over a period (stated) or at a time (attested)."""

    id: Id
    body: Body_
    organisation: Organisation_
    kind: Annotated[str, Choice(tuple(MembershipKind.values))]
    since: Date = ""
    until: Date = ""
    from_instant: Time = None
    to_instant: Time = None
    basis: Attested = Basis.STATED.value
    decision: Decision_ = ""
    note: Said = None
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Office(Dated):
    """An organisation holds an office of a body over a period; `chosen` is when that was decided, not announced."""

    id: Id
    body: Body_
    kind: Annotated[str, Choice(tuple(OfficeKind.values))]
    organisation: Organisation_
    since: Date = ""
    until: Date = ""
    from_instant: Time = None
    to_instant: Time = None
    basis: Attested = Basis.STATED.value
    chosen: Date = ""
    decision: Decision_ = ""
    note: Said = None
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        if self.chosen[: len(self.since)] > self.since[: len(self.chosen)]:
            return [("chosen", f"it begins in {self.since}, before it was chosen in {self.chosen}")]
        return Dated.faults(self)


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """How many organisations a source counted at a date, and what it counted."""

    id: Id
    when: Date
    count: Annotated[int, Number(2_000_000_000)]
    counted: Said
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of a mandate; `id` is its permanent name where that is not p and its number."""

    number: Annotated[str, Text(20)]
    text: Long
    id: Annotated[str, Slug(60)] = ""


def anchors(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The permanent names of a mandate's paragraphs: p4, p12-bis, or the id given."""
    found: list[str] = []
    for each in paragraphs:
        found.append(each.id or free_anchor(each.number, found))
    return found


def without_own_ids(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The same paragraphs; an id that says what the number says already is left out."""
    found: list[Paragraph] = []
    taken: list[str] = []
    for each in paragraphs:
        by_number = free_anchor(each.number, taken)
        taken.append(each.id or by_number)
        found.append(replace(each, id="") if each.id == by_number else each)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class AnswersParagraph:
    """A paragraph that something answers: its mandate, and its permanent name there, as p21."""

    mandate: Mandate_
    paragraph: Annotated[str, Slug(60)]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A resolution or decision that concerns the group, a draft of one, or a report that one asked for.

    `withdrawn` says why one that was entered by mistake was withdrawn; it stays, and what answered it names it.
    """

    id: ShortId
    organ: Said
    kind: Annotated[str, Choice(tuple(InstrumentKind.values))] = InstrumentKind.MANDATE.value
    symbol: Annotated[str, Text(60)] = ""
    title: Said = None
    when: Date = ""
    session: Count = None
    effect: Said = None
    note: Said = None
    web: Annotated[str, Address(500)] = ""
    leads_to: Mandate_ = ""
    responds_to: Mandates_ = ()
    answers_paragraphs: tuple[AnswersParagraph, ...] = ()
    order: Annotated[int, Number(2_000_000_000)] = 0
    withdrawn: Annotated[str, Text(2000, one_line=False)] = ""
    paragraphs: tuple[Paragraph, ...] = ()
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        numbers = [each.number for each in self.paragraphs]
        found = _once(numbers, "paragraphs", "two paragraphs have the same number")
        return found + _once(anchors(self.paragraphs), "paragraphs", "two paragraphs have the same id")


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph of a report or text; `margin` stands beside it."""

    id: Annotated[str, Slug(20)]
    text: Long
    margin: Said = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda; `parent` is the number of the item over it, which stands before it."""

    number: Annotated[str, Text(20)]
    title: Said
    parent: Annotated[str, Text(20)] = ""
    note: Said = None


@dataclass(frozen=True, slots=True)
class Intervention:
    """A statement from the floor: word for word, or in the record's own words, or both."""

    quotation: Long = None
    summary: Long = None

    def faults(self) -> Problems:
        return (
            [] if self.quotation or self.summary else [("", "an intervention has a quotation or a summary")]
        )


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody's part in a meeting. With an appointment, the organisation or State is that of the appointment."""

    part: Annotated[str, Choice(tuple(Part.values))]
    organisation: Organisation_ = ""
    state: State_ = ""
    other: Said = None
    appointment: Appointment_ = ""
    interventions: tuple[Intervention, ...] = ()

    def faults(self) -> Problems:
        named = [bool(self.organisation), bool(self.state), bool(self.other)]
        return [] if sum(named) == 1 else [("", "one of organisation, state and other took part")]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, briefing, launch or other event; `when` as its source writes it, `starts` where the hour is known."""

    id: Id
    kind: Annotated[str, Choice(tuple(MeetingKind.values))]
    title: Said
    when: Date
    body: Body_ = ""
    until: Date = ""
    starts: Time = None
    ends: Time = None
    zone: Annotated[str, Zone()] = ""
    place: Said = None
    level: Said = None
    ordinal: Count = None
    present: Count = None
    present_of: Count = None
    attendance: Said = None
    subject: Said = None
    lede: Said = None
    outcome: Long = None
    margin_of: Said = None
    series: Said = None
    note: Long = None
    report: tuple[ReportParagraph, ...] = ()
    reports_on: Meeting_ = ""
    answers: Mandates_ = ()
    answers_paragraphs: tuple[AnswersParagraph, ...] = ()
    state: Annotated[str, Choice(tuple(MeetingState.values))] = MeetingState.CONVENED.value
    visibility: Annotated[str, Choice(tuple(Visibility.values))] = Visibility.PUBLIC.value
    agenda: tuple[AgendaItem, ...] = ()
    participations: tuple[Participation, ...] = ()
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        found = _once([item.number for item in self.agenda], "agenda", "two items have the same number")
        found += _once([each.id for each in self.report], "report", "two paragraphs have the same id")
        if self.until and self.until < self.when[: len(self.until)]:
            found.append(("until", f"it ends on {self.until}, before it begins on {self.when}"))
        if self.ends and not (self.starts and self.ends > self.starts):
            found.append(("ends", "it ends after it starts"))
        above: set[str] = set()
        for item in self.agenda:
            if item.parent and item.parent not in above:
                found.append(("agenda", f"the item over {item.number} stands before it"))
            above.add(item.number)
        return found


@dataclass(frozen=True, slots=True)
class Superseded:
    """Said of a decision: that another takes its place from a day on; without one, that none does after all."""

    at: Time
    decision: Decision_ = ""
    since: Date = ""
    why: Annotated[str, Text(2000, one_line=False)] = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """When a decision is to be reviewed next, and, where a review was held, what it found."""

    at: Time
    due: Date = ""
    found: Annotated[str, Choice(tuple(ReviewFound.values))] = ""
    note: Annotated[str, Text(5000, one_line=False)] = ""


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """How a follow-up stands from an instant on: whose it is, until when, and what was said; `by` whom."""

    at: Time
    state: Annotated[str, Choice(tuple(FollowUpState.values))]
    organisation: Organisation_ = ""
    office: Annotated[str, Choice(tuple(OfficeKind.values))] = ""
    due: Date = ""
    said: Annotated[str, Text(5000, one_line=False)] = ""
    by: Organisation_ = ""

    def faults(self) -> Problems:
        one = bool(self.organisation) != bool(self.office)
        return [] if one else [("organisation", "a follow-up belongs to an organisation or to an office")]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done after a decision, with all that was said of it, in order; the last step holds."""

    number: Annotated[int, Number(32767)]
    what: Long
    steps: tuple[FollowUpStep, ...]

    def faults(self) -> Problems:
        return [] if self.steps else [("steps", "a follow-up begins with a step")]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body adopted; of decisions reported only by their number, `count` says how many.

    It holds from its adoption; from `effective`, where that is another instant; not yet, where it `awaits_effect`.
    """

    id: Annotated[str, Slug(80)]
    body: Body_
    title: Said
    adopted: Date
    number: Annotated[str, Text(60)] = ""
    meeting: Meeting_ = ""
    adopted_at: Time = None
    effective: Time = None
    awaits_effect: Yes = False
    how: Annotated[str, Text(20)] = ""
    count: Count = None
    text: tuple[ReportParagraph, ...] = ()
    note: Said = None
    visibility: Annotated[str, Choice(tuple(Visibility.values))] = Visibility.PUBLIC.value
    answers: Mandates_ = ()
    answers_paragraphs: tuple[AnswersParagraph, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        numbers = [str(each.number) for each in self.follow_ups]
        return _once(numbers, "follow_ups", "two follow-ups have the same number")

    @property
    def gives_way_to(self) -> str:
        """The decision in its place, as it was said last."""
        return self.superseded[-1].decision if self.superseded else ""


@dataclass(frozen=True, slots=True)
class Version:
    """A language version of an output, at its address."""

    language: Annotated[str, Choice(CODES)]
    web: Web = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Something the group published; `known_by` is when it was first seen, where no date of its own was found."""

    id: Id
    kind: Annotated[str, Text(40)]
    number: Count = None
    title: Said = None
    subtitle: Said = None
    when: Date = ""
    known_by: Date = ""
    covers: Date = ""
    structure: Said = None
    actions: Count = None
    cleared_by: Body_ = ""
    derived_from: Output_ = ""
    contributors: Annotated[tuple[str, ...], ListOf(Ref("organisations", 60))] = ()
    answers: Mandates_ = ()
    answers_paragraphs: tuple[AnswersParagraph, ...] = ()
    web: Web = ""
    note: Said = None
    visibility: Annotated[str, Choice(tuple(Visibility.values))] = Visibility.PUBLIC.value
    order: Annotated[int, Number(2_000_000_000)] = 0
    versions: tuple[Version, ...] = ()
    sources: tuple[Source, ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    def faults(self) -> Problems:
        return _once([each.language for each in self.versions], "versions", "a language has one version")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one source says about a point."""

    says: Said
    address: Web
    confidence: Confident
    preferred: Yes = False
    note: Said = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point on which sources say something (or disagree): `about` is the group, or section/id. One is preferred."""

    about: Annotated[str, Pattern("group|[a-z]+/[a-z0-9-]{1,160}", "the word group, or a section and an id")]
    point: Annotated[str, Text(100)]
    claims: tuple[Claimed, ...]
    line: int = field(default=0, compare=False, repr=False)

    @property
    def id(self) -> str:
        return f"{self.about} {self.point}"

    def faults(self) -> Problems:
        preferred = sum(each.preferred for each in self.claims)
        return [] if preferred == 1 else [("claims", f"one claim is preferred, not {preferred}")]


def _once(values: list[str], where: str, says: str) -> Problems:
    return [(where, says)] if len(set(values)) < len(values) else []


SECTIONS: Final[dict[str, type]] = {
    "organisations": Organisation,
    "persons": Person,
    "appointments": Appointment,
    "bodies": Body,
    "memberships": Membership,
    "offices": Office,
    "counts": PublishedCount,
    "mandates": Mandate,
    "meetings": Meeting,
    "decisions": Decision,
    "outputs": Output,
    "claims": Point,
}
"""The lists of a file, in the order in which an export writes them and a load needs them."""

GAPS: Final = ListOf(Words(1000))


@dataclass(frozen=True, slots=True)
class Record:
    """A whole file: the group, its rows by section and id, and what is known not to be in it."""

    group: Group
    sections: dict[str, dict[str, Any]]
    gaps: tuple[dict[str, Any], ...] = ()

    def rows(self) -> int:
        return 1 + sum(len(rows) for rows in self.sections.values())
