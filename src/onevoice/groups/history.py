"""What was known of a fact before: as it was said, until when, and who changed it. One query for many facts.

Everybody may know that a public fact was changed, when, and for which organisation; the person and the reason are
for the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from onevoice.claims.models import Fact, Supersession
from onevoice.claims.wording import reason
from onevoice.enact.actor import Viewer
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.wording import CAPACITIES
from onevoice.parties.models import Organisation, OrganisationName, Person, Succession

from . import known, wording
from .models import Appointment, Group, Membership, OfficeHolding, PublishedCount
from .sources import NONE, Behind, Sources

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact as it was known until an instant, and who changed it; `by` is None for an import."""

    line: str
    note: Mapping[str, Any]
    at: datetime
    by: Organisation | None
    person: str
    why: str
    sources: Sources
    taken_back: bool  # nothing stands in its place


@dataclass(frozen=True, slots=True)
class Changes:
    """What was known of one fact before, the latest first; closed until it is asked for."""

    group: Group
    items: tuple[Change, ...] = ()

    @property
    def html(self) -> SafeString:
        context = {"changes": self.items, "group": self.group}
        return (
            SafeString(render_to_string("groups/history.html", context).strip())
            if self.items
            else SafeString("")
        )

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass
class History:
    """All that was ever known of some facts."""

    group: Group
    facts: dict[Key, Fact] = field(default_factory=dict)
    gone: dict[Key, Supersession] = field(default_factory=dict)  # by the fact that no longer stands
    replacing: dict[Key, Supersession] = field(default_factory=dict)  # by the fact that stands in its place
    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    cited: Behind | None = None
    inside: bool = False  # whether the reader is of the group
    now: datetime | None = None

    def then[F: Fact](self, facts: Iterable[F], *, known_on: datetime | None) -> list[F]:
        """Those that stand now, or that stood in what was known at an instant."""
        return [fact for fact in facts if self._stood(fact, known_on)]

    def _stood(self, fact: Fact, known_on: datetime | None) -> bool:
        if known_on is None:
            return fact.standing
        gone = self.gone.get(_key(fact))
        return fact.claimed_at <= known_on and (gone is None or gone.at > known_on)

    def of(self, fact: Fact) -> Changes:
        """What stood in its place before it, back to what was said first."""
        return Changes(self.group, tuple(self._before(_key(fact))))

    def taken_back(self, *models: type[Fact], known_on: datetime | None = None) -> Changes:
        """Facts said by mistake, in whose place nothing stands; not shown for what was known once."""
        tables = {model._meta.db_table for model in models}
        rows = [
            self._change(key, gone)
            for key, gone in self.gone.items()
            if gone.by_fact_id is None and key[0] in tables and known_on is None
        ]
        return Changes(self.group, tuple(sorted(rows, key=lambda change: change.at, reverse=True)))

    def _before(self, key: Key) -> Iterator[Change]:
        while gone := self.replacing.get(key):
            key = (gone.fact_table, gone.fact_id)
            if key not in self.facts:
                return
            yield self._change(key, gone)

    def _change(self, key: Key, gone: Supersession) -> Change:
        fact = self.facts[key]
        person, organisation = who(gone.by)
        somebody = self.persons.get(person)
        return Change(
            line=line_of(fact, now=self.now),
            note=getattr(fact, "note", {}),
            at=gone.at,
            by=self.organisations.get(organisation),
            person=somebody.called if somebody and self.inside else "",
            why=reason(gone.why, gone.kind) if self.inside else "",
            sources=self.cited.of(fact) if self.cited else NONE,
            taken_back=gone.by_fact_id is None,
        )


def history(viewer: Viewer, group: Group, facts: Sequence[Fact], cited: Behind | None = None) -> History:
    """Of facts that were read already, those that no longer stand among them; no query where all stand."""
    found = History(group, {_key(fact): fact for fact in facts}, cited=cited)
    found.inside, found.now = viewer.is_in(group.pk), viewer.now
    ids: dict[str, list[int]] = {}
    for fact in facts:
        if not fact.standing:
            ids.setdefault(fact._meta.db_table, []).append(fact.pk)
    if not ids:
        return found
    wanted = reduce(or_, (Q(fact_table=table, fact_id__in=pks) for table, pks in ids.items()))
    for gone in Supersession.objects.filter(wanted).order_by("pk"):
        found.gone[gone.fact_table, gone.fact_id] = gone
        if gone.by_fact_id is not None:
            found.replacing[gone.fact_table, gone.by_fact_id] = gone
    names = [who(gone.by) for gone in found.gone.values()]
    its = Organisation.objects.filter(slug__in={name for _, name in names if name}).prefetch_related("names")
    found.organisations = {each.slug: each for each in its}
    if found.inside:
        found.persons = {
            p.slug: p for p in Person.objects.filter(slug__in={name for name, _ in names if name})
        }
    return found


def who(by: str) -> tuple[str, str]:
    """Person and organisation of an actor's key, "person:ann for unodc"; empty for the importer and the clock."""
    kind, _, rest = by.partition(":")
    person, _, organisation = rest.rpartition(" for ")
    return (person, organisation) if kind == "person" else ("", "")


def line_of(fact: Fact, *, now: datetime | None = None) -> str:
    """A fact in words, in the reader's language; what is to come at `now` as such."""
    match fact:
        case Membership():
            return known.membership(fact, now=now)
        case OfficeHolding():
            return known.office_held(fact.office.kind, fact, now=now)
        case Appointment():
            period = known.appointed(fact, now=now)
            title = plain(fact.title, active_language().code)
            if title and fact.group_id is None:
                return str(wording.title_held).format(title=title, period=period)
            if title:
                say = str(wording.capacity_with_title)
                return say.format(capacity=CAPACITIES[fact.capacity], title=title, period=period)
            return str(wording.capacity_held).format(capacity=CAPACITIES[fact.capacity], period=period)
        case PublishedCount():
            return wording.counted(fact, known.shown(fact.when_written))
        case OrganisationName():
            return wording.named(fact, known.name_period(fact, now=now))
        case Succession():
            return became(fact)
    raise TypeError(f"{fact._meta.label} has no words in groups/history.py: give it some in line_of.")


def became(row: Succession) -> str:
    """'UNIFEM became part of UN Women in 2010'."""
    said = wording.became_when if row.when_written else wording.became
    code = active_language().code
    return str(said).format(
        predecessor=plain(row.predecessor.acronym(), code),
        successor=plain(row.successor.acronym(), code),
        when=known.shown(row.when_written),
    )


def _key(fact: Fact) -> Key:
    return fact._meta.db_table, fact.pk
