"""Partial dates after EDTF (ISO 8601-2): '2006', '2006-09' or '2006-09-14', kept as written.

1. A date is what its source says, no finer: '2006' is the whole year, never 1 January.
2. It covers the days from `first_day` to `last_day`, both included.
3. In a zone it covers the instants from the first moment of the first day to the first moment after
   the last, half-open; a day begins at the first instant that the zone's clocks show it.
4. Dates are ordered as they are written: '2006' stands before '2006-01'.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

_FORM = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Precision = Literal["year", "month", "day"]


class NotADate(ValueError):
    """What was written is no partial date."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known."""

    written: str

    def __post_init__(self) -> None:
        if not _is_date(self.written):
            raise NotADate(self.written)

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read '2006', '2006-09' or '2006-09-14'; the years 1000 to 9998. Raises NotADate."""
        return cls(written.strip())

    @classmethod
    def of(cls, day: date) -> Self:
        """The partial date that names this one day."""
        return cls(f"{day:%Y-%m-%d}")

    def __str__(self) -> str:
        return self.written

    @property
    def precision(self) -> Precision:
        """How finely it is known."""
        return {4: "year", 7: "month"}.get(len(self.written), "day")  # type: ignore[return-value]

    @property
    def year(self) -> int:
        return int(self.written[:4])

    @property
    def first_day(self) -> date:
        """The first day it may mean."""
        return date.fromisoformat((self.written + "-01-01")[:10])

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        if self.precision == "year":
            return date(self.year, 12, 31)
        if self.precision == "day":
            return self.first_day
        first = self.first_day
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def bounds(self, zone: str | ZoneInfo) -> tuple[datetime, datetime]:
        """First instant, and first instant after, in UTC, of its days in that zone."""
        return start_of_day(self.first_day, zone), start_of_day(self.last_day + timedelta(days=1), zone)

    def covers(self, day: date) -> bool:
        """Whether it may mean this day."""
        return self.first_day <= day <= self.last_day

    def shown(self, language: str) -> str:
        """The date in words: 'September 2006'. A language key or tag, not a zone."""
        from onevoice.languages.times import date_in_words

        return date_in_words(self.first_day, language, self.precision)


def start_of_day(day: date, zone: str | ZoneInfo) -> datetime:
    """The first instant of a day in a zone, in UTC."""
    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    return datetime.combine(day, time(), tzinfo=place).astimezone(UTC)


def end_of_day(day: date, zone: str | ZoneInfo) -> datetime:
    """The first instant after a day in a zone, in UTC: 'as of' a day means just before it."""
    return start_of_day(day + timedelta(days=1), zone)


def _is_date(written: str) -> bool:
    found = _FORM.fullmatch(written)
    if not found or not written.isascii() or found[1] == "9999":
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True
