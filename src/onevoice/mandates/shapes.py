"""How mandates look as data: for pages and exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from onevoice.claims import asof
from onevoice.enact.actor import Viewer
from onevoice.enact.after import Link, found
from onevoice.enact.subjects import address_of, title_of
from onevoice.groups.days import Asked
from onevoice.groups.sources import NONE, Sources, behind
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.parties.models import Organisation

from . import visible, wording
from .answers import Answer, answers_to, paragraph_answers
from .models import (
    AnswerTakenBack,
    Instrument,
    InstrumentKind,
    Paragraph,
    ParagraphCorrection,
    Trace,
    free_anchor,
)

Words = Mapping[str, Any]
FIRST_SESSION = 1945  # the first regular session of the General Assembly began in 1946; the 72nd in 2017


@dataclass(frozen=True)
class MandateRow:
    """An instrument with what answers it and who says so."""

    instrument: Instrument
    answers: list[Answer]
    sources: Sources
    there: asof.Answer = asof.Answer.HOLDS  # on the day asked about

    @property
    def symbol(self) -> str:
        return self.instrument.symbol

    @property
    def title(self) -> Words:
        return self.instrument.title

    @property
    def asks(self) -> Words:
        """What it did or asks, else its title."""
        return self.instrument.effect or self.instrument.title

    @property
    def when(self) -> str:
        """For the order: the date, else the month in which its session began."""
        return when_of(self.instrument)

    @property
    def perhaps(self) -> bool:
        """Whether its date leaves open that it was there on the day."""
        return self.there is asof.Answer.PERHAPS

    @property
    def address(self) -> str:
        return self.instrument.get_absolute_url()


def when_of(instrument: Instrument) -> str:
    """The date as written, else the month in which its session began; empty where neither is known.

    The General Assembly's regular sessions begin in September (its rules of procedure, rule 1).
    """
    return instrument.when_written or (
        f"{FIRST_SESSION + instrument.session}-09" if instrument.session else ""
    )


def there_on(instrument: Instrument, asked: Asked) -> asof.Answer:
    """Whether it was there at the end of the day: perhaps, while its session ran or in its month or year."""
    latest = f"{FIRST_SESSION + instrument.session + 1}-09" if instrument.session else ""
    return asked.there(when_of(instrument), "" if instrument.when_written else latest)


def mandate_rows(viewer: Viewer, instruments: Iterable[Instrument], asked: Asked) -> list[MandateRow]:
    """Instruments that were there on the day, with what answered each by then; a fixed number of queries."""
    instruments = list(instruments)
    answering = answers_to(viewer, instruments)
    cited = behind(viewer, instruments)
    rows = [
        MandateRow(each, given_by(asked, answering[each.pk]), cited.of(each), there_on(each, asked))
        for each in instruments
    ]
    return [row for row in rows if row.there is not asof.Answer.NO]


def given_by(asked: Asked, answers: Iterable[Answer]) -> list[Answer]:
    """The answers that there were at the end of the day."""
    return [each for each in answers if asked.begun(each.when_written)]


def in_short(instruments: Iterable[Instrument], asked: Asked) -> list[MandateRow]:
    """Those that were there on the day, for short lists: without what answers them."""
    rows = [MandateRow(each, [], NONE, there_on(each, asked)) for each in instruments]
    return [row for row in rows if row.there is not asof.Answer.NO]


def newest(instruments: Iterable[Instrument], asked: Asked) -> list[MandateRow]:
    """The same, the newest first."""
    return sorted(in_short(instruments, asked), key=lambda row: row.when, reverse=True)


@dataclass(frozen=True, slots=True)
class Kin:
    """Instruments that stand in a relation to one: what it led to, what led to it, reports on it."""

    leads_to: list[Instrument]
    came_from: list[Instrument]
    responds_to: list[Instrument]
    reports: list[Instrument]


def kin_of(viewer: Viewer, instrument: Instrument, asked: Asked) -> Kin:
    """The family of an instrument, as it was on the day; three queries."""
    among = visible.instruments(viewer).filter(group=instrument.group_id)

    def there(instruments: Iterable[Instrument]) -> list[Instrument]:
        return [each for each in instruments if there_on(each, asked) is not asof.Answer.NO]

    return Kin(
        there([instrument.leads_to] if instrument.leads_to else []),
        there(among.filter(leads_to=instrument)),
        there(among.filter(reports=instrument)),
        there(among.filter(responds_to=instrument)),
    )


def anchor(paragraph: Paragraph) -> str:
    """The permanent name of a paragraph within its page: 'p4', 'p12-bis'."""
    return paragraph.anchor or free_anchor(paragraph.number, ())


def name_of(instrument: Instrument) -> Words:
    """What an instrument is called in a line: its symbol, else its title."""
    return (
        {"en": instrument.symbol}
        if instrument.symbol
        else instrument.title or {"en": str(wording.title_not_found)}
    )


def line_of(instrument: Instrument) -> Words:
    """What an instrument is called where there is room for more: its title with its symbol, else either."""
    if not (instrument.symbol and instrument.title):
        return name_of(instrument)
    texts = {code: plain({code: words}, code) for code, words in instrument.title.items()}
    return {code: f"{instrument.symbol}: {text}" for code, text in texts.items()}


def paragraphs_called(viewer: Viewer, names: Iterable[str]) -> dict[str, Paragraph]:
    """The paragraphs with these permanent names, "group/instrument/p21"; where two had one, the one that stands."""
    parts = [name.split("/") for name in names]
    wanted = {tuple(each) for each in parts if len(each) == 3}
    rows = visible.paragraphs(viewer).filter(
        instrument__group__slug__in={group for group, _, _ in wanted},
        instrument__slug__in={mandate for _, mandate, _ in wanted},
        anchor__in={anchor for _, _, anchor in wanted},
    )
    return {
        f"{row.group.slug}/{row.slug}": row
        for row in rows.order_by("standing", "pk")
        if (row.group.slug, row.instrument.slug, row.anchor) in wanted
    }


NAMED = ("number", "anchor", "instrument__slug", "instrument__symbol", "instrument__group__slug")


def answered_by(viewer: Viewer, thing: Any) -> list[Paragraph]:
    """The paragraphs that a decision, event, output or instrument answers, those withdrawn since too; one query."""
    links = thing.answered_paragraphs
    rows = visible.paragraphs(viewer).filter(pk__in=links.values("pk")).only(*NAMED)
    return list(rows.order_by("instrument__order", "instrument__group__slug", "instrument_id", "order", "pk"))


def name_text(instrument: Instrument) -> str:
    """The same as plain text in the reader's language."""
    return shown(plain(name_of(instrument), active_language().code))


def counts(rows: Iterable[MandateRow]) -> list[tuple[str, int]]:
    """How many of each kind there are: mandates, drafts and reports apart; kinds of which there is none left out."""
    kinds = [row.instrument.kind for row in rows]
    return [(kind, kinds.count(kind)) for kind in InstrumentKind if kind in kinds]


# --- paragraphs, with what answers each and what became of each ---------------------------------------------------
@dataclass(frozen=True, slots=True)
class Once:
    """What something was once: who changed that, when and why."""

    at: datetime
    organisation: Organisation | None
    why: str
    number: str = ""
    text: Words = field(default_factory=dict)
    changes: tuple[tuple[str | Promise, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """An answer that was taken back: what it was, who took it back, when and why."""

    at: datetime
    organisation: Organisation | None
    why: str
    title: Words
    address: str


@dataclass(slots=True)
class ParagraphRow:
    """A paragraph on the page: its anchor, what answers it, what was taken back, its earlier wordings, its acts."""

    paragraph: Paragraph
    anchor: str
    answers: list[Answer]
    gone: list[Gone]
    earlier: list[Once]
    acts: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A paragraph that was entered by mistake: what answered it keeps its link; who withdrew it, when and why."""

    paragraph: Paragraph
    anchor: str  # empty where another paragraph has it now
    answers: list[Answer]
    once: Once


def paragraphs_of(viewer: Viewer) -> Prefetch[Any]:
    """To fetch instruments with the paragraphs that stand; one query."""
    return Prefetch("paragraphs", queryset=visible.paragraphs(viewer).filter(standing=True))


def paragraph_rows(
    viewer: Viewer, instrument: Instrument, gone: Mapping[int | None, list[Gone]], asked: Asked
) -> tuple[list[ParagraphRow], list[Withdrawn]]:
    """The paragraphs that stand, and those that were withdrawn; a fixed number of queries, however many there are."""
    there = list(
        visible.paragraphs(viewer).filter(instrument=instrument).select_related("withdrawal__organisation")
        .prefetch_related("withdrawal__organisation__names")
    )  # fmt: skip
    for each in there:
        each.instrument = instrument
    standing = [each for each in there if each.standing]
    answers = paragraph_answers(viewer, there)
    earlier = _earlier(viewer, there)
    rows = [
        ParagraphRow(p, anchor(p), given_by(asked, answers[p.pk]), gone.get(p.pk, []), earlier[p.pk])
        for p in standing
    ]
    taken = {row.anchor for row in rows}
    return rows, [
        Withdrawn(
            p, "" if p.anchor in taken else p.anchor, given_by(asked, answers[p.pk]), _once(p.withdrawal)
        )
        for p in there
        if not p.standing
    ]


def _earlier(viewer: Viewer, paragraphs: list[Paragraph]) -> dict[int, list[Once]]:
    """The earlier wordings of each, the newest first; one query. That a language was added is no earlier wording."""
    kept: dict[int, list[ParagraphCorrection]] = defaultdict(list)
    for each in visible.corrections(viewer).filter(paragraph__in=paragraphs):
        kept[each.paragraph_id].append(each)
    found: dict[int, list[Once]] = {each.pk: [] for each in paragraphs}
    for paragraph in paragraphs:
        after = (paragraph.number, paragraph.text)
        for was in kept[paragraph.pk]:
            if was.number != after[0] or any(after[1].get(code) != said for code, said in was.text.items()):
                found[paragraph.pk].append(_once(was, number=was.number, text=was.text))
            after = (was.number, was.text)
    return found


def _once(trace: Trace, **was: Any) -> Once:
    return Once(trace.at, trace.organisation, trace.why, **was)


def with_withdrawal(instruments: QuerySet[Instrument]) -> QuerySet[Instrument]:
    """The same, each with what says that it was withdrawn."""
    rows = instruments.select_related("group", "leads_to", "withdrawal__organisation")
    return rows.prefetch_related("withdrawal__organisation__names")


def withdrawal_of(instrument: Instrument) -> Once | None:
    """Who withdrew an instrument, when and why; None for one that stands."""
    return None if instrument.standing else _once(instrument.withdrawal)


# --- history of the instrument ------------------------------------------------------------------------------------
def gone_of(viewer: Viewer, instrument: Instrument) -> dict[int | None, list[Gone]]:
    """What was taken back, by paragraph (None: of the whole), as far as the viewer may see what it was."""
    rows = list(visible.taken_back(viewer).filter(instrument=instrument))
    things = found(viewer, [row.answer for row in rows])
    gone: dict[int | None, list[Gone]] = defaultdict(list)
    for row in rows:
        if (thing := things.get(row.answer)) is not None:
            gone[row.paragraph_id].append(_gone(row, thing))
    return gone


def _gone(row: AnswerTakenBack, thing: Any) -> Gone:
    title = name_of(thing) if isinstance(thing, Instrument) else title_of(thing)
    return Gone(row.at, row.organisation, row.why, title, address_of(thing))


def earlier_of(viewer: Viewer, instrument: Instrument) -> list[Once]:
    """What was said of an instrument once; one query."""
    rows = visible.corrections_of_instruments(viewer).filter(instrument=instrument)
    return [_once(row, changes=_changes(row.was)) for row in rows]


def _changes(was: Mapping[str, Any]) -> tuple[tuple[str | Promise, Words], ...]:
    """What changed, as it was: its name in words, and its value as Words."""
    return tuple((wording.FIELDS[name], _as_words(name, was[name])) for name in wording.FIELDS if name in was)


def _as_words(name: str, value: Any) -> Words:
    code = active_language().code
    if value in ("", None, {}, []):
        return {code: str(wording.was_empty)}
    if isinstance(value, Mapping):
        return value
    if name == "kind":
        return {code: str(wording.KINDS[value])}
    return {code: ", ".join(value) if isinstance(value, list) else str(value)}
