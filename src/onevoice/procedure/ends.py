"""When the clocks of one procedure end: its rule's terms, its calendar, and what an outage adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from . import clock
from .calendars import Calendar, CalendarAbsent
from .clock import Length, Terms, Unit
from .events import Outage
from .instants import Announced
from .rules import Edge, Rules, Silent


class NoCalendar(ValueError):
    """An end needs working days that no calendar of the procedure lists."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Reckons ends for one procedure. `now` is the instant that is asked for: an outage lasts until then."""

    rules: Rules
    calendar: Calendar | None
    outages: tuple[Outage, ...]
    now: datetime

    def reckoned(self, start: Announced, length: Length) -> Announced:
        """The end of silence or of a ballot, with the closing time. Raises NoCalendar."""
        return self._end(start, length, Terms(self._closing, self._any_day))

    def explained(self, start: Announced, length: Length) -> clock.Clock | None:
        """How that end is reckoned, day by day; None where no calendar reaches it."""
        try:
            return clock.deadline(
                start, length, calendar=self.calendar, terms=Terms(self._closing, self._any_day)
            )
        except (CalendarAbsent, ValueError):
            return None

    def whole(self, start: Announced, length: Length) -> Announced:
        """The same where nobody can be told that no calendar reaches: every day is worked then."""
        try:
            return self.reckoned(start, length)
        except NoCalendar:
            return clock.end(start, _every_day(length), terms=Terms(self._closing))

    def second(self, start: Announced, length: Length) -> Announced:
        """The end of a clock beside it, which nobody asked for: where no calendar reaches, every day is worked."""
        try:
            return self._end(start, length, Terms(None, self._any_day))
        except NoCalendar:
            return clock.end(start, _every_day(length))

    def resumed(self, end: Announced) -> Announced:
        """An end that was put off while the clock stood still."""
        if self._any_day or self.calendar is None:
            return end
        try:
            return clock.moved_off(end, self.calendar)
        except CalendarAbsent:
            return end

    def on_day_off(self, end: Announced) -> bool:
        """Whether the rule forbids that an end lies there. Raises NoCalendar."""
        if self._any_day:
            return False
        if self.calendar is None:
            raise NoCalendar
        try:
            return self.calendar.off(clock.last_day(end)) is not None
        except CalendarAbsent as error:
            raise NoCalendar from error

    def after_outages(self, end: Announced) -> Announced:
        """The end, moved while outages cover more of its last hours than the rule allows."""
        extension = self.rules.extension
        over, last, adds = extension.outage_over, extension.outage_in_last, extension.outage_adds
        if (
            not self.outages
            or isinstance(over, Silent)
            or isinstance(last, Silent)
            or isinstance(adds, Silent)
        ):
            return end
        since = end.at - _elapsed(last)
        while self._down(since, end.at) > _elapsed(over):
            since, end = end.at, self.whole(end, adds)
            since = max(since, end.at - _elapsed(last))
        return end

    def over(self, end: datetime, at: datetime) -> bool:
        """Whether an act at that instant comes after the end."""
        return at > end if self.rules.clock.edge is Edge.IN_TIME else at >= end

    def _down(self, since: datetime, until: datetime) -> timedelta:
        spans = ((max(one.since, since), min(one.until or self.now, until)) for one in self.outages)
        return _together(sorted(span for span in spans if span[0] < span[1]))

    @property
    def _closing(self) -> time | None:
        closing = self.rules.clock.closing
        return None if isinstance(closing, Silent) else closing

    @property
    def _any_day(self) -> bool:
        return self.rules.clock.ends_on_day_off is not False

    def _end(self, start: Announced, length: Length, terms: Terms) -> Announced:
        try:
            return clock.end(start, length, calendar=self.calendar, terms=terms)
        except (CalendarAbsent, ValueError) as error:
            raise NoCalendar from error


def later(start: Announced, by: timedelta) -> Announced:
    """So much later, in the same zone."""
    return replace(start, at=start.at + by)


def _every_day(length: Length) -> Length:
    """Working days where every day is worked."""
    return Length(length.number, Unit.DAYS) if length.unit is Unit.WORKING_DAYS else length


def _elapsed(length: Length) -> timedelta:
    return timedelta(hours=length.number) if length.unit is Unit.HOURS else timedelta(days=length.number)


def _together(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long spans, sorted by their beginnings, last together; what overlaps counts once."""
    total, reached = timedelta(0), None
    for since, until in spans:
        begins = since if reached is None else max(since, reached)
        if until > begins:
            total, reached = total + (until - begins), until
    return total
