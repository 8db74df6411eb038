"""A case as a file: rules, roster and events, read and written as data (docs/procedure.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from . import instants, loading
from .calendars import Calendar
from .clock import Length
from .events import KINDS, Event, Member, Started, Text
from .instants import Announced
from .rules import Rules
from .states import Outcome

FORMAT: Final = 1
YEARS: Final = range(1900, 3000)
_NAMES: Final = {"speaks_for": "for", "membership": "class", "name": "member", "marks": "in", "key": "id"}


class BadCase(ValueError):
    """What is wrong with a case, and where: `events.3.at`."""

    def __init__(self, where: str, says: str) -> None:
        super().__init__(f"{where}: {says}")
        self.where, self.says = where, says


@dataclass(frozen=True, slots=True)
class Case:
    """Rules, calendar, roster and events of one procedure."""

    rules: Rules
    calendar: Calendar | None
    roster: tuple[Member, ...]
    events: tuple[Event, ...]


def read(
    data: Any,
    *,
    rules: Callable[[str], Rules] = loading.shipped,
    calendar: Callable[[str], Calendar] | None = None,
) -> Case:
    """A case from its data; `rules` and `calendar` find what it names. Raises BadCase, and toml.Faulty for rules."""
    _known(data, "case", {"format", "rules", "assumed", "calendar", "roster", "events"})
    if data.get("format") != FORMAT:
        raise BadCase("format", f"This is {FORMAT}; the case says {data.get('format')!r}.")
    named = data.get("rules")
    found = loading.of_values(named, "rules") if isinstance(named, dict) else rules(_words(named, "rules"))
    assumed = data.get("assumed", {})
    if not isinstance(assumed, dict):
        raise BadCase("assumed", "It is a table of values by section.value.")
    asked = data.get("calendar")
    events = tuple(event(one, f"events.{number}") for number, one in enumerate(_list(data, "events")))
    _distinct([one.key for one in events], "events")
    roster = tuple(member(one, f"roster.{number}") for number, one in enumerate(_list(data, "roster")))
    _distinct([one.name for one in roster], "roster")
    found_calendar = calendar(_words(asked, "calendar")) if asked is not None and calendar else None
    return Case(loading.assuming(found, assumed), found_calendar, roster, events)


def _known(data: Any, where: str, names: set[str]) -> None:
    if not isinstance(data, dict):
        raise BadCase(where, "It is a table.")
    for name in data.keys() - names:
        raise BadCase(where, f"{name!r} is not known here; there are: {', '.join(sorted(names))}.")


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name)
    if not isinstance(found, list):
        raise BadCase(name, "It is a list.")
    return found


def _words(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadCase(where, "It is a name.")
    return value


def _distinct(names: list[str], where: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadCase(where, f"{name!r} stands there twice.")


def member(data: Any, where: str) -> Member:
    """One member of a roster from its data."""
    found = Member(**_given(Member, data, where, set()))
    if found.weight < 0:
        raise BadCase(f"{where}.weight", "It is not less than nothing.")
    return found


def event(data: Any, where: str) -> Event:
    """One event from its data; BadCase names what is wrong at `where`."""
    if not isinstance(data, dict) or data.get("what") not in tuple(KINDS):
        raise BadCase(f"{where}.what", f"It is one of {', '.join(KINDS)}.")
    kind = KINDS[data["what"]]
    given = _given(kind, data, where, {"what"})
    if kind is Started:
        given["announced"] = _announced(data["at"], f"{where}.at")
    return kind(**given)


def _shape_of(kind: type[Any]) -> dict[str, tuple[str, Any, bool]]:
    """Each field by its name in files: its name here, its kind, and whether it must be given."""
    hints = get_type_hints(kind)
    return {
        _NAMES.get(one.name, one.name): (
            one.name,
            hints[one.name],
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(kind)
        if one.name != "announced"
    }


_SHAPES: Final = {kind: _shape_of(kind) for kind in (Member, Text, *KINDS.values())}


def _given(kind: type[Any], data: Any, where: str, besides: set[str]) -> dict[str, Any]:
    shape = _SHAPES[kind]
    _known(data, where, set(shape) | besides)
    for name, (_own, _kind, needed) in shape.items():
        if needed and name not in data:
            raise BadCase(where, f"{name!r} is missing.")
    return {
        shape[name][0]: _value(shape[name][1], value, f"{where}.{name}")
        for name, value in data.items()
        if name not in besides
    }


def _value(kind: Any, value: Any, where: str) -> Any:
    if isinstance(kind, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not type(None))
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (tuple, frozenset):
        if not isinstance(value, list):
            raise BadCase(where, "It is a list.")
        return origin(_value(inner[0], one, where) for one in value)
    if origin is not None:
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise BadCase(where, "It is a table of words by name.")
        return dict(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _one_of(kind, value, where)
    return _READERS[kind](value, where)


def _one_of(kind: type[Enum], value: Any, where: str) -> Enum:
    for one in kind:
        if one.value == value:
            return one
    raise BadCase(where, f"{value!r} is none of {', '.join(str(one.value) for one in kind)}.")


def _announced(value: Any, where: str) -> Announced:
    try:
        found = instants.read(value)
    except (instants.NotAnInstant, TypeError, AttributeError) as error:
        raise BadCase(
            where, f"{value!r} is no instant: write it as 2026-12-07T10:00[Europe/Vienna]."
        ) from error
    if found.at.year not in YEARS:  # clocks are reckoned for years around it, and the calendar of Python ends
        raise BadCase(where, f"{value!r} lies outside the years {YEARS[0]} to {YEARS[-1]}.")
    return found


def _instant(value: Any, where: str) -> datetime:
    return _announced(value, where).at


def _day(value: Any, where: str) -> date:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadCase(where, f"{value!r} is no day: write it as 2027-01-31.") from error
    if found.year not in YEARS:
        raise BadCase(where, f"{value!r} lies outside the years {YEARS[0]} to {YEARS[-1]}.")
    return found


def _length(value: Any, where: str) -> Length:
    found = loading.length(value)
    if found is None:
        raise BadCase(where, 'It is a length such as {"working_days": 5}.')
    return found


def _text(value: Any, where: str) -> Text:
    return Text(**_given(Text, value, where, set()))


def _exactly(kind: type[Any], says: str) -> Callable[[Any, str], Any]:
    def reads(value: Any, where: str) -> Any:
        if type(value) is not kind:
            raise BadCase(where, says)
        return value

    return reads


_READERS: Final[Mapping[Any, Callable[[Any, str], Any]]] = {
    str: _exactly(str, "It is words."), bool: _exactly(bool, "It is true or false."),
    int: _exactly(int, "It is a whole number."), Announced: _announced, datetime: _instant,
    date: _day, Length: _length,
    Text: _text,
}  # fmt: skip


def as_data(found: Outcome) -> dict[str, Any]:
    """An outcome as data: instants in UTC, sets in order."""
    return {
        "state": found.state.value,
        "end": _said(found.end),
        "decided_at": _utc(found.decided_at),
        "effective": _utc(found.effective),
        "verb": found.verb.value if found.verb else ("not adopted" if found.state == "not adopted" else None),
        "cause": found.cause.value if found.cause else None,
        "round": found.round,
        "text": found.text.hash if found.text else None,
        "blocked": found.blocked,
        "standing": [
            {
                "objection": one.objection,
                "members": sorted(one.members),
                "stale": one.stale,
                "owes": sorted(one.owes),
                "set_aside": one.set_aside,
                "sustained": one.sustained,
            }
            for one in found.standing
        ],
        "answered": sorted(found.answered),
        "pending": sorted(found.pending),
        "unreached": sorted(found.unreached),
        "entitled": sorted(found.entitled),
        "dissent": found.dissent,
        "announced": _utc(found.announced),
        "met": _utc(found.met),
        "reopened": _utc(found.reopened),
        "due": _said(found.due),
        "judged": {
            key: [one.judgement.value, one.why.value if one.why else None]
            for key, one in found.judged.items()
        },
        "turns": [[_utc(one.at), one.state.value] for one in found.turns],
    }


def _said(end: Announced | None) -> str | None:
    return _utc(end.at) if end else None


def _utc(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None
