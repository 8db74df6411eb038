"""Rules from a TOML file: every value named, of its kind, and none that contradicts another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, time
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from . import contradictions
from .clock import Length, Unit
from .rules import NONE, SECTIONS, UNSET, Mode, Rules, Silent, Status
from .toml import Document, Key, parsed

_FOLDER: Final = files("onevoice.procedure") / "bodies"
HEAD: Final = ("title", "status", "mode", "sources")

_HINTS: Final = {kind: get_type_hints(kind) for kind in SECTIONS.values()}  # read once: it takes long


class NoBody(LookupError):
    """There are no rules of this name; `known` are those that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There are no rules called {name}.")
        self.name, self.known = name, known


def known() -> tuple[str, ...]:
    """The names of the rules that the product ships."""
    return tuple(
        sorted(one.name.removesuffix(".toml") for one in _FOLDER.iterdir() if one.name.endswith(".toml"))
    )


@cache
def shipped(name: str) -> Rules:
    """Rules that the product ships, by name; NoBody when there are none."""
    return read(text_of(name), f"{name}.toml")


def text_of(name: str) -> str:
    """The file of rules that the product ships; NoBody when there are none."""
    if name not in known():
        raise NoBody(name, known())
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def read(text: str, file: str, *, members: int | None = None) -> Rules:
    """Rules from a file's text; `members` is how many decide, where that is known.

    Raises toml.Faulty, with file and line, for what is no TOML, is missing, unknown or not of its kind, for rules
    that contradict each other, and for those that so many members cannot meet.
    """
    document = parsed(text, file)
    rules = _read(document)
    for where, says in () if members is None else contradictions.over(rules, members):
        raise document.fault(where, says)
    return rules


def of_values(values: Mapping[str, Any], file: str) -> Rules:
    """Rules from a table such as a file holds; times and days may be written in quotation marks. Raises Faulty."""
    return _read(Document(file, values, None))


def assuming(rules: Rules, assumed: Mapping[str, Any]) -> Rules:
    """The rules with values, by `section.value`, for what their source leaves unset.

    Raises toml.Faulty for a value that the source says, that does not exist or is not of its kind, and where the
    rules then contradict each other.
    """
    if not assumed:
        return rules
    document = Document("assumed", _nested(assumed), None)
    changed: dict[str, dict[str, Any]] = {}
    for where in assumed:
        section, _, name = where.partition(".")
        part = getattr(rules, section, None) if section in SECTIONS else None
        if getattr(part, name, None) is not UNSET:
            raise document.fault((section, name), f"{where} is no value that the source leaves unset.")
        hints = _HINTS[SECTIONS[section]]
        changed.setdefault(section, {})[name] = _value(document, (section, name), hints[name])
    parts = {section: replace(getattr(rules, section), **values) for section, values in changed.items()}
    return _consistent(document, replace(rules, **parts))


def _nested(assumed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for where, value in assumed.items():
        section, _, name = where.partition(".")
        found.setdefault(section, {})[name] = value
    return found


def _read(document: Document) -> Rules:
    _only(document, (), document.values, (*HEAD, *SECTIONS))
    head = {
        name: _value(document, (name,), kind)
        for name, kind in (("title", str), ("status", Status), ("mode", Mode))
    }
    sections = {name: _section(document, name, kind) for name, kind in SECTIONS.items()}
    key = document.file.removesuffix(".toml")
    return _consistent(document, Rules(key=key, sources=_sources(document), **head, **sections))


def _consistent(document: Document, rules: Rules) -> Rules:
    for where, says in contradictions.of(rules):
        raise document.fault(where, says)
    return rules


def _sources(document: Document) -> Mapping[str, str]:
    given = document.values.get("sources", {})
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise document.fault(
            ("sources",), "'sources' is a table of short names, each with its address or title."
        )
    return MappingProxyType(given)


def _section(document: Document, name: str, kind: type[Any]) -> Any:
    """A section's values; `ballot = \"none\"` for a rule that never votes."""
    values = document.values.get(name)
    if name == "ballot" and values == NONE.value:
        return NONE
    if not isinstance(values, dict):
        raise document.fault((name,), f"The section [{name}] is missing.")
    _only(document, (name,), values, [one.name for one in fields(kind)])
    hints = _HINTS[kind]
    return kind(**{one.name: _value(document, (name, one.name), hints[one.name]) for one in fields(kind)})


def _only(document: Document, key: Key, values: Mapping[str, Any], allowed: Any) -> None:
    for name in values:
        if name not in allowed:
            raise document.fault(
                (*key, name), f"{name!r} is not known here; there are: {', '.join(allowed)}."
            )


def _value(document: Document, key: Key, kind: Any) -> Any:
    values: Any = document.values
    for part in key:
        if part not in values:
            raise document.fault(key, f'{".".join(key)} is missing: give it, or say "unset" or "none".')
        values = values[part]
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    for one in kinds:
        if (read_as := _as(one, values)) is not None:
            return read_as
    raise document.fault(
        key, f"{'.'.join(key)} is {' or '.join(_name(one) for one in kinds)}, not {values!r}."
    )


def _as(kind: Any, value: Any) -> Any:
    """The value as one of a kind; None when it is not of it. Words are tried as what they name."""
    if kind is Silent:
        return next((one for one in (UNSET, NONE) if one.value == value), None)
    if value in (UNSET.value, NONE.value):
        return None
    if get_origin(kind) is tuple:
        return _list(get_args(kind)[0], value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((one for one in kind if one.value == value), None)
    return _READERS[kind](value)


def _list(kind: Any, value: Any) -> tuple[Any, ...] | None:
    if not isinstance(value, list):
        return None
    read_as = tuple(_as(kind, one) for one in value)
    return None if None in read_as or len(set(read_as)) < len(read_as) else read_as


def _exactly(kind: type[Any]) -> Any:
    return lambda value: value if type(value) is kind else None


def _share(value: Any) -> Fraction | None:
    """'2/3': between nothing and the whole."""
    parts = value.split("/") if isinstance(value, str) else []
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts) or not int(parts[1]):
        return None
    share = Fraction(int(parts[0]), int(parts[1]))
    return share if 0 < share <= 1 else None


def length(value: Any) -> Length | None:
    """{ working_days = 5 }, { days = 3 }, { hours = 72 }, { weeks = 4 }."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((unit, number),) = value.items()
    if type(number) is not int or unit not in (*Unit, "weeks"):
        return None
    try:
        return Length(7 * number, Unit.DAYS) if unit == "weeks" else Length(number, Unit(unit))
    except ValueError:
        return None


def _time(value: Any) -> time | None:
    value = _written(time, value)
    return value if isinstance(value, time) and value.tzinfo is None else None


def _date(value: Any) -> date | None:
    value = _written(date, value)
    return value if type(value) is date else None


def _written(kind: type[time] | type[date], value: Any) -> Any:
    """JSON has neither times nor days: there they stand in quotation marks."""
    try:
        return kind.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None


_READERS: Final[Mapping[Any, Any]] = {
    Fraction: _share, Length: length, time: _time, date: _date,
    **{kind: _exactly(kind) for kind in (bool, int, str)},
}  # fmt: skip
_NAMES: Final[Mapping[Any, str]] = {
    Silent: '"unset" or "none"', Fraction: 'a share such as "2/3"', Length: "a length such as { working_days = 5 }",
    time: "a time of day such as 17:00:00", bool: "true or false", int: "a whole number", str: "words", date: "a day",
}  # fmt: skip


def takes(section: str, name: str) -> str:
    """What a file may say for a value, in words; "unset" and "none" besides."""
    kind = _HINTS[SECTIONS[section]][name]
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return " or ".join(_name(one) for one in kinds if one is not Silent)


def _name(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"a list of {_name(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Enum) and kind is not Silent:
        return " or ".join(f'"{one.value}"' for one in kind)
    return _NAMES[kind]
