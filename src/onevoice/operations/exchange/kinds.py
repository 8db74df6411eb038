"""PURE. The kinds of value that a record file holds: each reads a node, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from onevoice.languages.names import CODES
from onevoice.languages.partial import NotADate, PartialDate
from onevoice.languages.words import BASES
from onevoice.operations.exchange.nodes import Map, Node, Scalar, Sequence

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOT_TEXT = re.compile(
    r"|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
    r"|[-+]?[0-9][0-9_]*(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+|0x[0-9a-fA-F]+"
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, at which line (from 1) and field ("meetings[3].title.en")."""

    line: int
    path: str
    says: str


class Faults(Exception):  # noqa: N818 - a list of what is wrong, for the person who wrote the file
    """Everything found wrong so far in a part of the file."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = list(faults)


def fault(node: Node, says: str, path: str = "") -> Faults:
    return Faults(Fault(node.line, path, says))


class Kind:
    """How one sort of value is read, and how a JSON Schema describes it."""

    empty: Any = ""
    refers_to: str = ""

    def read(self, node: Node) -> Any:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError


def _scalar(node: Node, what: str) -> Scalar:
    if type(node) is not Scalar:
        raise fault(node, f"{what} is expected here, not a list or a set of fields")
    return node


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Text of at most so many characters; one that YAML would take for something else stands in quotes."""

    limit: int
    one_line: bool = True

    def read(self, node: Node) -> str:
        value = _scalar(node, "text").value
        if node.plain and _NOT_TEXT.fullmatch(value):
            raise fault(node, f"{value or 'nothing'} is not text; to mean the text, put it in quotes")
        return checked(node, value, self.limit, self.one_line)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


def checked(node: Node, value: str, limit: int, one_line: bool) -> str:
    """The text, if it may be kept: not empty, within the limit, without control characters or half characters."""
    if len(value) > limit:
        raise fault(node, f"the text has {len(value):,} characters; at most {limit:,} are kept here")
    if not value.isascii() or not value.isprintable():
        if found := _FORBIDDEN.search(value):
            raise fault(node, f"the text holds the character U+{ord(found[0]):04X}, which cannot be kept")
        if one_line and "\n" in value:
            raise fault(node, "this text stands on one line")
    if not value.strip():
        raise fault(node, "the text is empty; leave the field out instead")
    return value


@dataclass(frozen=True, slots=True)
class Slug(Kind):
    """A permanent id: small Latin letters and digits, with hyphens between."""

    limit: int = 60

    def read(self, node: Node) -> str:
        value = _scalar(node, "an id").value
        if len(value) > self.limit:
            raise fault(node, f"the id has {len(value)} characters; at most {self.limit} are kept here")
        if not _SLUG.fullmatch(value):
            raise fault(
                node,
                f"{shown(value)} is no id: small letters a to z, digits, and single hyphens between them",
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": self.limit}


@dataclass(frozen=True, slots=True)
class Ref(Kind):
    """The id of a row in another section of the file, or of a State."""

    refers_to: str
    limit: int = 160

    def read(self, node: Node) -> str:
        return Slug(self.limit).read(node)

    def schema(self) -> dict[str, Any]:
        return {**Slug(self.limit).schema(), "description": f"id of a row of {self.refers_to}"}


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """A text in one or more of the six languages, each with its basis where it is not official."""

    limit: int
    one_line: bool = True
    empty = None

    def read(self, node: Node) -> dict[str, Any]:
        if type(node) is not Map:
            raise fault(node, "a text in languages is expected here, as {en: …}")
        found: dict[str, Any] = {}
        faults: list[Fault] = []
        for code, value in node.entries.items():
            try:
                found[code] = self._one(code, value)
            except Faults as why:
                faults += [Fault(f.line, f".{code}{f.path}", f.says) for f in why.faults]
        if faults:
            raise Faults(*faults)
        if not found:
            raise fault(node, "the text has no language; leave the field out instead")
        return found if len(found) == 1 else {code: found[code] for code in CODES if code in found}

    def _one(self, code: str, node: Node) -> Any:
        if code not in CODES:
            raise fault(node, f"{shown(code)} is none of the languages {', '.join(CODES)}")
        if type(node) is Scalar:
            return Text(self.limit, self.one_line).read(node)
        if type(node) is not Map or set(node.entries) != {"text", "basis"}:
            raise fault(node, "a text is expected here, or its text and basis")
        return {
            "text": Text(self.limit, self.one_line).read(node.entries["text"]),
            "basis": Choice(BASES).read(node.entries["basis"]),
        }

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/words-{self.limit}"}

    def definition(self) -> dict[str, Any]:
        text = Text(self.limit).schema()
        based = {
            "type": "object",
            "properties": {"text": text, "basis": {"enum": list(BASES)}},
            "required": ["text", "basis"],
            "additionalProperties": False,
        }
        properties = {code: {"anyOf": [text, based]} for code in CODES}
        return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A partial date as its source writes it: '2006', '2006-09' or '2006-09-14'."""

    def read(self, node: Node) -> str:
        value = _scalar(node, "a date").value
        return _day(node, value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"}


def _day(node: Node, value: str) -> str:
    if not _is_day(value):
        raise fault(node, f"{shown(value)} is no date: write 2006, 2006-09 or 2006-09-14")
    return value


@lru_cache(maxsize=65536)
def _is_day(value: str) -> bool:
    try:
        return PartialDate(value).written == value
    except NotADate:
        return False


@dataclass(frozen=True, slots=True)
class Instant(Kind):
    """A point in time with its offset, kept in UTC: '2018-06-14T10:00:00Z'."""

    empty = None

    def read(self, node: Node) -> datetime:
        value = _scalar(node, "a time").value
        try:
            read = datetime.fromisoformat(value)
            if read.tzinfo is None or not 1000 <= read.year <= 9998:
                raise ValueError
        except ValueError:
            raise fault(node, f"{shown(value)} is no time with an offset, as 2018-06-14T10:00:00Z") from None
        return read.astimezone(UTC)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, node: Node) -> str:
        value = _scalar(node, "a word").value
        if value not in self.options:
            raise fault(node, f"{shown(value)} is none of: {', '.join(self.options)}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number from 0."""

    largest: int = 32767
    empty = None

    def read(self, node: Node) -> int:
        value = _scalar(node, "a number").value
        if not (node.plain and value.isascii() and value.isdigit() and len(value) <= 10):
            raise fault(node, f"{shown(value)} is no whole number")
        if int(value) > self.largest:
            raise fault(node, f"{value} is over {self.largest}")
        return int(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": self.largest}


@dataclass(frozen=True, slots=True)
class Truth(Kind):
    """true or false."""

    empty = False

    def read(self, node: Node) -> bool:
        value = _scalar(node, "true or false").value
        if not node.plain or value not in ("true", "false"):
            raise fault(node, f"{shown(value)} is neither true nor false")
        return value == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Address(Kind):
    """An address on the web, http or https."""

    limit: int = 1000

    def read(self, node: Node) -> str:
        value = checked(node, _scalar(node, "an address").value, self.limit, one_line=True)
        if not _is_address(value):
            raise fault(
                node, f"{shown(value)} is no web address: it begins with https:// or http://, without spaces"
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^https?://[^\\s]+$", "maxLength": self.limit}


@lru_cache(maxsize=4096)
def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Pattern(Kind):
    """A text of a given form."""

    form: str
    says: str

    def read(self, node: Node) -> str:
        value = _scalar(node, self.says).value
        if not re.fullmatch(self.form, value):
            raise fault(node, f"{shown(value)} is not {self.says}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.form})$"}


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone by its name in the IANA list: 'Europe/Vienna'."""

    def read(self, node: Node) -> str:
        value = _scalar(node, "a time zone").value
        if value not in _zones():
            raise fault(node, f"{shown(value)} is no time zone; write it as Europe/Vienna")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "description": "IANA time zone"}


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass(frozen=True, slots=True)
class ListOf(Kind):
    """Several values of one kind, in order."""

    item: Kind
    most: int = 10_000
    empty: Any = ()

    def read(self, node: Node) -> tuple[Any, ...]:
        if type(node) is not Sequence:
            raise fault(node, "a list is expected here")
        if len(node.items) > self.most:
            raise fault(node, f"the list has {len(node.items)} entries; at most {self.most} are kept here")
        found, faults = [], []
        for position, item in enumerate(node.items):
            try:
                found.append(self.item.read(item))
            except Faults as why:
                faults += [Fault(f.line, f"[{position}]{f.path}", f.says) for f in why.faults]
        if faults:
            raise Faults(*faults)
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.schema(), "maxItems": self.most}


def shown(value: str, most: int = 60) -> str:
    """A value as it stands in a sentence about it."""
    short = value if len(value) <= most else value[: most - 1] + "…"
    return "'" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in short) + "'"


WordsValue = Mapping[str, Any]
SECTION_LIMIT: Final = 1_000_000
