"""Facts of an organisation as data, each with its sources, what was known before and the act that corrects it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onevoice.claims.asof import Answer
from onevoice.claims.models import Fact
from onevoice.languages.bidi import shown
from onevoice.languages.names import language_of
from onevoice.languages.words import plain, said, texts
from onevoice.look.wording import BASES
from onevoice.parties.models import Organisation, OrganisationName, Succession

from . import known, standing
from .days import Asked
from .history import Changes, History
from .models import Body, Membership, OfficeHolding
from .shapes import IN_OFFICE, NOT_SEEN, member_address
from .sources import NONE, Behind, Sources

Words = Mapping[str, Any]
Correct = Callable[[Fact], str]  # the address of the act that corrects a fact, empty for who may not


# --- offices of the group -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OfficeFact:
    """One holding of an office, for the list under the chart; `correct` is the address of the act, for who may."""

    label: str
    office: str
    organisation: Organisation
    period: str
    since: str
    until: str
    chosen: str
    sources: Sources
    before: Changes
    correct: str
    address: str


def office_facts(
    asked: Asked, officers: Sequence[standing.Officer], cited: Behind, past: History, correct: Correct
) -> list[OfficeFact]:
    """Every holding of an office, the latest first."""
    pairs = [(officer, fact) for officer in officers for fact in officer.facts]
    pairs.sort(key=lambda pair: (pair[1].since_written, pair[1].pk), reverse=True)
    return [
        OfficeFact(
            label=known.office_held(officer.office, fact, now=asked.now),
            office=officer.office,
            organisation=officer.organisation,
            period=known.holding(fact, now=asked.now),
            since=fact.since_written,
            until=fact.until_written,
            chosen=fact.chosen_written,
            sources=cited.of(fact),
            before=past.of(fact),
            correct=correct(fact),
            address=member_address(asked.group, officer.organisation),
        )
        for officer, fact in pairs
    ]


# --- one organisation ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SeatFact:
    """One membership as it is known; `correct` is the address of the act, for who may."""

    line: str
    note: Words
    sources: Sources
    before: Changes
    correct: str


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation in one body, on the day asked about."""

    body: Body
    state: str
    answer: Any
    facts: list[SeatFact]
    has_passed: bool = False  # the state is what the organisation became part of


def seats(
    memberships: Iterable[Membership],
    after: Sequence[Succession],
    asked: Asked,
    cited: Behind,
    past: History,
    correct: Correct,
) -> list[Seat]:
    """Its membership, body by body; `after` is what it became part of."""
    passed = next((known.became_part(row) for row in after if asked.has_passed(row)), "")
    by_body: dict[int, list[Membership]] = defaultdict(list)
    for fact in memberships:
        by_body[fact.body_id].append(fact)
    found = []
    for facts in sorted(by_body.values(), key=lambda facts: (facts[0].body.order, facts[0].body_id)):
        answer = standing.held(facts, asked.group, at=asked.at)
        lines = [
            SeatFact(
                known.membership(fact, now=asked.now), fact.note, cited.of(fact), past.of(fact), correct(fact)
            )
            for fact in known.in_time(facts)
        ]
        if passed and answer in (Answer.NO, *NOT_SEEN):
            found.append(Seat(facts[0].body, known.STATES[Answer.NO], passed, lines, True))
        else:
            found.append(Seat(facts[0].body, known.STATES[answer], known.ANSWERS[answer], lines))
    return found


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that an organisation held, and whether on the day asked about."""

    label: str
    body: Body
    of_several: bool  # whether another body of the group has such an office too
    chosen: str
    on_the_day: bool
    sources: Sources
    before: Changes
    correct: str


def offices_of(
    holdings: Iterable[OfficeHolding], asked: Asked, cited: Behind, past: History, correct: Correct
) -> list[HeldOffice]:
    """Its offices, the latest first; as of a day those that had begun."""
    return [
        HeldOffice(
            label=known.office_held(fact.office.kind, fact, now=asked.now),
            body=fact.office.body,
            of_several=getattr(fact, "of_several", False),
            chosen=fact.chosen_written,
            on_the_day=standing.held([fact], asked.group, at=asked.at) in IN_OFFICE,
            sources=cited.of(fact),
            before=past.of(fact),
            correct=correct(fact),
        )
        for fact in reversed(known.in_time(list(holdings)))
        if asked.day is None or fact.period.lower is None or fact.period.lower <= asked.at
    ]


# --- names ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NameRow:
    """What an organisation was called over a period, in one language."""

    language: str
    name: Words
    acronym: Words
    period: str
    sources: Sources

    @property
    def language_name(self) -> Promise:
        """The language, in the language of the page."""
        return known.LANGUAGES[self.language]

    @property
    def html(self) -> SafeString:
        """The name with its acronym in brackets."""
        return in_its_language(self.language, self.name, plain(self.acronym, self.language))


def name_rows(names: Iterable[OrganisationName], asked: Asked, cited: Behind) -> list[NameRow]:
    """Every name by the day, in each of the languages in which it was found; its sources stand beside the first."""
    rows = []
    for name in names:
        if asked.day and name.period.lower and name.period.lower > asked.at:
            continue
        acronyms = dict(texts(name.acronyms))
        period = known.name_period(name, now=asked.now)
        for at, (code, _) in enumerate(texts(name.names)):
            acronym = {code: name.acronyms[code]} if code in acronyms else {}
            sources = NONE if at else cited.of(name)
            rows.append(NameRow(code, {code: name.names[code]}, acronym, period, sources))
    return rows


def in_its_language(code: str, words: Words, acronym: str = "") -> SafeString:
    """A name in its own language and direction; where it is from stands beside it, in the reader's language."""
    found, language = said(words, code), language_of(code)
    short = format_html(" ({})", shown(acronym)) if acronym else ""
    name = format_html(
        '<span lang="{}" dir="{}">{}{}</span>', language.html, language.direction, shown(found.text), short
    )
    if not found.basis:
        return name
    return format_html('{} <span class="told">{}</span>', name, BASES[found.basis])


# --- successions ----------------------------------------------------------------------------------------------
def before_and_after(
    rows: Iterable[Succession], organisation: Organisation
) -> tuple[list[Succession], list[Succession]]:
    """Those that became part of it, and what it became part of."""
    rows = list(rows)
    return (
        [row for row in rows if row.successor_id == organisation.pk],
        [row for row in rows if row.predecessor_id == organisation.pk],
    )
