"""PURE. What a room gives to be found, and the texts that the index is made of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from onevoice.languages.names import CODES
from onevoice.languages.normal import search_text
from onevoice.languages.words import texts

from .spelling import more_forms, name_word

Words = Mapping[str, Any]
Weight = Literal["A", "B", "C", "D"]
MADE_BY: Final = 1  # counted up when the forms of words change, so that every passage is written anew
LONGEST: Final = 100  # characters of a word
_PLAIN = re.compile("[a-z0-9]+")
MOST: Final = 200_000  # characters of one weight; the database refuses vectors over 1 MB


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a subject: said in languages, or the same in all of them (names, symbols).

    `at` is its anchor on the page. `weight` A counts most (what it is called), D least. `read` parts are shown
    in the answer, and make a passage in each of their languages; the others only help to find what is there,
    as do those that are `beside` the matter: shown, but no reason for a passage.
    """

    text: Words | str
    weight: Weight = "D"
    at: str = ""
    read: bool = True
    beside: bool = False

    @property
    def makes_passages(self) -> bool:
        return self.read and not self.beside


@dataclass(frozen=True, slots=True)
class Found:
    """A subject as it is to be found. `address` has no language; `title` is Words; `public` is for everybody."""

    subject: str
    address: str
    title: Words
    parts: tuple[Part, ...] = ()
    when_written: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One passage: a subject in one language. `weighted` are the search forms of A, B, C and D."""

    subject: str
    language: str
    visibility: str
    kind: str
    address: str
    title: Words
    when_written: str
    parts: list[tuple[str, str]] = field(hash=False)
    texts: dict[str, list[str]] = field(hash=False)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.subject, self.language, self.visibility

    @property
    def digest(self) -> str:
        whole = [MADE_BY, self.kind, self.address, self.title, self.when_written, self.parts, self.texts]
        written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return hashlib.blake2b(written.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def weighted(self) -> list[str]:
        """The search forms for each weight, A to D; each of A is also one word, for those who type it whole."""
        forms = []
        for weight in "ABCD":
            words = words_of(" \n ".join(self.texts.get(weight, ()))[:MOST], self.language)
            forms.append(f"{words} {more_forms(words, self.language)}")
        forms[0] += " ".join(["", *map(name_word, self.texts.get("A", ()))])
        return forms


def words_of(text: str, language: str) -> str:
    """The search form of a text; plain English text, of which there is most, ten times faster than by the rules."""
    if text.isascii() and "-" not in text and "/" not in text:
        return " ".join(word[:LONGEST] for word in _PLAIN.findall(text.lower()))
    return search_text(text, language)


def rows_of(found: Found, kind: str) -> Iterator[Row]:
    """A passage for each language in which the subject can be read; English where there is none."""
    title = dict(texts(found.title))
    said = [(part, part.text if isinstance(part.text, str) else dict(texts(part.text))) for part in found.parts]
    readable = [words for part, words in said if isinstance(words, dict) and part.makes_passages]
    there = title.keys() | {code for words in readable for code in words} or {"en"}
    for code in CODES:
        if code not in there:
            continue
        read: list[tuple[str, str]] = []
        weights: dict[str, list[str]] = {"A": [title[code]]} if code in title else {}
        for part, words in said:
            text = words if isinstance(words, str) else words.get(code, "")
            if text:
                weights.setdefault(part.weight, []).append(text)
            if text and part.read:
                read.append((part.at, text))
        yield Row(
            subject=found.subject, language=code, visibility="public" if found.public else "group", kind=kind,
            address=found.address, title=found.title, when_written=found.when_written, parts=read, texts=weights,
        )  # fmt: skip
