"""What happens in a procedure. Each event has a key of its own and the instant at which it was received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from .clock import Length
from .instants import Announced
from .rules import Basis, Capacity, Class, Form, Override, Position, Role


class Vote(StrEnum):
    """What a member says in a ballot."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Verdict(StrEnum):
    """What the chair finds, or a meeting or the next level decides."""

    CONSENSUS = "consensus"
    DISSENT = "dissent"
    NO_CONSENSUS = "no consensus"
    SET_ASIDE = "set aside"
    SUSTAINED = "sustained"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"


class Leaving(StrEnum):
    """How a member ceases to be one."""

    WITHDREW = "withdrew"
    SUSPENDED = "suspended"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its hash, and its paragraphs by name, which conditions are checked against."""

    hash: str
    paragraphs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """A member on the roster at the start: class, weight, and what it is besides (registered, active, present)."""

    name: str
    membership: Class = Class.MEMBER
    weight: int = 1
    marks: frozenset[Basis] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: its key, and when it was received, in UTC."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Event):
    """The proposal is put under its procedure. Its zone is the one in which ends are announced and reckoned."""

    announced: Announced
    by: Role
    kind: str
    text: Text
    length: Length | None = None
    until: Announced | None = None
    languages: frozenset[str] = frozenset()
    complete: bool = False
    consulted: bool = False
    agreed: bool = False
    effective: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(Event):
    """A member's notice arrived."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached(Event):
    """A member's notice could not be delivered."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Event):
    """Who is in the room from now on."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """An act of a member, and in which capacity it was made."""

    member: str
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Said):
    """A member objects, perhaps for others too. `text` is the hash that it saw.

    `came`: when the message came, of an objection that somebody else entered in the member's name.
    """

    form: Form | None = None
    speaks_for: tuple[str, ...] = ()
    reasons: str = ""
    paragraphs: tuple[str, ...] = ()
    wording: str = ""
    text: str | None = None
    came: Announced | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(Objected):
    """A member offers other wording: an objection or not, by the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Said):
    """A member makes another's objection its own."""

    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Said):
    """What an objection still owed."""

    objection: str
    reasons: str = ""
    paragraphs: tuple[str, ...] = ()
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrew(Said):
    """A member takes its objection back."""

    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck(Said):
    """A member strikes an objection that was entered in its name: it is not its own."""

    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Said):
    """A member asks for more time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """The clock is lengthened."""

    by: Role
    until: Announced | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised(Event):
    """A new text takes the place of the present one."""

    by: Role
    text: Text
    until: Announced | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """A typing error is put right."""

    by: Role
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Said):
    """A position that does not block: of the whole, or of some paragraphs."""

    position: Position
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdReferendum(Said):
    """A member agrees, subject to confirmation until an instant: its second clock."""

    until: Announced


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Said):
    """Its headquarters agrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Said):
    """Its headquarters does not agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Said):
    """A member agrees if these paragraphs read so in the end; without any, it takes its condition back."""

    paragraphs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported(Said):
    """A member speaks for the proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpened(Event):
    """A ballot is opened, until an instant."""

    by: Role
    until: Announced


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Said):
    """A member votes; its last vote counts."""

    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Put(Event):
    """The chair puts the text to the meeting."""

    by: Role
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Event):
    """The chair judges, with reasons: the whole, or one objection."""

    by: Role
    verdict: Verdict
    reasons: str = ""
    objection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """It goes to the next level."""

    by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Event):
    """A meeting, or the next level, decided."""

    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent(Event):
    """Members who could not be reached are reported absent: their silence is not counted."""

    by: Role
    members: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """A member is one no longer; merged into another, its voice passes on."""

    member: str
    how: Leaving
    into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted(Event):
    """A member is admitted; one who comes after the start is not entitled."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack(Event):
    """The proposal is withdrawn."""

    by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeAnnounced(Event):
    """The outcome is announced."""

    by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Event):
    """The next meeting was held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """Somebody asks to take the matter up again: a role, or a member."""

    by: Role | None = None
    member: str | None = None
    new_information: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage(Event):
    """Nobody could act from an instant until another; no end while it lasts."""

    since: datetime
    until: datetime | None = None


KINDS: Final[Mapping[str, type[Event]]] = {
    "started": Started, "reached": Reached, "unreached": Unreached, "present": Present, "objected": Objected,
    "amended": Amended, "joined": Joined, "completed": Completed, "withdrew": Withdrew, "struck": Struck,
    "asked": Asked, "extended": Extended, "revised": Revised, "corrected": Corrected, "stated": Stated,
    "ad referendum": AdReferendum, "confirmed": Confirmed, "refused": Refused, "conditional": Conditional,
    "supported": Supported, "ballot": BallotOpened, "voted": Voted, "put": Put, "judged": Judged,
    "escalated": Escalated, "settled": Settled, "absent": Absent, "left": Left, "admitted": Admitted,
    "taken back": TakenBack, "announced": OutcomeAnnounced, "met": Met, "reopened": Reopened, "outage": Outage,
}  # fmt: skip
