"""The beginning of each text of a form that is too large to be read: found while its bytes pass by, never held whole.

Pushed in pieces by `feed`; what it holds is bounded by KEPT, FIELDS and ROOM, whatever is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol
from urllib.parse import unquote_to_bytes

from django.utils.http import parse_header_parameters

KEPT: Final = 10_000  # characters kept of a text over its limit
FIELDS: Final = 1_000  # as many as a form may have; what comes after them is not looked at
ROOM: Final = 2_000_000  # bytes held of all fields together
LONGEST_NAME: Final = 200
LONGEST_HEADER: Final = 4_000
_WIDEST: Final = 4  # bytes of a character
_NOT_FIRST: Final = bytes(range(0x80, 0xC0)) + b"\r"  # of a character, and of the end of a line
_NOT_FIRST_ESCAPED: Final = (b"%8", b"%9", b"%A", b"%a", b"%B", b"%b", b"%0D", b"%0d")


@dataclass(slots=True)
class Beginning:
    """A field as it passed by: its first bytes, and how many characters (a line's end is one) it had."""

    name: str
    held: bytearray = field(default_factory=bytearray)
    characters: int = 0

    @property
    def text(self) -> str:
        return self.held.decode(errors="replace").replace("\r\n", "\n")[:KEPT]


class Passing(Protocol):
    """Either kind of form."""

    beginnings: list[Beginning]
    files: set[str]
    size: int

    def feed(self, piece: bytes) -> None: ...


class _Keeper:
    """What both kinds share: the fields so far, the names of files, the bytes of text."""

    def __init__(self) -> None:
        self.beginnings: list[Beginning] = []
        self.files: set[str] = set()
        self.size, self.room = 0, ROOM

    def _begin(self, name: str) -> Beginning:
        self.beginnings.append(Beginning(name))
        return self.beginnings[-1]

    def _room(self, of: Beginning) -> int:
        """How many bytes of a field may still be held."""
        return max(min((KEPT + 1) * _WIDEST - len(of.held), self.room), 0)

    def _hold(self, of: Beginning, data: bytes) -> None:
        of.held += data
        self.room -= len(data)


class Encoded(_Keeper):
    """A form as application/x-www-form-urlencoded."""

    def __init__(self) -> None:
        super().__init__()
        self.present: Beginning | None = None
        self.rest = b""  # of a name, or of an escape that is not complete

    def feed(self, piece: bytes) -> None:
        self.size += len(piece)
        if len(self.beginnings) >= FIELDS:
            return
        ended = piece.split(b"&", FIELDS + 1)
        for number, part in enumerate(ended):
            if number:
                self._end()
                if len(self.beginnings) >= FIELDS:
                    return
            self._part(part)

    def _part(self, part: bytes) -> None:
        part = self.rest + part
        if self.present is None:
            name, equals, part = part.partition(b"=")
            if not equals:
                self.rest = name[: 3 * LONGEST_NAME]
                return
            self.present = self._begin(_plain(name[: 3 * LONGEST_NAME]).decode(errors="replace")[:LONGEST_NAME])
        escape = part.rfind(b"%", -2)
        part, self.rest = (part, b"") if escape < 0 else (part[:escape], part[escape:])
        self._value(self.present, part)

    def _value(self, of: Beginning, escaped: bytes) -> None:
        others = sum(escaped.count(one) for one in _NOT_FIRST_ESCAPED)
        of.characters += len(escaped) - 2 * escaped.count(b"%") - others
        if room := self._room(of):
            self._hold(of, _plain(escaped[: 3 * room])[:room])

    def _end(self) -> None:
        if self.present is not None and self.rest:
            self._value(self.present, self.rest)
        self.present, self.rest = None, b""


def _plain(escaped: bytes) -> bytes:
    return unquote_to_bytes(escaped.replace(b"+", b" "))


class Parts(_Keeper):
    """A form as multipart/form-data; files are only named."""

    def __init__(self, boundary: bytes) -> None:
        super().__init__()
        self.mark = b"\r\n--" + boundary
        self.held = b"\r\n"  # the first boundary stands at the beginning of a line, too
        self.in_header = False
        self.present: Beginning | None = None
        self.over, self.parts = False, 0

    def feed(self, piece: bytes) -> None:
        self.held += piece
        while not self.over and (self._header() if self.in_header else self._body()):
            pass
        if self.over:
            self.held = b""

    def _body(self) -> bool:
        """Everything up to the next boundary; whether there may be more to read."""
        data, mark, after = self.held.partition(self.mark)
        if not mark:
            safe = max(len(data) - len(self.mark), 0)
            data, self.held = data[:safe], data[safe:]
        if self.present is not None:
            self.size += len(data)
            self.present.characters += len(data.translate(None, _NOT_FIRST))
            self._hold(self.present, data[: self._room(self.present)])
        if mark:
            self.held, self.in_header, self.present = after, True, None
        return bool(mark)

    def _header(self) -> bool:
        self.over = self.held.startswith(b"--") or self.parts >= FIELDS
        if self.over:
            return False
        header, end, after = self.held.partition(b"\r\n\r\n")
        if not end and len(self.held) < LONGEST_HEADER:
            return False
        self.in_header, self.held, self.parts = False, after if end else b"", self.parts + 1
        self._named(header[:LONGEST_HEADER].decode(errors="replace"))
        return True

    def _named(self, header: str) -> None:
        for line in header.split("\r\n"):
            key, _, value = line.partition(":")
            if key.strip().lower() != "content-disposition":
                continue
            try:
                _kind, given = parse_header_parameters(value)
            except ValueError:
                return
            name = str(given.get("name", "")).strip()[:LONGEST_NAME]
            if given.get("filename"):
                self.files.add(name)
            elif name and "filename" not in given:
                self.present = self._begin(name)


def passing(content_type: str, parameters: dict[str, str]) -> Passing | None:
    """What watches a form of this kind pass by; None for what is no form."""
    if content_type == "application/x-www-form-urlencoded":
        return Encoded()
    boundary = parameters.get("boundary", "")
    if content_type == "multipart/form-data" and boundary.isascii() and 0 < len(boundary) <= LONGEST_NAME:
        return Parts(boundary.encode())
    return None
