"""TOML files that people write: read with the line of each key, so that a fault can say where it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Key = tuple[str, ...]
_TABLE = re.compile(r"\s*\[{1,2}\s*(?P<name>[^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"\s*(?P<name>[A-Za-z0-9_\-.\"' ]+?)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_\-]+)")


class Faulty(ValueError):
    """What is wrong in a file: which file, which line, what. A table inside a case has no line of its own."""

    def __init__(self, file: str, line: int | None, says: str) -> None:
        super().__init__(f"{file}, line {line}: {says}" if line else f"{file}: {says}")
        self.file, self.line, self.says = file, line, says


@dataclass(frozen=True)
class Document:
    """A file's values, and where each of its keys stands; no lines for a table that stands in a case."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[Key, int] | None

    def line(self, key: Key) -> int | None:
        """The line of a key, or of the nearest table over it; 1 for the file itself."""
        if self.lines is None:
            return None
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def fault(self, key: Key, says: str) -> Faulty:
        where = self.file if self.lines is not None else ".".join(filter(None, (self.file, *key)))
        return Faulty(where, self.line(key), says)


def parsed(text: str, file: str) -> Document:
    """Values and lines of a file; Faulty, with the line, where it is no TOML."""
    try:
        return Document(file, tomllib.loads(text), _lines(text))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise Faulty(file, line, str(error).split(" (at ")[0]) from error


def _lines(text: str) -> dict[Key, int]:
    """Where each key is first written. Keys in one line's inline table share the line."""
    table: Key = ()
    found: dict[Key, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.fullmatch(line):
            table = _parts(head["name"])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(table + _parts(key["name"]), number)
    return found


def comments(text: str) -> dict[Key, str]:
    """What stands behind a key on its line, after `#`: in rules, where the value comes from."""
    lines = text.splitlines()
    found = {key: _comment(lines[number - 1]) for key, number in _lines(text).items()}
    return {key: says for key, says in found.items() if says}


def _comment(line: str) -> str:
    """After the first `#` that stands in no quotation marks."""
    quoted = ""
    for place, letter in enumerate(line):
        if letter in "\"'" and quoted in ("", letter):
            quoted = "" if quoted else letter
        elif letter == "#" and not quoted:
            return line[place + 1 :].strip()
    return ""


def _parts(name: str) -> Key:
    return tuple("".join(one) for one in _PART.findall(name))
