"""How mandates look as data: for pages and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onevoice.enact.actor import Viewer
from onevoice.groups.sources import NONE, Sources, behind
from onevoice.languages.slugs import slug

from . import visible, wording
from .answers import Answer, answers_to
from .models import Instrument, Paragraph

Words = Mapping[str, Any]
FIRST_SESSION = 1945  # the first regular session of the General Assembly began in 1946; the 72nd in 2017


@dataclass(frozen=True)
class MandateRow:
    """An instrument with what answers it and who says so."""

    instrument: Instrument
    answers: list[Answer]
    sources: Sources

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
        """For the order: the date, else the year in which its session began."""
        instrument = self.instrument
        return instrument.when_written or (
            str(FIRST_SESSION + instrument.session) if instrument.session else ""
        )

    @property
    def address(self) -> str:
        return self.instrument.get_absolute_url()


def mandate_rows(viewer: Viewer, instruments: Iterable[Instrument]) -> list[MandateRow]:
    """Instruments with what answers each; a fixed number of queries."""
    instruments = list(instruments)
    answering = answers_to(viewer, instruments)
    cited = behind(viewer, instruments)
    return [MandateRow(each, answering[each.pk], cited.of(each)) for each in instruments]


def newest(instruments: Iterable[Instrument]) -> list[MandateRow]:
    """For short lists: the newest first, without what answers them."""
    rows = [MandateRow(each, [], NONE) for each in instruments]
    return sorted(rows, key=lambda row: row.when, reverse=True)


@dataclass(frozen=True, slots=True)
class Kin:
    """Instruments that stand in a relation to one: what it led to, what led to it, reports on it."""

    leads_to: list[Instrument]
    came_from: list[Instrument]
    responds_to: list[Instrument]
    reports: list[Instrument]


def kin_of(viewer: Viewer, instrument: Instrument) -> Kin:
    """The family of an instrument; three queries."""
    among = visible.instruments(viewer).filter(group=instrument.group_id)
    return Kin(
        [instrument.leads_to] if instrument.leads_to else [],
        list(among.filter(leads_to=instrument)),
        list(among.filter(reports=instrument)),
        list(among.filter(responds_to=instrument)),
    )


def anchor(paragraph: Paragraph) -> str:
    """The address of a paragraph within its page: 'p4', 'p12-bis'."""
    return f"p{slug(paragraph.number, str(paragraph.order))}"


def name_of(instrument: Instrument) -> Words:
    """What an instrument is called in a line: its symbol, else its title."""
    return (
        {"en": instrument.symbol}
        if instrument.symbol
        else instrument.title or {"en": str(wording.title_not_found)}
    )
