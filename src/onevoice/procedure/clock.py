"""When a clock ends, and why: each day that was counted or skipped.

1. Hours are elapsed time: 72 hours are 72 hours, whatever the clocks on the wall do meanwhile.
2. Days end at the same time of day by the wall clock of the announced zone, so many days later.
3. Working days run only while the duty station's calendar has a working day: from Friday 10:00, one working day
   ends on Monday 10:00; from Saturday, with Monday whole, at the end of Monday.
4. A closing time (17:00) moves the end to the next such time. Where the rule forbids that a clock ends on a day
   off, the end moves to the end of the next working day (or its closing time), as time limits do elsewhere.
A clock is never shorter than its length: a wall time that does not exist is taken after the gap, one that is
repeated is the later of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from .calendars import Calendar, CalendarAbsent, DayOff, Status
from .instants import Announced, instants_of, latest

ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = 3660  # days: ten years; a longer clock is a slip of the pen


class Unit(StrEnum):
    """In what a clock's length is given."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Length:
    """How long a clock runs; at least one unit."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        days = self.number / 24 if self.unit is Unit.HOURS else self.number
        if self.number < 1 or days > LONGEST:
            raise ValueError(f"A clock runs from one to {LONGEST} days: {self.number} {self.unit}.")


class Reckoned(StrEnum):
    """What became of a day."""

    START = "start"  # the clock starts in it; its rest counts towards the last day
    COUNTED = "counted"
    OFF = "off"  # nobody works: skipped
    PASSED = "passed"  # a closing time or a day off moves the end beyond it


@dataclass(frozen=True, slots=True)
class Day:
    """One day between start and end: what became of it, the how manieth it is, and why nobody works on it."""

    day: date
    reckoned: Reckoned
    number: int | None = None
    off: DayOff | None = None
    provisional: bool = False


class Note(StrEnum):
    """What a reader should know about an end."""

    DAY_OFF = "ends on a day off"
    AFTER_GAP = "the time of day does not exist on that day"
    LATER_OF_TWO = "the time of day comes twice on that day"
    PROVISIONAL = "the calendar is provisional"


@dataclass(frozen=True, slots=True)
class Clock:
    """From when to when, the days between, and what to know about it."""

    start: Announced
    end: Announced
    length: Length
    days: tuple[Day, ...]
    notes: frozenset[Note]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule says of its clock besides the length: closing time, and whether it may end on a day off."""

    closing: time | None = None
    may_end_on_day_off: bool = True


def deadline(
    start: Announced, length: Length, *, calendar: Calendar | None = None, terms: Terms = Terms()
) -> Clock:
    """The clock that starts at an instant. Working days and days off need a calendar (ValueError without one).

    Raises calendars.CalendarAbsent where the calendar has no whole list for a year that the clock reaches.
    """
    _has_its_calendar(length, calendar, terms)
    return _Reckoning(start, length, calendar, terms).clock()


def days_until(start: Announced, end: Announced, calendar: Calendar | None) -> tuple[Day, ...]:
    """The days of a clock whose end was given as an instant: each counts, days off too; the calendar names those."""
    return tuple(_Reckoning(start, Length(1, Unit.DAYS), calendar, Terms())._days(end, end))


def end(
    start: Announced, length: Length, *, calendar: Calendar | None = None, terms: Terms = Terms()
) -> Announced:
    """When that clock ends, without its days; raises what `deadline` raises."""
    _has_its_calendar(length, calendar, terms)
    return _Reckoning(start, length, calendar, terms).end()


def moved_off(end: Announced, calendar: Calendar) -> Announced:
    """The end itself, or, where it lies on a day off, the end of the next working day. Raises CalendarAbsent."""
    last = last_day(end)
    if calendar.off(last) is None:
        return end
    while calendar.off(last) is not None:
        last += ONE_DAY
    return latest(datetime.combine(last + ONE_DAY, time()), end.zone)


def last_day(end: Announced) -> date:
    """The day that an end belongs to: midnight ends the day before it."""
    midnight = end.at == latest(datetime.combine(end.day, time()), end.zone).at
    return end.day - ONE_DAY if midnight else end.day


def _has_its_calendar(length: Length, calendar: Calendar | None, terms: Terms) -> None:
    if calendar is None and (length.unit is Unit.WORKING_DAYS or not terms.may_end_on_day_off):
        raise ValueError("A clock of working days, or one that may not end on a day off, needs a calendar.")


@dataclass(slots=True)
class _Reckoning:
    """The work on one clock. `wall` is the end by the wall clock, None while hours alone decide it."""

    start: Announced
    length: Length
    calendar: Calendar | None
    terms: Terms

    def end(self) -> Announced:
        return self._in_order(self._plain())

    def clock(self) -> Clock:
        plain = self._plain()
        end = self._in_order(plain)
        days = tuple(self._days(plain, end))
        return Clock(self.start, end, self.length, days, frozenset(self._notes(end, days)))

    def _plain(self) -> Announced:
        """The end by the length alone."""
        match self.length.unit:
            case Unit.HOURS:
                return replace(self.start, at=self.start.at + timedelta(hours=self.length.number))
            case Unit.DAYS:
                return self._at(self.start.day + self.length.number * ONE_DAY, self._wall)
            case Unit.WORKING_DAYS:
                last = self._last_working_day()
                whole = self._from_midnight or not self._works(self.start.day)
                return self._at(last + ONE_DAY, time()) if whole else self._at(last, self._wall)

    def _last_working_day(self) -> date:
        """The n-th working day; that of the start is the first of them only when the clock runs the whole of it."""
        day = self.start.day - ONE_DAY if self._from_midnight else self.start.day
        for _ in range(self.length.number):
            day = self._next_working(day + ONE_DAY)
        return day

    @property
    def _from_midnight(self) -> bool:
        return self.start.at == self._at(self.start.day, time()).at

    def _in_order(self, plain: Announced) -> Announced:
        """Not before the closing time, and not on a day off where the rule forbids it."""
        end = plain
        if self.terms.closing is not None:
            day = end.day
            while not self._may_close(closed := self._at(day, self.terms.closing), plain):
                day += ONE_DAY
            return closed
        last = self._last_day(end)
        if self._may_end(last):
            return end
        return self._at(self._next_working(last) + ONE_DAY, time())

    def _may_close(self, closed: Announced, plain: Announced) -> bool:
        return closed.at >= plain.at and self._may_end(self._last_day(closed))

    def _may_end(self, day: date) -> bool:
        if self.length.unit is Unit.WORKING_DAYS or not self.terms.may_end_on_day_off:
            return self._works(day)
        return True

    def _days(self, plain: Announced, end: Announced) -> list[Day]:
        counts, number, days = self.length.unit is not Unit.HOURS, 0, []
        last, plain_last = self._last_day(end), self._last_day(plain)
        day = self.start.day
        while day <= last:
            off, provisional = self._said(day)
            if day == self.start.day and not self._from_midnight:
                reckoned = Reckoned.START
            elif off is not None and self.length.unit is Unit.WORKING_DAYS:
                reckoned = Reckoned.OFF
            elif day > plain_last:
                reckoned = Reckoned.PASSED
            else:
                reckoned, number = Reckoned.COUNTED, number + 1
            numbered = number if counts and reckoned is Reckoned.COUNTED else None
            days.append(Day(day, reckoned, numbered, off, provisional))
            day += ONE_DAY
        return days

    def _notes(self, end: Announced, days: tuple[Day, ...]) -> list[Note]:
        notes = []
        if days[-1].off is not None:
            notes.append(Note.DAY_OFF)
        if any(day.provisional for day in days):
            notes.append(Note.PROVISIONAL)
        meant = self.terms.closing or self._wall
        if self.length.unit is not Unit.HOURS or self.terms.closing:
            there = len(instants_of(datetime.combine(end.day, meant), end.zone))
            if there == 0:
                notes.append(Note.AFTER_GAP)
            elif there == 2 and end.local.time() == meant:
                notes.append(Note.LATER_OF_TWO)
        return notes

    @property
    def _wall(self) -> time:
        return self.start.local.time()

    def _at(self, day: date, wall: time) -> Announced:
        return latest(datetime.combine(day, wall), self.start.zone)

    def _last_day(self, end: Announced) -> date:
        return max(last_day(end), self.start.day)

    def _works(self, day: date) -> bool:
        return self.calendar is None or self.calendar.off(day) is None

    def _next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self._works(day):
            day += ONE_DAY
        return day

    def _said(self, day: date) -> tuple[DayOff | None, bool]:
        """What the calendar says of a day, and whether provisionally; nothing where the clock does not need it."""
        if self.calendar is None:
            return None, False
        try:
            return self.calendar.off(day), self.calendar.status(day) is Status.PROVISIONAL
        except CalendarAbsent:
            if self.length.unit is Unit.WORKING_DAYS or not self.terms.may_end_on_day_off:
                raise
            return None, False
