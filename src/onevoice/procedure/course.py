"""The course of one procedure: its clock, its decision, and what its members said, as events are played through it.

1. What ends before an event takes effect before it (`reach`).
2. Then the event is judged and, if it counts, changes the course (`moves`).
3. What ends up to the instant asked for takes effect; what holds then is the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from .clock import Length
from .ends import Ends, later
from .events import Started, Text, Vote
from .instants import Announced
from .rules import NONE, Basis, Effect, Judged, Meaning, Mode, Resumes, Rules
from .rules import After as Then
from .states import Cause, State, Turn
from .voices import Tally, Voices

SILENT_MODES: Final = (Mode.SILENCE, Mode.TACIT)
_HOLDS: Final = (Effect.SUSPEND, Effect.REOPEN)
_LEADS_TO: Final = {
    Effect.FAIL: State.NOT_ADOPTED, Effect.MEETING: State.TO_A_MEETING, Effect.VOTE: State.TO_A_VOTE,
    Effect.ESCALATE: State.NEXT_LEVEL, Effect.ADDRESS: State.WITH_THE_CHAIR, Effect.DEFER: State.DEFERRED,
    Then.MEETING: State.TO_A_MEETING, Then.ESCALATE: State.NEXT_LEVEL, Then.FAIL: State.NOT_ADOPTED,
}  # fmt: skip


@dataclass(slots=True)
class Objecting:
    """An objection while it stands. `voices` says of each member whether it speaks for itself."""

    key: str
    maker: str
    voices: dict[str, bool]
    paragraphs: tuple[str, ...] = ()
    stale: bool = False
    owes: frozenset[str] = frozenset()
    owed_until: datetime | None = None
    set_aside: bool = False
    sustained: bool = False
    entered: bool = False


@dataclass(slots=True)
class Round:
    """What was said about one text, and its clock."""

    start: Announced
    hashes: set[str]
    length: Length | None = None
    elapsed: timedelta = timedelta(0)
    objections: dict[str, Objecting] = field(default_factory=dict)
    conditions: dict[str, dict[str, str]] = field(default_factory=dict)
    second: dict[str, Announced] = field(default_factory=dict)
    answers: dict[str, datetime] = field(default_factory=dict)
    support: set[str] = field(default_factory=set)
    asking: set[str] = field(default_factory=set)
    extensions: int = 0
    took_part: set[str] = field(default_factory=set)
    notices: dict[str, bool] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)

    def lasts(self, end: Announced, length: Length | None) -> None:
        """Its whole length, for a clock that restarts: as it was given, or as long as its first end was off."""
        self.length, self.elapsed = length, end.at - self.start.at


@dataclass(slots=True)
class Course:
    """A procedure under way. `end` is the end of silence or ballot, `due` that of deferral or next level."""

    rules: Rules
    ends: Ends
    voices: Voices
    state: State = State.NOT_STARTED
    started: Started | None = None
    text: Text | None = None
    end: Announced | None = None
    length: Length | None = None
    elapsed: timedelta = timedelta(0)
    due: Announced | None = None
    left_over: timedelta | None = None
    held_by_decision: bool = False
    waiting: dict[str, Announced | None] = field(default_factory=dict)
    texts: int = 0
    round: Round = field(init=False)
    answered: set[str] = field(default_factory=set)
    votes: dict[str, Vote] = field(default_factory=dict)
    tally: Tally | None = None
    cause: Cause | None = None
    dissent: bool = False
    decided_at: datetime | None = None
    announced: datetime | None = None
    met: datetime | None = None
    reopened: datetime | None = None
    turns: list[Turn] = field(default_factory=list)

    # What ends by itself

    def reach(self, at: datetime) -> None:
        """Let every end before an act at this instant take effect, earliest first."""
        while (next_end := self.next_end()) is not None and self.ends.over(next_end.at, at):
            self._ends(next_end)

    def next_end(self) -> Announced | None:
        """What ends next by itself, if nothing else happens."""
        match self.state:
            case State.RUNNING | State.VOTING:
                return self.end
            case State.DEFERRED:
                return self.due
            case State.WAITING:
                own = list(self.waiting.values())
                reached = [one for one in own if one is not None]
                return max(reached, key=lambda one: one.at) if len(reached) == len(own) else None
            case State.AD_REFERENDUM:
                return min(self.open_second().values(), key=lambda one: one.at)
            case _:
                return None

    def _ends(self, end: Announced) -> None:
        match self.state:
            case State.RUNNING | State.WAITING:
                self.waiting = {}
                self.decide(end.at, excused=self.state is State.WAITING)
            case State.VOTING:
                self._count(end.at)
            case State.DEFERRED:
                self.due = None
                if self.blocked(deciding=True):
                    self.turn(State.TO_A_VOTE, end.at)
                else:
                    self.decide(end.at)
            case _:
                for name, until in self.open_second().items():
                    if until.at == end.at:
                        self.round.answers[name] = end.at
                self.settled_if_answered(end.at)

    def state_at(self, at: datetime) -> State:
        """Where it stood for an act of an earlier instant."""
        past = [turn.state for turn in self.turns if self.ends.over(turn.at, at)]
        return past[-1] if past else State.NOT_STARTED

    # Deciding

    def decide(self, at: datetime, *, excused: bool = False, pass_over: int = 0) -> None:
        """It comes to a decision. `excused`: nobody is waited for; `pass_over`: so many may be passed over."""
        objecting, blocked = self.objecting(deciding=True), self.blocked(deciding=True)
        passed_over = blocked and 0 < len(objecting) <= pass_over
        if not self.voices.enough(len(self.taking_part()), self.rules.voice.quorum):
            self._fail(at, Cause.QUORUM)
        elif blocked and not passed_over:
            self._block(at, decision=True)
        elif self.rules.outcome.silence_means is Meaning.NEITHER or (self.is_judged and objecting):
            self.turn(State.WITH_THE_CHAIR, at)
        elif not excused and (waited_for := self.unreached()):
            self.waiting = dict.fromkeys(waited_for)
            self.turn(State.WAITING, at)
        elif not self.voices.enough(
            len(self.round.support & self.voices.entitled), self.rules.voice.active_support
        ):
            self._fail(at, Cause.SUPPORT)
        else:
            self.dissent = self.dissent or passed_over
            self.adopt(at)

    def adopt(self, at: datetime) -> None:
        """Adopted; ad referendum while a second clock runs."""
        self.decided_at = at
        for name, until in self.open_second().items():
            if self.ends.over(until.at, at):
                self.round.answers[name] = until.at
        self.turn(State.AD_REFERENDUM if self.open_second() else State.ADOPTED, at)

    def fail(self, at: datetime) -> None:
        """Not adopted."""
        self.decided_at = at
        self.turn(State.NOT_ADOPTED, at)

    def _fail(self, at: datetime, cause: Cause) -> None:
        self.cause = cause
        self.fail(at)

    def _count(self, at: datetime) -> None:
        """The end of a ballot."""
        votes = {name: vote for name, vote in self.votes.items() if name in self.voices.entitled}
        self.tally = self.voices.tally(votes)
        if not self.voices.enough(len(self.taking_part()), self.rules.voice.quorum):
            self._fail(at, Cause.QUORUM)
        elif self.tally.carries:
            self.adopt(at)
        else:
            self._fail(at, Cause.BALLOT)

    def _block(self, at: datetime, *, decision: bool) -> None:
        """What blocking does."""
        effect, revision = self.rules.blocking.effect, self.rules.revision
        if effect not in _HOLDS:
            leads_to = _LEADS_TO[effect] if isinstance(effect, Effect) else State.NOT_ADOPTED
        elif (
            type(revision.rounds) is int and self.texts >= revision.rounds and isinstance(revision.then, Then)
        ):
            leads_to = _LEADS_TO[revision.then]
        else:
            self._hold(at, decision=decision)
            return
        self.leads(leads_to, at)

    def leads(self, state: State, at: datetime) -> None:
        """On to another state, with its clock where it has one."""
        if state is State.NOT_ADOPTED:
            self.fail(at)
            return
        length = {
            State.DEFERRED: self.rules.blocking.deferred_by, State.NEXT_LEVEL: self.rules.outcome.within,
        }.get(state)  # fmt: skip
        self.due = self.ends.second(self.here(at), length) if isinstance(length, Length) else None
        if state is State.DEFERRED and self.due is None:
            state = State.TO_A_VOTE
        self.turn(state, at)

    def _hold(self, at: datetime, *, decision: bool) -> None:
        self.left_over = None if self.end is None else max(self.end.at - at, timedelta(0))
        self.held_by_decision = decision
        self.turn(State.HELD_UP, at)

    def look(self, at: datetime) -> None:
        """Who blocks may have changed: hold up, run on, or let the objection have its effect at once."""
        match self.state:
            case State.HELD_UP if not self.blocked(deciding=self.held_by_decision):
                self._resume(at)
            case State.RUNNING if not self.is_judged and self._at_once and self.blocked():
                self._block(at, decision=False)
            case State.WAITING if not self.is_judged and self.blocked():
                self._block(at, decision=False)
            case State.WAITING:
                taken_out = self.taking_part() | self.round.excused
                self.waiting = {
                    name: end
                    for name, end in self.waiting.items()
                    if name in self.voices.entitled and name not in taken_out
                }
                if not self.waiting:
                    self.decide(at, excused=True)
            case State.AD_REFERENDUM:
                self.settled_if_answered(at)
            case _:
                pass

    @property
    def _at_once(self) -> bool:
        final = self.rules.mode in SILENT_MODES and self.rules.objection.withdrawn_until is NONE
        return self.rules.blocking.effect in _HOLDS or final

    def _resume(self, at: datetime) -> None:
        if self.left_over is None:
            self.turn(State.OPEN, at)
        else:
            end = later(self.here(at), self.left_over)
            if self.rules.objection.after_withdrawal is Resumes.RESTARTS:
                end = self.whole(self.here(at))
            self.runs_until(self.ends.resumed(end))
            self.turn(State.RUNNING, at)

    def whole(self, start: Announced) -> Announced:
        """The end of the round's whole length, begun again. Where no calendar reaches, every day is worked."""
        length = self.round.length
        return later(start, self.round.elapsed) if length is None else self.ends.whole(start, length)

    def runs_until(self, end: Announced) -> None:
        self.end, self.left_over = self.ends.after_outages(end), None

    def settled_if_answered(self, at: datetime) -> None:
        """Adopted for good once the last second clock is over or answered."""
        if not self.open_second():
            self.turn(State.ADOPTED, at)

    # What was said

    @property
    def is_judged(self) -> bool:
        return isinstance(self.rules.blocking.threshold, Judged)

    def objecting(self, *, deciding: bool = False) -> frozenset[str]:
        """Members whose objections stand, and at a decision those whose conditions the text does not fulfil."""
        standing = (one.voices for one in self.round.objections.values() if not one.set_aside)
        found = {name for voices in standing for name in voices}
        return frozenset(found | self.unmet()) if deciding else frozenset(found)

    def unmet(self) -> frozenset[str]:
        """Members whose conditions the text does not fulfil."""
        paragraphs = self.text.paragraphs if self.text else {}
        return frozenset(
            name
            for name, wanted in self.round.conditions.items()
            if any(paragraphs.get(key) != words for key, words in wanted.items())
        )

    def blocked(self, *, deciding: bool = False) -> bool:
        if self.state is State.NOT_STARTED:
            return False
        sustained = any(one.sustained and not one.set_aside for one in self.round.objections.values())
        return self.voices.block(
            self.objecting(deciding=deciding), sustained=sustained, took_part=len(self.taking_part())
        )

    def taking_part(self) -> frozenset[str]:
        """Entitled members who acted on this text, or are in the room where that counts."""
        there = self.voices.present if self.rules.voice.basis is Basis.PRESENT else frozenset()
        return frozenset(there | self.round.took_part) & self.voices.entitled

    def unreached(self) -> frozenset[str]:
        """Whose silence does not count, for no notice reached them and they have not acted."""
        rules = self.rules
        matters = rules.mode in SILENT_MODES and rules.outcome.silence_means is Meaning.CONSENT
        if not matters or rules.notices.undelivered_counts is not False or self.state is State.NOT_STARTED:
            return frozenset()
        missed = frozenset(name for name, arrived in self.round.notices.items() if not arrived)
        return (missed & self.voices.entitled) - self.taking_part() - self.round.excused

    def open_second(self) -> dict[str, Announced]:
        """Second clocks that are not answered."""
        if self.state is State.NOT_STARTED:
            return {}
        return {name: end for name, end in self.round.second.items() if name not in self.round.answers}

    # Bookkeeping

    def here(self, at: datetime) -> Announced:
        """An instant in the zone in which the procedure was announced."""
        assert self.started is not None
        return Announced(at, self.started.announced.zone)

    def turn(self, state: State, at: datetime) -> None:
        self.state = state
        if state is not State.NEXT_LEVEL and state is not State.DEFERRED:
            self.due = None
        self.turns.append(Turn(at, state))
