"""How a procedure can end, before it starts: what holds if this or that happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from onevoice.procedure.events import Event, Judged, Put, Revised, Text, Verdict, Vote
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Confirmed, Moment, Role, Silent, Verb
from onevoice.procedure.rules import Judged as ByJudgement
from onevoice.procedure.states import Cause, Judgement, State
from onevoice.procedure.states import Judged as Found

from .supposed import MICROSECOND, Supposed

MOST_ROUNDS: Final = 100


class Hypothesis(StrEnum):
    """What is supposed to happen."""

    NOBODY = "nobody objects"
    LAST_MOMENT = "one objects at the last moment"
    MISSED = "the threshold is just missed"
    MET = "the threshold is just met"
    SUSTAINED = "an objection is found sustained"
    REVISED = "a new text is given once"
    ROUNDS = "an objection follows the last new text"


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ends if this happens. Instants are unset where a meeting or the chair gives them.

    `refused` is what becomes of the last supposed event where it does not count.
    """

    hypothesis: Hypothesis
    state: State
    decided: Announced | None
    effective: Announced | None
    end: Announced | None
    verb: Verb | None
    cause: Cause | None
    holds_from: Moment | Silent
    numbered: Moment | Silent
    confirmed: Confirmed | Silent
    refused: Found | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Endings:
    """What is supposed to happen, and what would then hold, found by asking."""

    asked: Supposed

    def all(self) -> Iterator[Ending]:
        yield self._ending(Hypothesis.NOBODY)
        if self.asked.voters:
            yield from self._ballot()
        if self.asked.objectors:
            last = self._last_moment
            yield self._ending(
                Hypothesis.LAST_MOMENT, self.asked.objection(self.asked.objectors[0], last), objecting=1
            )
            yield from self._threshold(last)
            yield from self._sustained(last)
            yield from self._revised(last)

    @property
    def _last_moment(self) -> datetime:
        """Of an objection; in a meeting, that of the start will do, for what counts is that it comes before."""
        return self.asked.last_objection or self.asked.start.at

    def _ending(self, hypothesis: Hypothesis, *events: Event, **facts: Any) -> Ending:
        """What holds in the end; in a meeting the chair puts it at once."""
        clockless = self.asked.running.end is None
        put = Put(key=self.asked.key(), at=self.asked.start.at, by=Role.CHAIR)
        played = (*events, put) if clockless else events
        found = self.asked.ask(*played, at=self.asked.far)
        refused = found.judged[events[-1].key] if events else None
        if refused is not None and refused.judgement is Judgement.COUNTED:
            refused = None
        words = self.asked.rules.outcome
        return Ending(
            hypothesis, found.state,
            None if clockless else self.asked.here(found.decided_at),
            None if clockless else self.asked.here(found.effective),
            None if clockless else found.end, found.verb, found.cause,
            words.effective, words.numbered, words.confirmed, refused, facts,
        )  # fmt: skip

    def _least(self, many: int, holds: Callable[[int], bool]) -> int | None:
        """The least number up to `many` for which it holds; None when it does not hold for all of them."""
        if not holds(many):
            return None
        low, high = 0, many
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle, high)
        return high

    def _threshold(self, last: datetime) -> Iterator[Ending]:
        """As many objections as just do not block, and one more."""

        def objections(number: int) -> list[Event]:
            return [self.asked.objection(name, last) for name in self.asked.objectors[:number]]

        met = self._least(
            len(self.asked.objectors), lambda n: self.asked.ask(*objections(n), at=last).blocked
        )
        if met is None or met == 1:  # with one it is the ending before; with none, nobody objects
            return
        of = len(self.asked.objectors)
        yield self._ending(Hypothesis.MISSED, *objections(met - 1), objecting=met - 1, of=of)
        yield self._ending(Hypothesis.MET, *objections(met), objecting=met, of=of)

    def _ballot(self) -> Iterator[Ending]:
        """Everybody votes: so many in favour that it just does not carry, and one more."""
        last, many = self.asked.last_vote or self.asked.start.at, len(self.asked.voters)

        def votes(number: int) -> list[Event]:
            split = [Vote.FOR] * number + [Vote.AGAINST] * (many - number)
            return [
                self.asked.vote(name, last, vote) for name, vote in zip(self.asked.voters, split, strict=True)
            ]

        met = self._least(many, lambda n: self.asked.ask(*votes(n), at=self.asked.far).state is State.ADOPTED)
        if met is not None:
            yield self._ending(Hypothesis.MISSED, *votes(met - 1), in_favour=met - 1, of=many)
            yield self._ending(Hypothesis.MET, *votes(met), in_favour=met, of=many)

    def _sustained(self, last: datetime) -> Iterator[Ending]:
        if isinstance(self.asked.rules.blocking.threshold, ByJudgement):
            objection = self.asked.objection(self.asked.objectors[0], last)
            judged = Judged(key=self.asked.key(), at=last, by=Role.CHAIR, verdict=Verdict.SUSTAINED,
                            reasons=Verdict.SUSTAINED, objection=objection.key)  # fmt: skip
            yield self._ending(Hypothesis.SUSTAINED, objection, judged, objecting=1)

    def _revised(self, last: datetime) -> Iterator[Ending]:
        """An objection at the last moment, answered by a new text at once; and that as often as the rule allows."""
        objection = self.asked.objection(self.asked.objectors[0], last)
        once = (objection, self._new_text(last, 1))
        yield self._ending(Hypothesis.REVISED, *once, texts=1)
        rounds = self.asked.rules.revision.rounds
        if (
            isinstance(rounds, Silent)
            or not 0 < rounds <= MOST_ROUNDS
            or not self.asked.counts(once[1], objection)
        ):
            return
        events: list[Event] = list(once)
        for number in range(1, rounds + 1):
            events.append(
                self.asked.objection(self.asked.objectors[0], self._last_of(events), self._hash(number))
            )
            if number < rounds:
                events.append(self._new_text(events[-1].at, number + 1))
        yield self._ending(Hypothesis.ROUNDS, *events, texts=rounds)

    def _hash(self, number: int) -> str:
        return f"{self.asked.start.text.hash}.{number}"

    def _new_text(self, at: datetime, number: int) -> Revised:
        return Revised(key=self.asked.key(), at=at, by=self.asked.start.by, text=Text(self._hash(number)))

    def _last_of(self, events: list[Event]) -> datetime:
        """The last moment for an objection after these events."""
        since = events[-1].at
        end = self.asked.ask(*events, at=since).end
        if end is None:
            return since
        last = self.asked.last(
            lambda at: self.asked.objection(self.asked.objectors[0], at),
            *events,
            since=since,
            until=end.at + MICROSECOND,
        )
        return last or since
