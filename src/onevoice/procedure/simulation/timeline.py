"""The timeline of a procedure before it starts: notices, reminders, last moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from onevoice.procedure.clock import Length
from onevoice.procedure.ends import later
from onevoice.procedure.events import Asked, Event, Extended, Stated
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import NONE, Position, Silent, Told

from .supposed import LONG, MICROSECOND, Supposed

MOST_EXTENSIONS: Final = 100


class Kind(StrEnum):
    """What lies on the timeline."""

    START = "start"
    NOTICE = "notice"
    REMINDER = "reminder"
    LAST_EXTENSION = "last extension"
    LAST_OBJECTION = "last objection"
    LAST_VOTE = "last vote"
    END = "end"
    COMPLETION = "completion"
    LAST_POSITION = "last position"
    LATEST_END = "latest end"


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the timeline: what it is, when, and what to know about it, as values."""

    kind: Kind
    at: Announced
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reminders:
    """When those who have not acted are reminded: at half of the clock, and so long before its end."""

    at_half: bool = True
    before_end: tuple[timedelta, ...] = (timedelta(hours=24),)

    def instants(self, start: datetime, end: datetime) -> list[datetime]:
        """When, for a clock from start to end: each strictly between them, in order."""
        found = {end - before for before in self.before_end}
        if self.at_half:
            found.add(start + (end - start) / 2)
        return sorted(at for at in found if start < at < end)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Its steps, found by asking."""

    asked: Supposed
    reminders: Reminders

    def steps(self) -> Iterator[Step]:
        start, begun = self.asked.start, self.asked.start.announced
        yield Step(Kind.START, begun, {"state": self.asked.running.state, "kind": start.kind, "by": start.by})
        yield Step(Kind.NOTICE, begun, self._told(self.asked.rules.notices.start))
        yield from self._reminders()
        yield from self._last_moments()
        yield from self._extensions()
        yield from self._afterwards()

    def _told(self, told: tuple[Told, ...] | Silent) -> Mapping[str, Any]:
        """Whom the rule tells, and which members these are; `told` as the rule leaves it where it is silent."""
        if isinstance(told, Silent):
            return {"told": told, "members": ()}
        voice = self.asked.rules.voice
        found = {
            Told.DECIDERS: self.asked.running.entitled,
            Told.SILENT: self.asked.running.entitled - self.asked.running.took_part,
        }
        for one, classes in ((Told.COMMENTERS, voice.commenters), (Told.OBSERVERS, voice.observers)):
            named = () if isinstance(classes, Silent) else classes
            found[one] = frozenset(member.name for member in self.asked.roster if member.membership in named)
        names = {name for one in told for name in found.get(one, ())}
        return {"told": told, "members": tuple(sorted(names))}

    def _reminders(self) -> Iterator[Step]:
        """By the policy, to those whom the rule reminds: to those who have not acted where it is silent."""
        end, told = self.asked.running.end, self.asked.rules.notices.reminder
        if end is None or told is NONE:
            return
        whom = (Told.SILENT,) if isinstance(told, Silent) else told
        for at in self.reminders.instants(self.asked.start.at, end.at):
            by_rule = {"by_rule": not isinstance(told, Silent), "before_end": end.at - at}
            yield Step(Kind.REMINDER, replace(end, at=at), {**self._told(whom), **by_rule})

    def _last_moments(self) -> Iterator[Step]:
        if self.asked.last_vote is not None:
            yield self._step(Kind.LAST_VOTE, self.asked.last_vote)
        if self.asked.last_objection is not None:
            yield self._step(
                Kind.LAST_OBJECTION, self.asked.last_objection, form=self.asked.rules.objection.form
            )
            objected = self.asked.ask(
                self.asked.objection(self.asked.objectors[0], self.asked.last_objection),
                at=self.asked.last_objection,
            ).standing[0]
            if objected.owes and objected.owed_until is not None:
                yield self._step(Kind.COMPLETION, objected.owed_until, owes=tuple(sorted(objected.owes)))
        if self.asked.running.end is not None:
            yield Step(Kind.END, self.asked.running.end, {"edge": self.asked.rules.clock.edge})

    def _step(self, kind: Kind, at: datetime, **facts: Any) -> Step:
        return Step(kind, Announced(at, self.asked.start.announced.zone), facts)

    def _extensions(self) -> Iterator[Step]:
        """The last moment for an extension, and the end that all of them together can give."""
        end, extension = self.asked.running.end, self.asked.rules.extension
        if end is None or not self._extended(self.asked.start.at):
            return
        last = self.asked.last(
            lambda at: self._asked_for(at)[-1], *self._asked_for(self.asked.start.at)[:-1],
            since=self.asked.start.at, until=end.at + MICROSECOND,
        )  # fmt: skip
        limited = isinstance(extension.total, Length)
        facts = {"by": extension.by, "at_request_of": extension.at_request_of, "limited": limited}
        if last is not None:
            yield self._step(Kind.LAST_EXTENSION, last, **facts)
        latest, times = self._latest_end(end)
        if latest is not None:
            yield Step(Kind.LATEST_END, latest, {"extensions": times, "limited": limited})

    def _asked_for(self, at: datetime, until: Announced | None = None) -> list[Event]:
        """What extends the clock: the chair's word, or as many members' request as oblige to it."""
        by, needed = self.asked.rules.extension.by, self.asked.rules.extension.at_request_of
        if not isinstance(by, Silent) and by:
            if isinstance(self.asked.rules.extension.each, Silent) and self.asked.running.end:
                until = until or later(self.asked.running.end, MICROSECOND)
            return [Extended(key=self.asked.key(), at=at, by=by[0], until=until)]
        number = 1 if isinstance(needed, Silent) else needed
        return [Asked(key=self.asked.key(), at=at, member=name) for name in self.asked.asking[:number]]

    def _extended(self, at: datetime, *before: Event) -> list[Event]:
        """The events of one more extension; none where the rule allows no more."""
        more = self._asked_for(at)
        now, then = self.asked.ask(*before, at=at), self.asked.ask(*before, *more, at=at)
        return more if now.end and then.end and then.end.at > now.end.at else []

    def _latest_end(self, end: Announced) -> tuple[Announced | None, int]:
        """With the longest extensions; None where nothing limits them."""
        extension, by = self.asked.rules.extension, self.asked.rules.extension.by
        if isinstance(extension.total, Length) and not isinstance(by, Silent):
            until = self.asked.start.at + 2 * LONG
            found = self._last_until(end, until)
            return (None, 0) if found is None else (found, 1)
        free = isinstance(extension.times, Silent) or isinstance(extension.each, Silent)
        if free and isinstance(extension.total, Silent):
            return None, 0
        events: list[Event] = []
        times = 0
        while times < MOST_EXTENSIONS and (more := self._extended(self.asked.start.at, *events)):
            events, times = [*events, *more], times + 1
        return self.asked.ask(*events, at=self.asked.start.at).end, times

    def _last_until(self, end: Announced, high: datetime) -> Announced | None:
        """The latest end to which one extension can put the clock."""
        low = end.at

        def goes(at: datetime) -> bool:
            return self.asked.counts(self._asked_for(self.asked.start.at, replace(end, at=at))[-1])

        if not goes(low + MICROSECOND) or goes(high):
            return None
        while high - low > MICROSECOND:
            middle = low + (high - low) // 2
            low, high = (middle, high) if goes(middle) else (low, middle)
        return replace(end, at=low)

    def _afterwards(self) -> Iterator[Step]:
        """Until when positions may be stated, if nobody objects."""
        found = self.asked.ask(at=self.asked.far)
        decided, kinds = found.decided_at, self.asked.rules.positions.kinds
        if decided is None:
            return
        position = Position.EXPLANATION if isinstance(kinds, Silent) or not kinds else kinds[0]

        def stated(member: str, at: datetime) -> Stated:
            return Stated(key=self.asked.key(), at=at, member=member, position=position)

        whose = sorted(self.asked.running.entitled)
        member = next((one for one in whose if self.asked.counts(stated(one, decided))), None)
        if member is None:
            return
        last = self.asked.last(lambda at: stated(member, at), since=decided, until=decided + LONG)
        if last is not None:
            yield self._step(Kind.LAST_POSITION, last, positions=kinds)
