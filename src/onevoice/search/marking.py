"""Which words of an answer are what was asked for, and the piece of text to show around them.

The database says which words match, by the same stemmers that found the passage; one query for a whole page.
Chinese has no words to ask about: what was typed is marked where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onevoice.languages.bidi import shown
from onevoice.languages.normal import CONFIGURATIONS, folded, search_query, search_text

from .spelling import widened

READ: Final = 30_000  # characters of one passage in which words are looked for
_SIGNS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # what stands on a letter
_HAN_CHARS = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_HAN_CHARS}]+")
_LETTER = f"(?:(?![{_HAN_CHARS}])[^\\W_]|[{_SIGNS}])"
_SYMBOL = r"[^\W_][\w.()-]*(?:/[^\W_][\w.()-]*)+"
_WORD = re.compile(f"{_SYMBOL}|{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*")
_TERM = re.compile(r"'([^']+)'(:\*)?")
_BEFORE: Final = 70  # characters shown before the first word
_LENGTH: Final = 280
_LENGTH_ZH: Final = 120


@dataclass(frozen=True, slots=True)
class Marks:
    """Where what was asked for stands in texts of one language."""

    words: frozenset[str]
    runs: re.Pattern[str] | None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Places to mark, in order, none in another."""
        found = [match.span() for match in _WORD.finditer(text) if match[0] in self.words]
        found += [match.span() for match in self.runs.finditer(text)] if self.runs else []
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    def how_many(self, text: str) -> int:
        """How many different words of the text are asked for."""
        return len({folded(text[start:end]) for start, end in self.spans(text)})


def marks_for(asked: str, texts: Iterable[tuple[str, str]]) -> Mapping[str, Marks]:
    """For each language, what to mark in these texts (language, text); one query, none without a word to look at."""
    words: dict[str, set[str]] = {}
    for language, text in texts:
        words.setdefault(language, set()).update(_WORD.findall(text[:READ]))
    runs = sorted(set(_HAN.findall(asked)), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, runs))) if runs else None
    matching = _matching(asked, words)
    return {code: Marks(frozenset(matching.get(code, ())), pattern) for code in words}


def _matching(asked: str, words: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Which words are one of those asked for, by the database's stemmer; as they stand where it leaves all out."""
    rows = [(code, word, search_text(word, code)) for code, found in words.items() for word in sorted(found)]
    if not rows:
        return {}
    queries = [(code, CONFIGURATIONS[code], _any_of(widened(search_query(asked, code), code))) for code in words]
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [*map(list, zip(*queries, strict=True)), *map(list, zip(*rows, strict=True))])
        found: dict[str, set[str]] = {}
        for code, word in cursor.fetchall():
            found.setdefault(code, set()).add(word)
    return found


_ASK: Final = """
    WITH query AS (
        SELECT code, config::regconfig, to_tsquery(config::regconfig, terms) AS stems,
               to_tsquery('simple', terms) AS plain
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS given (code, config, terms))
    SELECT code, word
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS given (code, word, forms) JOIN query USING (code)
    WHERE CASE numnode(stems) WHEN 0 THEN to_tsvector('simple', forms) @@ plain
          ELSE to_tsvector(config, forms) @@ stems END"""


def _any_of(query: str) -> str:
    """Any of the terms of a query."""
    return " | ".join(f"'{term}'{star}" for term, star in _TERM.findall(query))


def best(parts: Sequence[tuple[str, str]], marks: Marks) -> tuple[str, str]:
    """The anchor and text of the part in which most of what was asked stands; the first where none has any."""
    if not parts:
        return "", ""
    return max(parts, key=lambda part: marks.how_many(part[1][:READ]))


def marked(text: str, marks: Marks) -> SafeString:
    """The whole text with what was asked for marked."""
    return _html(text, marks.spans(text))


def snippet(text: str, marks: Marks, language: str) -> SafeString:
    """The piece around the first word that was asked for, cut between words."""
    length = _LENGTH_ZH if language == "zh" else _LENGTH
    spans = marks.spans(text[:READ])
    start = max(0, spans[0][0] - _BEFORE) if spans and spans[0][1] > length else 0
    end = min(len(text), start + length)
    if start and language != "zh":
        start = text.find(" ", start) + 1
    if end < len(text) and language != "zh":
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else start + 1)
    inside = [(s - start, e - start) for s, e in spans if start <= s and e <= end]
    piece = _html(text[start:end], inside)
    return format_html("{}{}{}", "… " if start else "", piece, " …" if end < len(text) else "")


def _html(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    pieces, position = [], 0
    for start, end in spans:
        pieces.append((shown(text[position:start]), shown(text[start:end])))
        position = end
    html = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", html, shown(text[position:]))
