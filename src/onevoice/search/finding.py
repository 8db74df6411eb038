"""Asks the index: what was typed becomes a query in each of the six languages, answers come one a subject.

1. What was typed is read: cleaned, or refused with a sentence.
2. Passages that hold all of the words, each by the stemmer of its own language, that this reader may see;
   of very many the newest, those in the reader's language before others.
3. One passage a subject: in the reader's language where there is one, what is called so before others, then by
   rank, then the newest. The list (`lists.py`) keeps this order or takes another.
4. Where nothing holds all of the words: what holds some of them.
5. Of one page, or of a file: is it still in its room's visible set, and which of its words are marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onevoice.enact.actor import Viewer
from onevoice.groups.models import Group
from onevoice.languages.bidi import clean_line, is_clean, shown
from onevoice.languages.names import CODES, Language, language_of
from onevoice.languages.normal import search_query
from onevoice.languages.web import url_in
from onevoice.languages.words import said
from onevoice.look.errors import in_numbers
from onevoice.look.wording import IN_LANGUAGE

from . import index, visible, wording
from .marking import Marks, best, marked, marks_for, snippet
from .models import Passage
from .spelling import name_word, widened

LONGEST: Final = 200  # characters of a query
KEPT: Final = 10_000  # of one that is too long
_AND = re.compile(" (?:&|<->) ")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for. `fault` says what is wrong with it; `status` is then that of the answer."""

    text: str = ""
    kind: str = ""
    fault: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One subject found, with its place among the others: what a list needs to order it."""

    place: int
    passage: int
    subject: str
    when_written: str
    title: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject as it is shown: where, of what kind, its title and the piece of text, in their languages.

    `name` is the title with what was asked for marked.
    """

    place: int
    address: str
    kind: str | Promise
    when_written: str
    title: Mapping[str, Any]
    name: SafeString
    snippet: SafeString
    language: Language
    is_asked_language: bool

    @property
    def told(self) -> Promise:
        """'in French'."""
        return IN_LANGUAGE[self.language.code]


@dataclass(slots=True)
class Answer:
    """What was found. `any_word`: nothing held all of the words; `too_many`: only the newest count."""

    places: list[Place] = field(default_factory=list)
    any_word: bool = False
    too_many: bool = False


def read(typed: str, kind: str) -> Asked:
    """Step 1."""
    text = clean_line(typed)
    known = kind if kind in wording.KINDS else ""
    if not is_clean(typed):
        return Asked(text[:KEPT], known, fault=str(wording.unreadable), status=400)
    if len(text) > LONGEST:
        say = in_numbers(wording.too_long, size=len(text), limit=LONGEST)
        return Asked(text[:KEPT], known, fault=say, status=413)
    if kind and not known:
        return Asked(text, fault=str(wording.no_such_kind).format(kind=shown(clean_line(kind)[:40])), status=400)
    return Asked(text, known)


def find(viewer: Viewer, group: Group, asked: Asked, language: Language) -> Answer:
    """Steps 2 to 4; two queries at most, however much is found."""
    among = index.Among(group.pk, visible.visibilities(viewer, group), asked.kind)
    name = name_word(asked.text)
    queries = {code: widened(search_query(asked.text, code), code) for code in CODES}
    rows, any_word = index.ranked(among, queries, name, language), False
    if not rows and any(_AND.search(query) for query in queries.values()):
        any_word = True
        rows = index.ranked(among, {code: _AND.sub(" | ", query) for code, query in queries.items()}, name, language)
    return Answer(_one_a_subject(rows), any_word, len(rows) >= index.MOST)


def _one_a_subject(rows: Sequence[tuple[int, str, str, Mapping[str, Any]]]) -> list[Place]:
    """Step 3."""
    first: dict[str, Place] = {}
    for pk, subject, date, title in rows:
        if subject not in first:
            first[subject] = Place(len(first) + 1, pk, subject, date, title)
    return list(first.values())


def hits(viewer: Viewer, group: Group, text: str, places: Sequence[Place], language: Language) -> list[Hit]:
    """Step 5; three queries."""
    pks = [place.passage for place in places]
    rows = {row.pk: row for row in visible.passages(viewer, group).filter(pk__in=pks).defer("vector")}
    there = visible.still_there(viewer, group, {row.subject for row in rows.values()}) if rows else set()
    kept = [(place.place, rows[place.passage]) for place in places if place.passage in rows]
    kept = [(place, row) for place, row in kept if row.subject in there]
    titles = [said(row.title, language.code) for _, row in kept]
    texts = [(title.language, title.text) for title in titles]
    texts += [(row.language, part) for _, row in kept for _, part in row.parts]
    marks = marks_for(text, texts)
    return [_hit(place, row, marks, language) for place, row in kept]


def _hit(place: int, row: Passage, marks: Any, language: Language) -> Hit:
    none = Marks(frozenset(), None)
    title, own = said(row.title, language.code), language_of(row.language)
    anchor, text = best(row.parts, marks.get(row.language, none))
    name = marked(title.text, marks.get(title.language, none))
    if not title.is_asked_language:
        name = format_html('<span lang="{}" dir="{}">{}</span>', title.html_language, title.direction, name)
    return Hit(
        place=place,
        address=url_in(row.address, language.code) + (f"#{anchor}" if anchor else ""),
        kind=wording.KIND[row.kind],
        when_written=row.when_written,
        title=row.title,
        name=name,
        snippet=snippet(text, marks.get(row.language, none), row.language),
        language=own,
        is_asked_language=own == language,
    )
