"""The day that a reader asks about: `?as-of=` (what held at its end, in the seat's zone, as known now) and
`?known-on=` (as it was known then). A wrong date gives a sentence, and the page as of today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest

from onevoice.claims.asof import Answer
from onevoice.groups import known
from onevoice.groups.models import Group
from onevoice.groups.standing import end_of
from onevoice.languages.bidi import shown
from onevoice.languages.partial import NotADate, PartialDate
from onevoice.look.lists import View
from onevoice.parties.models import Succession


@dataclass(frozen=True)
class Asked:
    """What a page answers for. `now` is a UTC instant; `day` and `known_day` are None for today."""

    group: Group
    now: datetime
    day: PartialDate | None = None
    known_day: PartialDate | None = None
    faults: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """The end of the day asked about, or now."""
        return end_of(self.day.first_day, self.group) if self.day else self.now

    @property
    def known_on(self) -> datetime | None:
        return end_of(self.known_day.first_day, self.group) if self.known_day else None

    @property
    def status(self) -> int:
        """Of the answer: 400 where a date could not be read."""
        return 400 if self.faults else 200

    @property
    def today(self) -> PartialDate:
        """The day it is at the group's seat."""
        return PartialDate.of(self.now.astimezone(self.group.tz).date())

    @property
    def shown_day(self) -> PartialDate:
        """The day that the page answers for."""
        return self.day or self.today

    @property
    def until(self) -> str:
        """For what has a date as written: it had begun by the day asked about if it is no later than this."""
        return str(self.day) if self.day else "9999"

    def begun(self, written: str) -> bool:
        """Whether what has this date as written had begun at the end of the day; what has none is shown."""
        return written <= self.until

    def there(self, written: str, latest: str = "") -> Answer:
        """Whether something was there at the end of the day: perhaps, within the time that its date as written allows.

        `latest` is the last date that it may have, where that is later; without a date it is taken to be there.
        """
        if self.day is None or not written:
            return Answer.HOLDS
        if self.day.first_day < PartialDate.parse(written).first_day:
            return Answer.NO
        surely = self.day.first_day >= PartialDate.parse(latest or written).last_day
        return Answer.HOLDS if surely else Answer.PERHAPS

    def has_passed(self, row: Succession) -> bool:
        """Whether an organisation had become part of another by then; without a date that is known of today alone."""
        if row.when_written:
            return self.begun(row.when_written)
        return self.shown_day.first_day >= self.today.first_day

    @property
    def query(self) -> str:
        """For links that keep the day: '?as-of=2019-06-01', empty for today."""
        return f"?as-of={self.day}" if self.day else ""


def asked(request: HttpRequest, group: Group, *, officers: bool = True) -> Asked:
    """Read both dates from the address; what is wrong with either is said. Without officers there is only the first."""
    faults: list[str] = []
    day = _day(request.GET.get("as-of", ""), faults)
    known_day = _day(request.GET.get("known-on", ""), faults) if officers else None
    return Asked(group, request.standing.now, day, known_day, tuple(faults))  # type: ignore[attr-defined]


def _day(written: str, faults: list[str]) -> PartialDate | None:
    if not written.strip():
        return None
    try:
        day = PartialDate.parse(written)
    except NotADate:
        day = None
    if day is None or day.precision != "day":
        faults.append(str(known.no_such_day).format(written=shown(written[:40])))
        return None
    return day


def say_once(listing: View) -> None:
    """The page says in its own words what is wrong with a day, so the list does not say it too."""
    wrong = [field for field in listing.fields if field.kind == "day" and field.error]
    listing.faults = [fault for fault in listing.faults if fault not in {field.error for field in wrong}]
    listing.fields = [replace(field, value="") if field in wrong else field for field in listing.fields]
