"""A body's rules of procedure as values: the 38 parameters that groups' rules differ in, none of them code.

A value is what the rule says, NONE where the rule says that there is none, or UNSET where its source is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, time
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, Final

from .clock import Length


class Silent(Enum):
    """The source says nothing, or says that there is nothing."""

    UNSET = "unset"
    NONE = "none"

    def __repr__(self) -> str:
        return self.name


UNSET: Final = Silent.UNSET
NONE: Final = Silent.NONE


class Status(StrEnum):
    """Where a rule comes from."""

    FOUND = "found"  # a body's own, as its sources have it
    PROPOSAL = "proposal"  # nobody's rule yet
    ADOPTED = "adopted"  # adopted by the group that uses it


class Mode(StrEnum):
    """How a body decides."""

    MEETING = "consensus in meeting"
    SILENCE = "silence"
    CHAIR = "chair judges"
    BALLOT = "ballot"
    TACIT = "tacit acceptance"


class Role(StrEnum):
    """Who may start, ask, extend or reopen."""

    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    MEMBER = "member"
    OBSERVER = "observer"
    EDITOR = "editor"


class Class(StrEnum):
    """Classes of membership."""

    MEMBER = "member"
    OBSERVER = "observer"
    PARTNER = "partner"


class Basis(StrEnum):
    """Whose voices are reckoned with."""

    ALL = "all"
    PRESENT = "present"
    REGISTERED = "registered"
    ACTIVE = "active"


class Unit(StrEnum):
    """What one voice is."""

    ORGANISATION = "organisation"
    PERSON = "person"


class Weight(StrEnum):
    """What a voice weighs where a threshold counts."""

    ONE = "one"
    GIVEN = "given"  # tonnage or shares: the roster says how much each


class Capacity(StrEnum):
    """In which capacity a person may speak for an organisation."""

    PRINCIPAL = "principal"
    FOCAL_POINT = "focal point"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"


class Edge(StrEnum):
    """What an act at the very instant of the end is."""

    LATE = "late"
    IN_TIME = "in time"


class Form(StrEnum):
    """How an objection is made."""

    WRITTEN = "written"
    LETTER = "letter"
    SPOKEN = "spoken"
    BALLOT = "negative vote"


class Joint(StrEnum):
    """Whether one may object for several."""

    ON_THE_WORD_OF_ONE = "on the word of one"
    CONFIRMED_BY_EACH = "confirmed by each"


class Seen(StrEnum):
    """Who sees whose objection it is."""

    MEMBERS = "members"
    CHAIR = "chair"
    AFTER_THE_CLOSE = "members after the close"
    PUBLIC = "public"


class Judged(StrEnum):
    """An objection whose weight is not a number."""

    SUSTAINED = "sustained"
    JUDGED = "judged"


class Of(StrEnum):
    """Of what a share is taken."""

    MEMBERS = "members"
    WEIGHT = "weight"
    CAST = "cast"
    PRESENT = "present"


class Effect(StrEnum):
    """What an objection that blocks does."""

    FAIL = "fails"
    SUSPEND = "suspends"
    REOPEN = "reopens named paragraphs"
    MEETING = "goes to a meeting"
    VOTE = "goes to a vote"
    ESCALATE = "goes to the next level"
    DEFER = "defers, then a vote"
    ADDRESS = "must be addressed"


class Restart(StrEnum):
    """The clock after a new text."""

    FULL = "full"
    SHORT = "short"


class After(StrEnum):
    """What follows when rounds are used up."""

    MEETING = "meeting"
    ESCALATE = "next level"
    FAIL = "not adopted"


class Correction(StrEnum):
    """What becomes of the clock when a typing error is corrected."""

    NOTICE = "with notice"
    RESTART = "restart"


class Resumes(StrEnum):
    """The clock after the last objection is withdrawn."""

    RESUMES = "resumes"
    RESTARTS = "restarts"


class Position(StrEnum):
    """What a member may state without blocking."""

    RESERVATION = "reservation"
    STATEMENT = "interpretative statement"
    EXPLANATION = "explanation of position"
    DISSOCIATION = "dissociation"
    CONCERN = "concern"
    NOT_ENDORSING = "not joining the endorsers"
    NO_LOGO = "no logo"


class Meaning(StrEnum):
    """What silence means."""

    CONSENT = "consent"
    ABSTENTION = "abstention"
    NEITHER = "neither"


class Verb(StrEnum):
    """What became of the text."""

    ADOPTED = "adopted"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    ACCEPTED = "accepted"
    TOOK_NOTE = "took note"


class Moment(StrEnum):
    """From when a decision holds, gets its number, or is published."""

    EXPIRY = "expiry"
    ANNOUNCEMENT = "announcement"
    NEXT_MEETING = "next meeting"
    LATER = "a later date"


class Confirmed(StrEnum):
    """What the next meeting does."""

    ANNOUNCED = "announced"
    NOTE_TAKEN = "note taken"
    JOURNAL = "entered in the journal"


class Override(StrEnum):
    """How an objection may be passed over."""

    MINUS_ONE = "consensus minus one"
    MINUS_TWO = "consensus minus two"
    DISSENT = "chair records dissent"
    VOTE = "vote"
    COUNCIL = "council"


class Told(StrEnum):
    """Who is told of a step."""

    DECIDERS = "deciders"
    COMMENTERS = "commenters"
    OBSERVERS = "observers"
    CHAIR = "chair"
    SILENT = "those who have not acted"


class Kept(StrEnum):
    """What the record of a procedure holds."""

    TEXT = "text and its hash"
    ROSTER = "roster in force"
    DELIVERY = "delivery of notices"
    POSITIONS = "positions"
    TIMELINE = "timeline"


def value(number: int, says: str) -> Any:
    """A field of a rule: the parameter it belongs to (1 to 38), and what it is, for the reference."""
    return field(metadata={"parameter": number, "says": says})


@dataclass(frozen=True, slots=True)
class Scope:
    """To what the rule applies, and while."""

    kinds: tuple[str, ...] | Silent = value(1, "kinds of decision that it may take; none for any")
    excluded: tuple[str, ...] | Silent = value(1, "kinds of decision that it may not take")
    valid_from: date | Silent = value(32, "the rule holds from")
    valid_until: date | Silent = value(32, "the rule holds until")


@dataclass(frozen=True, slots=True)
class Start:
    """Who starts a procedure, and what must be there first."""

    by: tuple[Role, ...] | Silent = value(2, "who may start it")
    at_request_of: tuple[Role, ...] | Silent = value(2, "who may ask for it")
    consulted: str | Silent = value(3, "whom the initiator consults first")
    agreed_in_meeting: bool | Silent = value(4, "whether the group agreed, in a meeting, to use it")
    languages: tuple[str, ...] | Silent = value(13, "languages in which the text must be there")
    complete: bool | Silent = value(13, "whether annexes must be complete")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who decides, who may comment, and whose voice counts how much."""

    deciders: tuple[Class, ...] | Silent = value(5, "who decides")
    commenters: tuple[Class, ...] | Silent = value(5, "who may comment")
    observers: tuple[Class, ...] | Silent = value(5, "who may read")
    unit: Unit | Silent = value(6, "what one voice is")
    weight: Weight | Silent = value(6, "what a voice weighs")
    cap: Fraction | Silent = value(6, "the largest share of one interest")
    basis: Basis | Silent = value(7, "whose voices are reckoned with")
    quorum: int | Fraction | Silent = value(8, "how many must take part")
    active_support: int | Fraction | Silent = value(8, "how many must speak for it")
    levels: tuple[Capacity, ...] | Silent = value(38, "in which capacities one acts for a member")


@dataclass(frozen=True, slots=True)
class Ballot:
    """When a vote carries."""

    for_at_least: Fraction | Silent = value(10, "the least share in favour")
    of: Of | Silent = value(10, "of what that share is taken")
    against_at_most: Fraction | Silent = value(10, "the greatest share against, of votes cast")
    abstentions_count: bool | Silent = value(10, "whether abstentions are votes cast")


@dataclass(frozen=True, slots=True)
class Clock:
    """How long it runs, and when it ends."""

    minimum: Length | Silent = value(11, "the shortest clock")
    calendar: str | Silent = value(12, "whose working days and days off")
    closing: time | Silent = value(12, "the time of day at which it ends")
    ends_on_day_off: bool | Silent = value(12, "whether it may end on a day off")
    edge: Edge | Silent = value(12, "what an act at the instant of the end is")


@dataclass(frozen=True, slots=True)
class Extension:
    """How a running clock is lengthened."""

    by: tuple[Role, ...] | Silent = value(14, "who may extend")
    at_request_of: int | Silent = value(14, "how many members' request obliges to it")
    each: Length | Silent = value(14, "by how much")
    times: int | Silent = value(14, "how often")
    total: Length | Silent = value(14, "the longest clock with all extensions")
    outage_over: Length | Silent = value(14, "for how long nobody may be able to act")
    outage_in_last: Length | Silent = value(14, "in which last part of the clock")
    outage_adds: Length | Silent = value(14, "by how much the clock is then lengthened")


@dataclass(frozen=True, slots=True)
class Objection:
    """How one objects, and what an objection must hold."""

    form: Form | Silent = value(15, "how it is made")
    to: Role | Silent = value(15, "to whom")
    levels: tuple[Capacity, ...] | Silent = value(15, "who may sign it")
    reasons: bool | Silent = value(16, "whether reasons are required")
    paragraphs: bool | Silent = value(16, "whether paragraphs are named")
    wording: bool | Silent = value(16, "whether wording is proposed")
    completed_within: Length | Silent = value(16, "how long what is missing may follow")
    joint: Joint | Silent = value(17, "whether one may object for several")
    seen_by: Seen | Silent = value(19, "who sees whose it is")
    amendment_counts: bool | Silent = value(21, "whether an amendment is an objection")
    withdrawn_until: Moment | Silent = value(23, "until when it may be withdrawn")
    after_withdrawal: Resumes | Silent = value(23, "what the clock does when the last one is withdrawn")


@dataclass(frozen=True, slots=True)
class Blocking:
    """How many objections block, and what that does."""

    threshold: int | Fraction | Judged | Silent = value(18, "how many block")
    of: Of | Silent = value(18, "of what a share is taken")
    effect: Effect | Silent = value(20, "what blocking does")
    deferred_by: Length | Silent = value(20, "by how much it defers")


@dataclass(frozen=True, slots=True)
class Revision:
    """What a new text does to the clock."""

    restart: Restart | Silent = value(22, "how the clock starts again")
    length: Length | Silent = value(22, "the short clock")
    rounds: int | Silent = value(22, "how many new texts")
    then: After | Silent = value(22, "what follows when they are used up")
    correction: Correction | Silent = value(22, "what the correction of a typing error does")


@dataclass(frozen=True, slots=True)
class Positions:
    """What may be stated without blocking, and when."""

    kinds: tuple[Position, ...] | Silent = value(24, "which positions there are")
    before: bool | Silent = value(25, "whether they may be made before adoption")
    after: Length | Silent = value(25, "how long they may be made after adoption")
    attached: bool | Silent = value(25, "whether they are attached to the decision")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What silence means, and what becomes of the text."""

    silence_means: Meaning | Silent = value(26, "what silence means")
    verb: Verb | Silent = value(27, "the word for the outcome")
    without_agreement: Verb | Silent = value(27, "the word where no agreement is reached")
    effective: Moment | Silent = value(28, "from when it holds")
    numbered: Moment | Silent = value(29, "when it gets its number")
    interim_text: bool | Silent = value(29, "whether an unnumbered text is issued first")
    confirmed: Confirmed | Silent = value(31, "what the next meeting does")
    review_after: Length | Silent = value(33, "when it is reviewed")
    ends_after: Length | Silent = value(33, "when it ends")
    override: tuple[Override, ...] | Silent = value(34, "how an objection may be passed over")
    next_level: str | Silent = value(35, "to whom it goes up")
    within: Length | Silent = value(35, "how long the next level has")
    reopened_by: tuple[Role, ...] | Silent = value(37, "who may ask to reopen it")
    new_information: bool | Silent = value(37, "whether that needs new information")


@dataclass(frozen=True, slots=True)
class Notices:
    """Who is told of what, and what a notice that did not arrive does."""

    start: tuple[Told, ...] | Silent = value(30, "who is told of the start")
    reminder: tuple[Told, ...] | Silent = value(30, "who is reminded")
    objection: tuple[Told, ...] | Silent = value(30, "who is told of an objection")
    end: tuple[Told, ...] | Silent = value(30, "who is told of the end")
    undelivered_counts: bool | Silent = value(30, "whether the silence of one who was not reached counts")
    record: tuple[Kept, ...] | Silent = value(36, "what the record holds")


@dataclass(frozen=True, slots=True)
class Rules:
    """One body's rules for one way of deciding."""

    key: str
    title: str
    status: Status
    sources: Mapping[str, str]
    mode: Mode = field(metadata={"parameter": 9, "says": "how the body decides"})
    scope: Scope
    start: Start
    voice: Voice
    ballot: Ballot | Silent
    clock: Clock
    extension: Extension
    objection: Objection
    blocking: Blocking
    revision: Revision
    positions: Positions
    outcome: Outcome
    notices: Notices


SECTIONS: Final[Mapping[str, type[Any]]] = {
    "scope": Scope, "start": Start, "voice": Voice, "ballot": Ballot, "clock": Clock, "extension": Extension,
    "objection": Objection, "blocking": Blocking, "revision": Revision, "positions": Positions,
    "outcome": Outcome, "notices": Notices,
}  # fmt: skip
PARAMETERS: Final = 38


def parameters() -> dict[int, list[tuple[str, Field[Any]]]]:
    """Each parameter with the fields that express it, as (section, field)."""
    found: dict[int, list[tuple[str, Field[Any]]]] = {number: [] for number in range(1, PARAMETERS + 1)}
    found[9].append(("", next(one for one in fields(Rules) if one.name == "mode")))
    for section, kind in SECTIONS.items():
        for one in fields(kind):
            found[one.metadata["parameter"]].append((section, one))
    return found
