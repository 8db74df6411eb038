"""PURE. Stated periods that the database would refuse, found beforehand so that the answer can name the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from onevoice.claims.models import Basis
from onevoice.groups.models import Capacity
from onevoice.languages.partial import PartialDate
from onevoice.operations.exchange.format import Record
from onevoice.operations.exchange.kinds import Fault, shown

Period = tuple[datetime | None, datetime | None]
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def period(row: Any, zone: str) -> Period:
    """All that the dates as written allow, in UTC instants; None is an open end."""
    lower = PartialDate(row.since).bounds(zone)[0] if row.since else None
    upper = PartialDate(row.until).bounds(zone)[1] if row.until else None
    return lower, upper


def overlapping(record: Record) -> Iterator[Fault]:
    """Two rows that cannot both hold, at the line of the later one in the file."""
    zone = record.group.zone
    for name in ("memberships", "offices", "appointments"):
        held: dict[Hashable, list[Any]] = defaultdict(list)
        for row in record.sections[name].values():
            if row.basis == Basis.STATED:
                for key in _keys(name, row):
                    held[key].append(row)
        for key, rows in held.items():
            yield from _pairs(name, str(key[0] if isinstance(key, tuple) else key), rows, zone)
    for organisation in record.sections["organisations"].values():
        stated = [each for each in organisation.names if each.basis == Basis.STATED]
        for first, second in _crossing(stated, zone):
            says = f"the names {shown(first.id)} and {shown(second.id)} hold at the same time"
            yield Fault(organisation.line, f"organisations[{organisation.id}].names", says)


def _keys(name: str, row: Any) -> Iterator[Hashable]:
    """What a row may hold once at a time: the exclusion constraints of groups.models, in the file's ids."""
    if name == "memberships":
        yield "membership", row.body, row.organisation
    elif name == "offices":
        yield "office", row.body, row.kind, row.organisation
    elif row.in_group and row.organisation:
        yield "capacity", row.person, row.organisation
        if row.capacity == Capacity.FOCAL_POINT:
            yield "focal point", row.organisation


def _pairs(name: str, what: str, rows: list[Any], zone: str) -> Iterator[Fault]:
    for first, second in _crossing(rows, zone):
        later, earlier = (first, second) if first.line > second.line else (second, first)
        where = f"line {earlier.line}" if earlier.line else "there already"
        says = f"the same {what} holds at the same time in {shown(earlier.id)} ({where})"
        yield Fault(later.line, f"{name}[{later.id}]", says)


def _crossing(rows: Iterable[Any], zone: str) -> Iterator[tuple[Any, Any]]:
    """Neighbours in time that overlap."""
    rows = list(rows)
    if len(rows) < 2:
        return
    spans = sorted(((*_closed(period(row, zone)), at) for at, row in enumerate(rows)))
    for (_, upper, first), (lower, _, second) in zip(spans, spans[1:], strict=False):
        if lower < upper:
            yield rows[first], rows[second]


def _closed(span: Period) -> tuple[datetime, datetime]:
    return span[0] or _FIRST, span[1] or _LAST
