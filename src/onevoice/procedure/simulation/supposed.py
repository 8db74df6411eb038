"""Questions to `outcome` about one start: what would hold, whose acts would count, until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from onevoice.procedure.calendars import Calendar
from onevoice.procedure.events import Asked, Event, Member, Objected, Started, Vote, Voted
from onevoice.procedure.instants import Announced
from onevoice.procedure.outcome import outcome
from onevoice.procedure.rules import Of, Rules
from onevoice.procedure.states import Judgement, Outcome

MICROSECOND: Final = timedelta(microseconds=1)
LONG: Final = timedelta(days=3700)  # longer than any length that a rule can give


@dataclass
class Supposed:
    """One start, and what is asked about it."""

    rules: Rules
    roster: tuple[Member, ...]
    calendar: Calendar | None
    start: Started
    _keys: int = field(default=0)

    def ask(self, *events: Event, at: datetime) -> Outcome:
        return outcome(self.rules, self.roster, self.calendar, (self.start, *events), at=at)

    def counts(self, event: Event, *before: Event) -> bool:
        found = self.ask(*before, event, at=event.at).judged[event.key]
        return found.judgement is Judgement.COUNTED

    def last(
        self, event: Callable[[datetime], Event], *before: Event, since: datetime, until: datetime
    ) -> datetime | None:
        """The last instant at which an event counts; None where it never does, or always."""
        if not self.counts(event(since), *before) or self.counts(event(until), *before):
            return None
        while until - since > MICROSECOND:
            middle = since + (until - since) // 2
            if self.counts(event(middle), *before):
                since = middle
            else:
                until = middle
        return since

    def key(self) -> str:
        self._keys += 1
        return f"{self.start.key}.{self._keys}"

    def here(self, at: datetime | None) -> Announced | None:
        return None if at is None else Announced(at, self.start.announced.zone)

    # Who and when

    @cached_property
    def running(self) -> Outcome:
        return self.ask(at=self.start.at)

    @property
    def far(self) -> datetime:
        """When all that ends by itself has ended."""
        clocked = self.running.end.at if self.running.end else self.start.at
        return clocked + 20 * LONG

    def objection(self, member: str, at: datetime, text: str | None = None) -> Objected:
        return Objected(key=self.key(), at=at, member=member, text=text or self.start.text.hash)

    def vote(self, member: str, at: datetime, vote: Vote = Vote.FOR) -> Voted:
        return Voted(key=self.key(), at=at, member=member, vote=vote)

    @cached_property
    def objectors(self) -> list[str]:
        """Members whose objections count, the heaviest first where weight blocks."""
        return self._whose(self.objection, heaviest_first=self.rules.blocking.of is Of.WEIGHT)

    @cached_property
    def voters(self) -> list[str]:
        """Members whose votes count, the heaviest first."""
        return self._whose(self.vote, heaviest_first=True)

    def _whose(self, act: Callable[[str, datetime], Event], *, heaviest_first: bool) -> list[str]:
        order = sorted(self.roster, key=lambda one: -one.weight) if heaviest_first else self.roster
        return [one.name for one in order if self.counts(act(one.name, self.start.at))]

    @cached_property
    def last_objection(self) -> datetime | None:
        """To the microsecond; None without a clock."""
        return self._last_act(self.objectors, self.objection)

    @cached_property
    def last_vote(self) -> datetime | None:
        return self._last_act(self.voters, self.vote)

    def _last_act(self, whose: list[str], act: Callable[[str, datetime], Event]) -> datetime | None:
        if not whose or self.running.end is None:
            return None
        until = self.running.end.at + MICROSECOND
        return self.last(lambda at: act(whose[0], at), since=self.start.at, until=until)

    @cached_property
    def asking(self) -> list[str]:
        return self._whose(lambda name, at: Asked(key=self.key(), at=at, member=name), heaviest_first=False)
