"""PURE. Stated periods that the database would refuse, found beforehand so that the answer can name the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from onevoice.claims.models import Basis
from onevoice.groups.models import Capacity, OfficeKind
from onevoice.languages.partial import PartialDate
from onevoice.operations.exchange.format import Record
from onevoice.operations.exchange.kinds import Fault, shown

Period = tuple[datetime | None, datetime | None]
_A_DAY: Final = timedelta(days=1)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def period(row: Any, zone: str) -> Period:
    """The instants of the row, else all that its dates as written allow, in UTC; None is an open end."""
    lower, upper = allowed(row.since, row.until, zone)
    return getattr(row, "from_instant", None) or lower, getattr(row, "to_instant", None) or upper


def allowed(since: str, until: str, zone: str) -> Period:
    """All that dates as written allow, in UTC instants; None is an open end."""
    lower = PartialDate(since).bounds(zone)[0] if since else None
    upper = PartialDate(until).bounds(zone)[1] if until else None
    return lower, upper


def misplaced(record: Record) -> Iterator[Fault]:
    """Instants that are not of the day beside them, or periods that end before they begin."""
    zone = record.group.zone
    for name in ("memberships", "offices", "appointments"):
        for row in record.sections[name].values():
            for path, says in _wrong_instants(row, zone):
                yield Fault(row.line, f"{name}[{row.id}].{path}", says)


def _wrong_instants(row: Any, zone: str) -> Iterator[tuple[str, str]]:
    if not row.from_instant and not row.to_instant:
        return
    for path, written, instant in (
        ("from_instant", row.since, row.from_instant),
        ("to_instant", row.until, row.to_instant),
    ):
        if instant:
            first, after = PartialDate(written).bounds(zone)
            if not first - _A_DAY <= instant <= after + _A_DAY:  # the day may be another zone's
                yield path, f"this moment is not in {written}"
    lower, upper = period(row, zone)
    if lower and upper and lower >= upper:
        yield "to_instant" if row.to_instant else "from_instant", "it ends before it begins"


def overlapping(record: Record) -> Iterator[Fault]:
    """Two rows that cannot both hold, at the line and field of the later one in the file."""
    zone = record.group.zone
    for name in ("memberships", "offices", "appointments"):
        held: dict[Hashable, list[Any]] = defaultdict(list)
        for row in record.sections[name].values():
            if row.basis == Basis.STATED:
                for key in _keys(name, row):
                    held[key].append(row)
        for (what, *_of), rows in held.items():
            yield from _pairs(name, what, rows, zone)
    for organisation in record.sections["organisations"].values():
        stated = [each for each in organisation.names if each.basis == Basis.STATED]
        for first, second in _crossing(stated, zone, period):
            says = f"the names {shown(first.id)} and {shown(second.id)} hold at the same time"
            yield Fault(organisation.line, f"organisations[{organisation.id}].names[{second.id}].since", says)


HOLDER: Final = "office with one holder at a time"


def _keys(name: str, row: Any) -> Iterator[tuple[str, ...]]:
    """What a row may hold once at a time: the exclusion constraints of groups.models, in the file's ids."""
    if name == "memberships":
        yield "membership", row.body, row.organisation
    elif name == "offices":
        yield "office", row.body, row.kind, row.organisation
        if row.kind != OfficeKind.CO_CHAIR:
            yield HOLDER, row.body, row.kind
    elif row.in_group and row.organisation:
        yield "capacity", row.person, row.organisation
        if row.capacity == Capacity.FOCAL_POINT:
            yield "focal point", row.organisation


def _pairs(name: str, what: str, rows: list[Any], zone: str) -> Iterator[Fault]:
    """`first` began first; the row told of is the one that stands later in the file, whichever it is."""
    for first, second in _crossing(rows, zone, sole if what == HOLDER else period):
        if what == HOLDER and first.organisation == second.organisation:
            continue  # told of as the same office of one organisation
        later, earlier = (first, second) if first.line > second.line else (second, first)
        where = f"line {earlier.line}" if earlier.line else "there already"
        held = f" for {shown(earlier.organisation)}" if what == HOLDER else ""
        says = f"the same {what} holds at the same time in {shown(earlier.id)}{held} ({where})"
        yield Fault(later.line, f"{name}[{later.id}].{'until' if later is first else 'since'}", says)


def sole(row: Any, zone: str) -> Period | None:
    """The time for which it is certain that nobody else held the office, as the database reckons it; None for none.

    Of a month or year in which a term began or ended it is not known when within (groups, migration 0007).
    """
    lower, upper = period(row, zone)
    if row.since != row.until:
        if row.since and PartialDate(row.since).precision != "day":
            lower = PartialDate(row.since).bounds(zone)[1]
        if row.until and PartialDate(row.until).precision != "day":
            upper = PartialDate(row.until).bounds(zone)[0]
    return None if lower and upper and lower >= upper else (lower, upper)


def _crossing(
    rows: Iterable[Any], zone: str, span: Callable[[Any, str], Period | None]
) -> Iterator[tuple[Any, Any]]:
    """Neighbours in time that overlap, the one that began first before the other."""
    rows = list(rows)
    if len(rows) < 2:
        return
    held = [(found, at) for at, row in enumerate(rows) if (found := span(row, zone)) is not None]
    spans = sorted((*_closed(found), at) for found, at in held)
    for (_, upper, first), (lower, _, second) in zip(spans, spans[1:], strict=False):
        if lower < upper:
            yield rows[first], rows[second]


def _closed(span: Period) -> tuple[datetime, datetime]:
    return span[0] or _FIRST, span[1] or _LAST
