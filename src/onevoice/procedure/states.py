"""Where a procedure can stand, what can become of an event, and what an outcome says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .clock import Length
from .events import Text, Vote
from .instants import Announced
from .rules import Verb
from .voices import Tally


class State(StrEnum):
    """Where a procedure stands."""

    NOT_STARTED = "not started"
    OPEN = "open"
    RUNNING = "running"
    HELD_UP = "held up"
    WAITING = "waiting"
    DEFERRED = "deferred"
    TO_A_VOTE = "to a vote"
    VOTING = "voting"
    WITH_THE_CHAIR = "with the chair"
    NEXT_LEVEL = "at the next level"
    TO_A_MEETING = "to a meeting"
    AD_REFERENDUM = "adopted ad referendum"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    WITHDRAWN = "withdrawn"


class Judgement(StrEnum):
    """What an event counts for."""

    COUNTED = "counted"
    LATE = "late"
    WITHOUT_EFFECT = "without effect"


class Why(StrEnum):
    """Why an event is without effect."""

    STATE = "state"
    ROLE = "role"
    KIND = "kind"
    VALIDITY = "validity"
    CONSULTATION = "consultation"
    AGREEMENT = "agreement"
    LANGUAGES = "languages"
    LENGTH = "length"
    CALENDAR = "calendar"
    TOO_SHORT = "too short"
    DAY_OFF = "day off"
    DATE = "date"
    NOT_ON_THE_ROSTER = "not on the roster"
    LEFT = "left"
    NOT_A_DECIDER = "not a decider"
    NOT_IN_THE_BASIS = "not in the basis"
    CAPACITY = "capacity"
    FORM = "form"
    OBJECTION = "objection"
    NO_WITHDRAWAL = "no withdrawal"
    LIMIT = "limit"
    NO_REVISION = "no revision"
    NO_CORRECTION = "no correction"
    POSITION = "position"
    EARLY = "early"
    REASONS = "reasons"
    VERDICT = "verdict"
    SUSTAINED = "sustained"
    NEW_INFORMATION = "new information"


class Cause(StrEnum):
    """Why a text was not adopted, where no objection is the reason."""

    QUORUM = "quorum"
    SUPPORT = "support"
    BALLOT = "ballot"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an event: for what it counts, and why it has no effect."""

    judgement: Judgement
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that stands: whose it is, whether it saw another text, what it owes until when."""

    objection: str
    members: frozenset[str]
    paragraphs: tuple[str, ...]
    stale: bool
    owes: frozenset[str]
    owed_until: datetime | None
    set_aside: bool
    sustained: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of state, at the instant at which it took effect."""

    at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds. `end` is the clock's; `decided_at` when the text was adopted or not; `effective` since when.

    `pending`: second clocks that run; `unmet`: members whose conditions the present text does not fulfil.
    """

    state: State
    end: Announced | None
    decided_at: datetime | None
    effective: datetime | None
    verb: Verb | None
    cause: Cause | None
    round: int
    since: Announced | None
    length: Length | None
    text: Text | None
    blocked: bool
    standing: tuple[Standing, ...]
    answered: frozenset[str]
    pending: Mapping[str, Announced]
    conditions: Mapping[str, Mapping[str, str]]
    unmet: frozenset[str]
    votes: Mapping[str, Vote]
    unreached: frozenset[str]
    entitled: frozenset[str]
    took_part: frozenset[str]
    tally: Tally | None
    dissent: bool
    announced: datetime | None
    met: datetime | None
    reopened: datetime | None
    due: Announced | None
    next_end: Announced | None
    judged: Mapping[str, Judged]
    turns: tuple[Turn, ...]

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED


FINAL = frozenset({State.ADOPTED, State.NOT_ADOPTED, State.WITHDRAWN})
DECIDED = frozenset({State.ADOPTED, State.AD_REFERENDUM, State.NOT_ADOPTED})
