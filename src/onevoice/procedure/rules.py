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
from .marks import _


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

    kinds: tuple[str, ...] | Silent = value(1, _("kinds of decision that may be taken so"))
    excluded: tuple[str, ...] | Silent = value(1, _("kinds of decision that may not be taken so"))
    valid_from: date | Silent = value(32, _("the rules hold from"))
    valid_until: date | Silent = value(32, _("the rules hold until"))


@dataclass(frozen=True, slots=True)
class Start:
    """Who starts a procedure, and what must be there first."""

    by: tuple[Role, ...] | Silent = value(2, _("who may start a procedure"))
    at_request_of: tuple[Role, ...] | Silent = value(2, _("who may ask for a procedure"))
    consulted: str | Silent = value(3, _("who is consulted before the start"))
    agreed_in_meeting: bool | Silent = value(4, _("whether the group agrees first, in a meeting, to use it"))
    languages: tuple[str, ...] | Silent = value(13, _("languages in which the text must be there"))
    complete: bool | Silent = value(13, _("whether the text must be complete, with its annexes"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Who decides, who may comment, and whose voice counts how much."""

    deciders: tuple[Class, ...] | Silent = value(5, _("who decides"))
    commenters: tuple[Class, ...] | Silent = value(5, _("who may comment"))
    observers: tuple[Class, ...] | Silent = value(5, _("who may read along"))
    unit: Unit | Silent = value(6, _("what one voice is"))
    weight: Weight | Silent = value(6, _("what a voice weighs"))
    cap: Fraction | Silent = value(6, _("the largest share of voices of one interest"))
    basis: Basis | Silent = value(7, _("whose voices are reckoned with"))
    quorum: int | Fraction | Silent = value(8, _("how many must take part"))
    active_support: int | Fraction | Silent = value(8, _("how many must speak for the text"))
    levels: tuple[Capacity, ...] | Silent = value(38, _("in which capacities one acts for a member"))


@dataclass(frozen=True, slots=True)
class Ballot:
    """When a vote carries."""

    for_at_least: Fraction | Silent = value(10, _("the least share in favour"))
    of: Of | Silent = value(10, _("of what the share in favour is taken"))
    against_at_most: Fraction | Silent = value(10, _("the greatest share against, of votes cast"))
    abstentions_count: bool | Silent = value(10, _("whether abstentions are votes cast"))


@dataclass(frozen=True, slots=True)
class Clock:
    """How long it runs, and when it ends."""

    minimum: Length | Silent = value(11, _("the shortest clock"))
    calendar: str | Silent = value(12, _("whose working days and days off"))
    closing: time | Silent = value(12, _("the time of day at which the clock ends"))
    ends_on_day_off: bool | Silent = value(12, _("whether the clock may end on a day off"))
    edge: Edge | Silent = value(12, _("what an act at the very instant of the end is"))


@dataclass(frozen=True, slots=True)
class Extension:
    """How a running clock is lengthened."""

    by: tuple[Role, ...] | Silent = value(14, _("who may extend the clock"))
    at_request_of: int | Silent = value(14, _("how many members’ request obliges to an extension"))
    each: Length | Silent = value(14, _("by how much one extension lengthens the clock"))
    times: int | Silent = value(14, _("how often the clock is extended"))
    total: Length | Silent = value(14, _("the longest clock with all extensions"))
    outage_over: Length | Silent = value(14, _("for how long in all nobody must have been able to act"))
    outage_in_last: Length | Silent = value(14, _("in which last part of the clock an outage counts"))
    outage_adds: Length | Silent = value(14, _("by how much an outage lengthens the clock"))


@dataclass(frozen=True, slots=True)
class Objection:
    """How one objects, and what an objection must hold."""

    form: Form | Silent = value(15, _("how an objection is made"))
    to: Role | Silent = value(15, _("to whom an objection goes"))
    levels: tuple[Capacity, ...] | Silent = value(15, _("who may sign an objection"))
    reasons: bool | Silent = value(16, _("whether an objection needs reasons"))
    paragraphs: bool | Silent = value(16, _("whether an objection names paragraphs"))
    wording: bool | Silent = value(16, _("whether an objection proposes wording"))
    completed_within: Length | Silent = value(16, _("how long what is missing may follow"))
    joint: Joint | Silent = value(17, _("whether one member may object for several"))
    seen_by: Seen | Silent = value(19, _("who sees whose objection it is"))
    amendment_counts: bool | Silent = value(21, _("whether other wording is an objection"))
    withdrawn_until: Moment | Silent = value(23, _("until when an objection may be taken back"))
    after_withdrawal: Resumes | Silent = value(23, _("what the clock does when the last objection is taken back"))


@dataclass(frozen=True, slots=True)
class Blocking:
    """How many objections block, and what that does."""

    threshold: int | Fraction | Judged | Silent = value(18, _("how many objections block"))
    of: Of | Silent = value(18, _("of what a share of objections is taken"))
    effect: Effect | Silent = value(20, _("what blocking does"))
    deferred_by: Length | Silent = value(20, _("by how much a decision is put off"))


@dataclass(frozen=True, slots=True)
class Revision:
    """What a new text does to the clock."""

    restart: Restart | Silent = value(22, _("how the clock starts again after a new text"))
    length: Length | Silent = value(22, _("the short clock after a new text"))
    rounds: int | Silent = value(22, _("how many new texts there may be"))
    then: After | Silent = value(22, _("what follows when new texts are used up"))
    correction: Correction | Silent = value(22, _("what correcting a typing error does"))


@dataclass(frozen=True, slots=True)
class Positions:
    """What may be stated without blocking, and when."""

    kinds: tuple[Position, ...] | Silent = value(24, _("which positions there are besides objecting"))
    before: bool | Silent = value(25, _("whether positions may be stated before the decision"))
    after: Length | Silent = value(25, _("how long positions may be stated after the decision"))
    attached: bool | Silent = value(25, _("whether positions are attached to the decision"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What silence means, and what becomes of the text."""

    silence_means: Meaning | Silent = value(26, _("what silence means"))
    verb: Verb | Silent = value(27, _("the word for the outcome"))
    without_agreement: Verb | Silent = value(27, _("the word where no agreement is reached"))
    effective: Moment | Silent = value(28, _("from when a decision holds"))
    numbered: Moment | Silent = value(29, _("when a decision gets its number"))
    interim_text: bool | Silent = value(29, _("whether a text without number is issued first"))
    confirmed: Confirmed | Silent = value(31, _("what the next meeting does with a decision"))
    review_after: Length | Silent = value(33, _("after how long a decision is reviewed"))
    ends_after: Length | Silent = value(33, _("after how long a decision ends"))
    override: tuple[Override, ...] | Silent = value(34, _("how an objection may be passed over"))
    next_level: str | Silent = value(35, _("to whom the matter goes up"))
    within: Length | Silent = value(35, _("how long the next level has"))
    reopened_by: tuple[Role, ...] | Silent = value(37, _("who may ask to reopen a decision"))
    new_information: bool | Silent = value(37, _("whether reopening needs new information"))


@dataclass(frozen=True, slots=True)
class Notices:
    """Who is told of what, and what a notice that did not arrive does."""

    start: tuple[Told, ...] | Silent = value(30, _("who is told of the start"))
    reminder: tuple[Told, ...] | Silent = value(30, _("who is reminded"))
    objection: tuple[Told, ...] | Silent = value(30, _("who is told of an objection"))
    end: tuple[Told, ...] | Silent = value(30, _("who is told of the end"))
    undelivered_counts: bool | Silent = value(30, _("whether the silence of one who was not reached counts"))
    record: tuple[Kept, ...] | Silent = value(36, _("what the record holds"))


@dataclass(frozen=True, slots=True)
class Rules:
    """One body's rules for one way of deciding."""

    key: str
    title: str
    status: Status
    sources: Mapping[str, str]
    mode: Mode = field(metadata={"parameter": 9, "says": _("how the body decides")})
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
