"""PURE. Pasted text of an instrument, read as its numbered paragraphs.

1. A paragraph begins where a line begins with a number and '.', ')' or a dash after it: '21.', '(3)', '12 bis.'.
2. Numbers go up; a line that begins with a lower one, or with one over 999, goes on with the paragraph before it.
3. What stands before the first number (the title, the preamble) is not read, and is shown as left out.
4. A line that goes on with a paragraph is joined to it; an empty line, or one that begins as '(a)', begins a new line.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 999  # beyond it a number at the beginning of a line is likelier a year
_BEGINS = re.compile(
    r"\s*[(（]?(?P<number>\d{1,4})(?P<more>\s?(?:bis|ter|quater|quinquies|sexies)\b|[a-zA-Z])?"
    r"\s*(?:[.)）．、](?!\d)|[-–—](?=\s))\s*(?P<text>\S.*)?$"
)
_LETTERED = re.compile(r"\s*[(（]?\w{1,4}[)）]\s")


@dataclass(frozen=True, slots=True)
class Read:
    """One paragraph as it was read: its number in the digits 0 to 9, and its text."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A pasted text as it was read; `before` is what stood before the first number."""

    before: str
    paragraphs: tuple[Read, ...]

    @property
    def mark(self) -> str:
        """What a form sends back to say that this reading, and no other, was looked at."""
        said = "\x00".join(f"{each.number}\x01{each.text}" for each in self.paragraphs)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def read(pasted: str) -> Reading:
    """The numbered paragraphs of a text."""
    before: list[str] = []
    found: list[tuple[str, list[str]]] = []
    last = 0
    for line in pasted.splitlines():
        begins = _BEGINS.match(line)
        number = int(begins["number"]) if begins else 0
        if begins and (last < number <= LARGEST or number == last and begins["more"]):
            last = number
            more = (begins["more"] or "").strip()
            called = f"{number} {more}" if len(more) > 1 else f"{number}{more}"
            found.append((called, [begins["text"] or ""]))
        else:
            (found[-1][1] if found else before).append(line)
    return Reading(_joined(before), tuple(Read(number, _joined(lines)) for number, lines in found))


def _joined(lines: list[str]) -> str:
    """Lines as sentences: a line that only wraps is joined to the one before it."""
    parts: list[str] = []
    starts_anew = True
    for line in lines:
        words = " ".join(line.split())
        if not words:
            starts_anew = True
        elif starts_anew or _LETTERED.match(line) or not parts:
            parts.append(words)
            starts_anew = False
        else:
            parts[-1] = f"{parts[-1]} {words}"
    return "\n".join(parts)
