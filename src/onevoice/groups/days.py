"""The day that a reader asks about: `?as-of=` (what held at its end, in the seat's zone, as known now) and
`?known-on=` (as it was known then). A wrong date gives a sentence, and the page as of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import HttpRequest

from onevoice.enact.actor import Viewer
from onevoice.groups import known
from onevoice.groups.models import Group
from onevoice.groups.standing import end_of
from onevoice.languages.bidi import shown
from onevoice.languages.partial import NotADate, PartialDate


@dataclass(frozen=True)
class Asked:
    """What a page answers for. `at` is a UTC instant; `day` and `known_day` are empty for today."""

    group: Group
    now: datetime
    day: PartialDate | None = None
    known_day: PartialDate | None = None
    faults: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """The end of the day asked about, or now."""
        return end_of(self.day.last_day, self.group) if self.day else self.now

    @property
    def known_on(self) -> datetime | None:
        return end_of(self.known_day.last_day, self.group) if self.known_day else None

    @property
    def status(self) -> int:
        """Of the answer: 400 where a date could not be read."""
        return 400 if self.faults else 200

    @property
    def today(self) -> date:
        """The day it is at the group's seat."""
        return self.now.astimezone(self.group.tz).date()

    @property
    def field(self) -> str:
        """What the form shows: the day asked about, whole."""
        return self.day.last_day.isoformat() if self.day else ""

    @property
    def known_field(self) -> str:
        return self.known_day.last_day.isoformat() if self.known_day else ""

    @cached_property
    def query(self) -> str:
        """For links that keep the day."""
        parts = [("as-of", self.day), ("known-on", self.known_day)]
        return "&".join(f"{name}={day}" for name, day in parts if day)


def asked(request: HttpRequest, group: Group) -> Asked:
    """Read both dates from the address; each is read for itself, and what is wrong is said once."""
    faults: list[str] = []
    day = _day(request.GET.get("as-of", ""), faults)
    known = _day(request.GET.get("known-on", ""), faults)
    return Asked(group, request.standing.now, day, known, tuple(faults))  # type: ignore[attr-defined]


def today(group: Group, viewer: Viewer) -> Asked:
    """The page as of now, for what has no address of its own."""
    assert viewer.now is not None
    return Asked(group, viewer.now)


def _day(written: str, faults: list[str]) -> PartialDate | None:
    if not written.strip():
        return None
    try:
        return PartialDate.parse(written)
    except NotADate:
        faults.append(str(known.no_such_day).format(written=shown(written[:40])))
        return None
