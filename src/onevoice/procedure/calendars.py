"""Which days a duty station works: a group's own data, each year official (with its source), provisional or absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from .toml import Document, parsed

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WARNED_BEFORE: Final = timedelta(days=60)
_FOLDER: Final = files("onevoice.procedure") / "calendars"
CALENDAR_KEYS: Final = {"name", "place", "zone", "weekend", "years"}
YEAR_KEYS: Final = {"status", "source", "note", "holidays"}


class Status(StrEnum):
    """How a year's list is known."""

    OFFICIAL = "official"  # the duty station's own list, with its source
    PROVISIONAL = "provisional"  # reckoned here: the chair confirms the dates when a procedure starts
    INCOMPLETE = "incomplete"  # some days are sourced, others are missing: nothing can be counted by it


class Why(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class CalendarAbsent(LookupError):
    """The calendar has no list, or no whole one, for a year that a clock would need."""

    def __init__(self, calendar: str, year: int) -> None:
        super().__init__(f"The calendar {calendar} has no whole list of holidays for {year}.")
        self.calendar, self.year = calendar, year


class NoCalendar(LookupError):
    """There is no calendar of this name; `known` are those that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no calendar {name}.")
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True)
class Year:
    """One year's holidays by day, how they are known, and from where."""

    status: Status
    holidays: Mapping[date, str]
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which nobody works there: why, and the holiday's name."""

    why: Why
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a duty station. `weekend` holds weekdays, Monday being 0."""

    name: str
    place: str
    zone: ZoneInfo
    weekend: frozenset[int]
    years: Mapping[int, Year] = field(repr=False)

    def off(self, day: date) -> DayOff | None:
        """Why nobody works on a day; None for a working day. CalendarAbsent for a year without a whole list."""
        year = self._year(day)
        if day.weekday() in self.weekend:
            return DayOff(Why.WEEKEND)
        name = year.holidays.get(day)
        return DayOff(Why.HOLIDAY, name) if name is not None else None

    def is_off(self, day: date) -> bool:
        """Whether nobody is known to work on a day; a year without a whole list says so of no day."""
        try:
            return self.off(day) is not None
        except CalendarAbsent:
            return False

    def status(self, day: date) -> Status:
        return self._year(day).status

    def _year(self, day: date) -> Year:
        year = self.years.get(day.year)
        if year is None or year.status is Status.INCOMPLETE:
            raise CalendarAbsent(self.name, day.year)
        return year

    def ends(self, today: date) -> date | None:
        """The last day up to which every day from today on can be counted; None when today itself cannot."""
        year = today.year
        while year in self.years and self.years[year].status is not Status.INCOMPLETE:
            year += 1
        return date(year - 1, 12, 31) if year > today.year else None

    def runs_out(self, today: date) -> bool:
        """Whether its last day is so near that whoever keeps it is to be told: 60 days or fewer."""
        last = self.ends(today)
        return last is None or last - today <= WARNED_BEFORE


def removed(before: Calendar, after: Calendar, first: date, last: date) -> tuple[date, ...]:
    """The days off between two days, both included, that another calendar would have worked, or no longer lists.

    A clock that runs has used them: a group's calendar keeps them until it is over.
    """
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return tuple(day for day in days if before.is_off(day) and not after.is_off(day))


def known() -> tuple[str, ...]:
    """The names of the calendars that the product ships."""
    return tuple(
        sorted(one.name.removesuffix(".toml") for one in _FOLDER.iterdir() if one.name.endswith(".toml"))
    )


@cache
def shipped(name: str) -> Calendar:
    """A calendar that the product ships, by name; NoCalendar when there is none."""
    return read(text_of(name), f"{name}.toml")


def text_of(name: str) -> str:
    """The file of a calendar that the product ships; NoCalendar when there is none."""
    if name not in known():
        raise NoCalendar(name, known())
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def read(text: str, file: str) -> Calendar:
    """A calendar from its file; toml.Faulty, with file and line, where it is not one."""
    document = parsed(text, file)
    values = document.values
    _only(document, (), values, CALENDAR_KEYS)
    zone = _text(document, "zone")
    if zone not in available_timezones():
        raise document.fault(("zone",), f"There is no time zone {zone!r}.")
    years = values.get("years", {})
    if not isinstance(years, dict):
        raise document.fault(("years",), "'years' is a table of years.")
    return Calendar(
        _text(document, "name"), _text(document, "place"), ZoneInfo(zone), _weekend(document),
        MappingProxyType(dict(_years(document, years))),
    )  # fmt: skip


def _text(document: Document, key: str) -> str:
    value = document.values.get(key)
    if not isinstance(value, str) or not value:
        raise document.fault((key,), f"{key!r} is missing, or is no text.")
    return value


def _weekend(document: Document) -> frozenset[int]:
    days = document.values.get("weekend")
    if not isinstance(days, list) or not all(day in DAYS for day in days) or len(set(days)) > 6:
        raise document.fault(
            ("weekend",), '\'weekend\' is a list of up to six days, such as ["saturday", "sunday"].'
        )
    return frozenset(DAYS.index(day) for day in days)


def _years(document: Document, years: Mapping[str, Any]) -> Iterator[tuple[int, Year]]:
    for number, values in years.items():
        key = ("years", number)
        if not (number.isascii() and number.isdigit() and len(number) == 4) or not isinstance(values, dict):
            raise document.fault(key, f"{number!r} is no year.")
        _only(document, key, values, YEAR_KEYS)
        yield int(number), _year(document, key, values)


def _year(document: Document, key: tuple[str, ...], values: Mapping[str, Any]) -> Year:
    try:
        status = Status(values.get("status", ""))
    except ValueError:
        said = ", ".join(Status)
        raise document.fault((*key, "status"), f"'status' is one of: {said}.") from None
    source, note = values.get("source", ""), values.get("note", "")
    for name, text in (("source", source), ("note", note)):
        if not isinstance(text, str):
            raise document.fault((*key, name), f"{name!r} is text.")
    if status is Status.OFFICIAL and not source:
        raise document.fault(key, "An official list names its source.")
    return Year(status, MappingProxyType(_holidays(document, key, values)), source, note)


def _holidays(document: Document, key: tuple[str, ...], values: Mapping[str, Any]) -> dict[date, str]:
    """Days written as TOML dates, each with its name."""
    given = values.get("holidays", {})
    where = (*key, "holidays")
    if not isinstance(given, dict):
        raise document.fault(where, "'holidays' is a table of days, such as 2026-12-25 = \"Christmas Day\".")
    found: dict[date, str] = {}
    for written, name in given.items():
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise document.fault(
                (*where, written), f"{written!r} is no day; write it as 2026-12-25."
            ) from None
        if str(day.year) != key[-1]:
            raise document.fault((*where, written), f"{written} does not lie in {key[-1]}.")
        if not isinstance(name, str) or not name:
            raise document.fault((*where, written), "A holiday has a name.")
        found[day] = name
    return found


def _only(document: Document, key: tuple[str, ...], values: Mapping[str, Any], allowed: set[str]) -> None:
    for name in values.keys() - allowed:
        raise document.fault(
            (*key, name), f"{name!r} is not known here; there are: {', '.join(sorted(allowed))}."
        )
