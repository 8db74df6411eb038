"""Instants as they are announced: a point in time and the zone in which people were told of it (RFC 9557)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r"(?P<offset>[Zz]|[+-]\d{2}:\d{2})?(?:\[(?P<zone>[A-Za-z0-9_+\-/]+)\])?"
)


class Fault(StrEnum):
    """Why words are no instant."""

    FORM = "form"
    NO_ZONE = "no zone"
    UNKNOWN_ZONE = "unknown zone"
    GAP = "gap"
    TWICE = "twice"
    OFFSET = "offset"


class NotAnInstant(ValueError):
    """What was written names no instant, or two; `candidates` are the instants that may have been meant."""

    def __init__(self, written: str, fault: Fault, candidates: tuple[Announced, ...] = ()) -> None:
        super().__init__(f"{written}: {fault}")
        self.written, self.fault, self.candidates = written, fault, candidates


@dataclass(frozen=True, slots=True)
class Announced:
    """An instant in UTC, and the named zone in which it was announced."""

    at: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0):
            raise ValueError("An instant is kept in UTC.")

    @property
    def local(self) -> datetime:
        """What a clock on the wall in that zone shows."""
        return self.at.astimezone(self.zone)

    @property
    def day(self) -> date:
        return self.local.date()

    def __str__(self) -> str:
        """As RFC 9557 writes it; the offset stands there, so that an hour that is repeated says which."""
        return f"{self.local.isoformat()}[{self.zone.key}]"


def read(written: str) -> Announced:
    """An instant from its RFC 9557 form; NotAnInstant where the words name none, or two.

    The zone is named in brackets, or is UTC for `Z`. A bare offset is no zone: nobody was told a time in "+01:00".
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise NotAnInstant(written, Fault.FORM)
    zone = _zone(written, found["zone"], found["offset"])
    try:
        wall = datetime.combine(date.fromisoformat(found["day"]), time.fromisoformat(found["time"]))
        return _meant(written, wall, zone, found["offset"])
    except NotAnInstant:
        raise
    except (ValueError, OverflowError) as error:
        raise NotAnInstant(written, Fault.FORM) from error


def _zone(written: str, name: str | None, offset: str | None) -> ZoneInfo:
    if name is None:
        if offset is None or offset not in "Zz":
            raise NotAnInstant(written, Fault.NO_ZONE)
        return ZoneInfo("UTC")
    if name not in zones():
        raise NotAnInstant(written, Fault.UNKNOWN_ZONE)
    return ZoneInfo(name)


@cache
def zones() -> frozenset[str]:
    """The names of the time zones; looking them up reads folders, which takes some ten milliseconds."""
    return frozenset(available_timezones())


def _meant(written: str, wall: datetime, zone: ZoneInfo, offset: str | None) -> Announced:
    if offset is not None:
        return _by_offset(written, wall, zone, offset)
    there = instants_of(wall, zone)
    if len(there) == 1:
        return there[0]
    if there:
        raise NotAnInstant(written, Fault.TWICE, there)
    raise NotAnInstant(written, Fault.GAP, (Announced(after_gap(wall, zone), zone),))


def _by_offset(written: str, wall: datetime, zone: ZoneInfo, offset: str) -> Announced:
    if offset in "Zz":  # RFC 9557: the instant is UTC's, the zone is told beside it
        return Announced(wall.replace(tzinfo=UTC), zone)
    sign = -1 if offset[0] == "-" else 1
    ahead = timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))
    said = Announced(wall.replace(tzinfo=ahead).astimezone(UTC), zone)
    if said.local.replace(tzinfo=None) != wall:
        raise NotAnInstant(written, Fault.OFFSET, instants_of(wall, zone))
    return said


def instants_of(wall: datetime, zone: ZoneInfo) -> tuple[Announced, ...]:
    """The instants at which a wall clock shows this: none in a gap, two where an hour is repeated, else one."""
    both = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shows = {at for at in both if at.astimezone(zone).replace(tzinfo=None) == wall}
    return tuple(Announced(at, zone) for at in sorted(shows))


def after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after the gap that the wall time falls into, in UTC."""
    # In a gap, fold 0 is read with the offset before it: the instant lies as far after the gap's end as the
    # wall time lies after the gap's beginning.
    before, after = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None and after is not None
    late, early = wall.replace(tzinfo=UTC) - before, wall.replace(tzinfo=UTC) - after
    while late - early > timedelta(microseconds=1):
        middle = early + (late - early) / 2
        early, late = (early, middle) if middle.astimezone(zone).utcoffset() == after else (middle, late)
    return late


def latest(wall: datetime, zone: ZoneInfo) -> Announced:
    """The instant of a wall time that was reckoned, not written: past a gap, and the later of two.

    So no clock is shorter than it was said to be.
    """
    there = instants_of(wall, zone)
    return there[-1] if there else Announced(after_gap(wall, zone), zone)
