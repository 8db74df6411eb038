"""How proposals and decisions look as data: for pages, feeds, exports and search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import act_named, label_of
from onevoice.enact.actor import NOBODY, Viewer
from onevoice.enact.after import of_a_member
from onevoice.enact.models import Performed
from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language, url_in
from onevoice.languages.words import Said, plain, said
from onevoice.mandates.answers import answering
from onevoice.mandates.models import Instrument
from onevoice.parties.models import Organisation

from . import lasting_wording, visible, wording
from .models import Proposal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph under its permanent id, as it is said to this reader."""

    id: str
    number: int
    said: Said

    @property
    def text(self) -> str:
        """Without what could turn the reading order of the page."""
        return shown(self.said.text)


@dataclass(frozen=True, slots=True)
class Text:
    """A frozen text in the language there is for the reader."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def said(self) -> Said | None:
        """The first paragraph stands for the language of all."""
        return self.paragraphs[0].said if self.paragraphs else None


def text_of(paragraphs: Sequence[Mapping[str, Any]], language: str) -> Text:
    """The paragraphs of a proposal or decision, numbered from 1."""
    return Text(tuple(
        Paragraph(str(one.get("id", f"p{number}")), number, said(one["text"], language))
        for number, one in enumerate(paragraphs, start=1)
    ))  # fmt: skip


def named(slugs: Iterable[str]) -> list[tuple[str, str]]:
    """Organisations by their permanent names, each with its acronym, in order; one query and one for the names."""
    rows = groups.organisations(NOBODY).filter(slug__in=list(slugs)).prefetch_related("names")
    language = active_language().code
    return sorted((one.slug, plain(one.acronym(), language)) for one in rows)


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was performed on the thing shown: what, for whom, when, and its place in the record."""

    label: str | Promise
    organisation: Mapping[str, Any]
    at: datetime
    place: int | None
    in_record: bool
    about: str = ""


def done(performed: Iterable[Performed], *, named: bool = True) -> list[Done]:
    """The acts in words; an act that is no longer declared keeps its name.

    `named`: whether the rules show whose an objection, a vote, or another word of a member under a procedure is.
    """
    return [
        Done(
            label=_called(one.act),
            organisation=one.by.get("organisation", {}) if named or not of_a_member(one) else {},
            at=one.received_at,
            place=placed(one),
            in_record=one.entry is not None,
            about=lasting_wording.about(one.facts),
        )
        for one in performed
    ]


def _called(name: str) -> str | Promise:
    """What happened by an act, where procedures have a word for it; else what the record calls the act."""
    what = getattr(act_named(name), "what", None)
    known = wording.IN_COURSE.get(name) or (wording.RECEIVED.get(what) if isinstance(what, str) else None)
    return known or label_of(name)


def proposed(proposal: Proposal) -> Done:
    """The first step: the text was put to the body. Its entry is about the agenda item, so it is not linked here."""
    organisation = proposal.proposed_by.acronym(at=proposal.proposed_at)
    return Done(_("Text proposed"), organisation, proposal.proposed_at, None, in_record=False)


def placed(performed: Performed) -> int | None:
    """The number of its entry in the record, None while it is being placed."""
    placement = getattr(performed.entry, "placement", None) if performed.entry else None
    return placement.index if placement else None


def roster(viewer: Viewer, slugs: Iterable[str]) -> list[Organisation]:
    """The organisations of a frozen roster, in the order of their permanent names; two queries."""
    return list(groups.organisations(viewer).filter(slug__in=list(slugs)))


@dataclass(frozen=True, slots=True)
class Mandate:
    """An instrument as a link: its symbol or title, and the address of its page."""

    symbol: str
    title: Mapping[str, Any]
    address: str


def mandates_of(instruments: Iterable[Instrument], group: Group) -> list[Mandate]:
    """The instruments that a decision or a meeting answers."""
    code = active_language().code
    return [
        Mandate(one.symbol, one.title, url_in(f"/{group.slug}/mandates/{one.slug}", code))
        for one in instruments
    ]


answering(
    "decisions",
    _("Decision"),
    visible.decisions,
    title=lambda decision: decision.title,
    when="adopted_written",
)
