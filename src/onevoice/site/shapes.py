"""How the public pages look as data: the home page's latest, what is loaded, who disagrees, the record's entries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onevoice.claims.models import Claim
from onevoice.decisions import visible as decisions
from onevoice.decisions.models import Decision
from onevoice.enact.act import label_of
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.days import Asked
from onevoice.groups.facts import in_its_language
from onevoice.groups.models import Group
from onevoice.groups.sources import Point, sources_of
from onevoice.languages.collation import in_order
from onevoice.languages.names import CODES
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.mandates import visible as mandates
from onevoice.mandates.models import InstrumentKind
from onevoice.mandates.shapes import MandateRow, in_short
from onevoice.meetings import visible as meetings
from onevoice.meetings.lists import upcoming
from onevoice.meetings.models import Meeting
from onevoice.record.models import Entry, Placement

from . import visible, wording
from .called import called

Words = Mapping[str, Any]


# --- home ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Events:
    """What is to come, the nearest first, and what was, the latest first."""

    to_come: list[Meeting]
    past: list[Meeting]


def events(viewer: Viewer, group: Group, *, now: datetime) -> Events:
    """For the home page; two queries."""
    rows = meetings.meetings(viewer).filter(group=group)
    ahead = list(upcoming(rows, group, now=now)[:4])
    before = rows.exclude(pk__in=[each.pk for each in ahead]).order_by("-when_written", "-pk")
    today = now.astimezone(group.tz).date().isoformat()
    return Events(ahead, list(before.filter(when_written__lte=today)[:4]))


def latest_decisions(viewer: Viewer, group: Group, *, until: str) -> list[Decision]:
    """The last three adopted by a day."""
    rows = decisions.decisions(viewer).filter(group=group, adopted_written__lte=until)
    return list(rows.order_by("-adopted_written", "-pk")[:3])


def origins(viewer: Viewer, group: Group, asked: Asked) -> list[MandateRow]:
    """Where the mandate comes from: the first resolutions of which it is known what they did."""
    rows = mandates.mandates(viewer).filter(group=group, kind=InstrumentKind.MANDATE).exclude(effect={})
    return in_short(rows.order_by("order", "pk"), asked)[:4]


def latest_count(viewer: Viewer, group: Group, *, until: str) -> Any:
    """The last published size of the group, as of a day."""
    return (
        groups.counts(viewer)
        .filter(group=group, when_written__lte=until)
        .order_by("when_written", "pk")
        .last()
    )


# --- about this record ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, and how many facts it stands behind."""

    address: str
    title: str
    facts: int


def source_rows(viewer: Viewer, group: Group) -> list[SourceRow]:
    """The sources used, those with the most facts first; one query."""
    rows = visible.claims_in(viewer, group).filter(source__isnull=False).order_by()
    found = rows.values("source__address").annotate(
        facts=Count("about", distinct=True), title=Min("source__title")
    )
    return [
        SourceRow(row["source__address"], row["title"] or "", row["facts"])
        for row in found.order_by("-facts", "source__address")
    ]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which sources say different things: of what, and all claims."""

    about: str
    address: str
    point: Point


def disagreements(viewer: Viewer, group: Group) -> tuple[list[Disagreement], list[Point]]:
    """All claims that say something: where they disagree, and what is stated of the group itself; one query.

    What the disputes are about is called by its title; one query a model of those.
    """
    by_subject: dict[str, list[Claim]] = defaultdict(list)
    for claim in visible.claims_in(viewer, group).filter(says__isnull=False):
        by_subject[claim.about].append(claim)
    said = {key: sources_of(claims) for key, claims in by_subject.items()}
    itself = key_of(group)
    titles = called(viewer, (key for key in said if said[key].disputes and key != itself))
    found = [
        Disagreement(_name_of(key, group, titles), _address_of(key), point)
        for key in said
        for point in said[key].disputes
    ]
    return found, list(said[itself].stated) if itself in said else []


_PAGES = {
    "meetings.meeting": "meetings:event",
    "decisions.decision": "decisions:decision",
    "decisions.proposal": "decisions:proposal",
    "outputs.output": "outputs:output",
    "mandates.instrument": "mandates:mandate",
}


def _address_of(key: str) -> str:
    """The page of a subject, by its key; empty where it has none of its own."""
    model, _, name = key.partition(":")
    group, _, slug = name.partition("/")
    try:
        if model == "groups.group":
            return reverse("site:home", args=[name])
        if model == "mandates.paragraph":
            mandate, _, anchor = slug.partition("/")
            return f"{reverse('mandates:mandate', args=[group, mandate])}#{anchor}"
        return reverse(_PAGES[model], args=[group, slug]) if model in _PAGES else ""
    except NoReverseMatch:
        return ""


def _name_of(key: str, group: Group, titles: Mapping[str, Words]) -> str:
    """What a subject is called in a line: its title in the reader's language, else its kind."""
    if key == key_of(group):
        return group.acronym
    if title := titles.get(key):
        return plain(title, active_language().code)
    return str(wording.SUBJECTS.get(key.partition(":")[0], ""))


@dataclass(frozen=True, slots=True)
class Named:
    """Something with its names in the six languages, in the order of `CODES`."""

    label: str
    address: str
    names: list[Words | None]

    def cell(self, code: str) -> SafeString:
        """The name in its own language and direction, with where it is from."""
        words = self.names[CODES.index(code)]
        if not words:
            return format_html('<span class="quiet">{}</span>', wording.none_found)
        return in_its_language(code, words)


def named(viewer: Viewer, group: Group) -> list[Named]:
    """The group, its bodies and its organisations with the names that were found; three queries."""
    code = active_language().code
    found = [Named(group.acronym, "", _each(group.names))]
    found += [
        Named(plain(body.names, code), "", _each(body.names))
        for body in groups.bodies(viewer).filter(group=group)
    ]
    among = [
        Named(
            plain(each.acronym(), code),
            reverse("groups:member", args=[group.slug, each.slug]),
            _each(each.words()),
        )
        for each in visible.organisations(viewer, group)
    ]
    return found + in_order(among, lambda each: each.label, code)


def _each(words: Words) -> list[Words | None]:
    return [{code: words[code]} if words.get(code) else None for code in CODES]


# --- the record ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the log as anybody may see it."""

    index: int
    act: Any
    subject: str
    shown: SafeString
    address: str
    at: datetime
    public: bool


def titled(viewer: Viewer, placements: list[Placement]) -> list[Placement]:
    """The same placements, each with the titles of what stands on the page; nothing is asked of what is sealed."""
    titles = called(viewer, (_thing_of(each.entry) for each in placements if each.entry.public))
    for placement in placements:
        placement.titles = titles  # type: ignore[attr-defined]
    return placements


def entry_row(placement: Placement) -> EntryRow:
    """A sealed entry shows its place and nothing else, not even when it came; `titled` gives the titles."""
    entry = placement.entry
    if not entry.public:
        return EntryRow(placement.index, wording.sealed, "", SafeString(""), "", entry.created_at, False)
    thing = _thing_of(entry)
    return EntryRow(
        placement.index,
        label_of(entry.act),
        wording.subject(thing),
        wording.subject_shown(thing, getattr(placement, "titles", {}).get(thing)),
        _address_of(thing),
        entry.created_at,
        True,
    )


def _thing_of(entry: Entry) -> str:
    """What came of the act, where it has a page; else what it was done on: of an adoption, everybody may read the
    decision, and only the group the proposal."""
    performed = getattr(entry, "performed", None)
    made = performed.result if performed else ""
    return made if made.partition(":")[0] in _PAGES else str(entry.subject)


def entry_address(placement: Placement) -> str:
    """The page of an entry."""
    return reverse("site:entry", args=[placement.group, placement.index])


def leaf_text(leaf: bytes) -> str:
    """A leaf's JSON, laid out for reading."""
    return json.dumps(json.loads(leaf), ensure_ascii=False, indent=2)
