"""How meetings look as data: for pages, feeds, exports and search. Everything here begins in a visible set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.functional import Promise

from onevoice.decisions import visible as decisions
from onevoice.decisions.models import Decision
from onevoice.enact.actor import Viewer
from onevoice.groups import visible as groups
from onevoice.groups.models import Appointment
from onevoice.groups.standing import known, with_names
from onevoice.languages.bidi import shown
from onevoice.languages.partial import PartialDate, end_of_day
from onevoice.languages.words import Said, said
from onevoice.look.derived import without_derived
from onevoice.parties.models import Organisation, State

from . import visible, wording
from .documents import papers, with_documents
from .models import Intervention, Meeting, Part, Participation


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation under the names that it had at a time."""

    pk: int
    slug: str
    acronym: Mapping[str, Any]
    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's part in a meeting; `title` and `honorific` (Words) are those of that day, empty where not known."""

    part: str
    label: str | Promise
    organisation: Named | None = None
    state: State | None = None
    other: Mapping[str, Any] = field(default_factory=dict)
    person: str = ""
    honorific: Mapping[str, Any] = field(default_factory=dict)
    title: Mapping[str, Any] = field(default_factory=dict)
    interventions: tuple[Intervention, ...] = ()

    @property
    def words(self) -> Mapping[str, Any]:
        """Who it is, where the person is not named."""
        if self.organisation:
            return self.organisation.acronym
        return self.state.names if self.state else self.other


@dataclass(frozen=True, slots=True)
class Together:
    """Those who had the same part and were not named: 'IOM and UNHCR: present'."""

    label: str | Promise
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report in one language, with its address, what stands in the margin, the quotations after it."""

    id: str
    text: str
    margin: Mapping[str, Any]
    quotations: tuple[tuple[Voice, Intervention], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The report in the language there is, and the quotations of those whom it does not name."""

    paragraphs: tuple[Paragraph, ...]
    language: Said | None
    others: tuple[tuple[Voice, Intervention], ...]


def day_of(meeting: Meeting) -> datetime:
    """The instant at which names and titles are asked for: the end of its first day, in its zone."""
    return end_of_day(PartialDate.parse(meeting.when_written).last_day, meeting.zone) - timedelta(
        microseconds=1
    )


def named(organisation: Organisation, *, at: datetime) -> Named:
    """Reads the prefetched names."""
    return Named(organisation.pk, organisation.slug, organisation.acronym(at=at), organisation.words(at=at))


# What a page says of a part in a meeting, and what finds the appointment it was taken under.
SHOWN = (
    "part", "other", "organisation__slug", "state__slug", "state__names",
    "appointment__person", "appointment__organisation", "appointment__state",
)  # fmt: skip
UNSAID = ("claimed_by", "claimed_at", "record_id", "note")  # of a fact


def voices(viewer: Viewer, meeting: Meeting, *, known_on: datetime | None = None) -> list[Voice]:
    """Everybody who had a part, in the order of the record, with titles as they are (or were) known; four queries."""
    at = day_of(meeting)
    rows = visible.participations(viewer).filter(meeting=meeting)
    fetched = list(rows.only(*SHOWN).prefetch_related(with_names(), "interventions"))
    held = _held_that_day(viewer, fetched, at, known_on)
    return [_voice(row, held, at) for row in fetched]


def _voice(row: Participation, held: Mapping[int, Appointment], at: datetime) -> Voice:
    appointment = held.get(row.pk)
    return Voice(
        part=row.part,
        label=wording.PARTS[Part(row.part)],
        organisation=named(row.organisation, at=at) if row.organisation else None,
        state=row.state,
        other=row.other,
        person=appointment.person.called if appointment else "",
        honorific=appointment.honorific if appointment else {},
        title=appointment.title if appointment and at in appointment.period else {},
        interventions=tuple(row.interventions.all()),
    )


def _held_that_day(
    viewer: Viewer, rows: Iterable[Participation], at: datetime, known_on: datetime | None
) -> dict[int, Appointment]:
    """The visible appointment of each participation: the one that was in force that day, as it is or was known.

    A correction supersedes an appointment by another of the same person and post, so the row's own key may be old.
    """
    sent = {row.pk: row.appointment for row in rows if row.appointment}
    found: dict[tuple[Any, ...], list[Appointment]] = {}
    if sent:
        among = groups.appointments(viewer).filter(person__in={one.person_id for one in sent.values()})
        for one in known(among.select_related(None).select_related("person").defer(*UNSAID), known_on=known_on):
            found.setdefault(_post(one), []).append(one)
    held = {}
    for pk, own in sent.items():
        there = sorted(found.get(_post(own), []), key=lambda one: (at in one.period, one.pk == own.pk))
        if there:
            held[pk] = there[-1]
    return held


def _post(appointment: Appointment) -> tuple[Any, ...]:
    return (appointment.person_id, appointment.organisation_id, appointment.state_id)


def together(voices: Sequence[Voice]) -> list[Together]:
    """Who took part, in the order of the record; those of one part who are not told apart share a row."""
    rows: list[Together] = []
    place: dict[str, int] = {}
    for voice in voices:
        alone = bool(voice.person or voice.interventions)
        if alone or voice.part not in place:
            if not alone:
                place[voice.part] = len(rows)
            rows.append(Together(voice.label, (voice,)))
        else:
            before = rows[place[voice.part]]
            rows[place[voice.part]] = Together(before.label, (*before.voices, voice))
    return rows


def report(meeting: Meeting, voices: Sequence[Voice], language: str) -> Report:
    """The report, each quotation after the paragraph that first names its speaker; the others stand apart."""
    paragraphs = [(one["id"], said(one["text"], language), one.get("margin") or {}) for one in meeting.report]
    # Names are looked for in the original, so that the quotations stand at the same place in each language.
    originals = [said(one["text"], "en").text for one in meeting.report]
    quoted: dict[int, list[tuple[Voice, Intervention]]] = {}
    others: list[tuple[Voice, Intervention]] = []
    for voice in voices:
        place = _place_of(voice, originals)
        words = [(voice, one) for one in voice.interventions if one.quotation]
        (others if place is None else quoted.setdefault(place, [])).extend(words)
    made = tuple(
        Paragraph(id_, shown(text.text), margin, tuple(quoted.get(number, ())))
        for number, (id_, text, margin) in enumerate(paragraphs)
    )
    return Report(made, paragraphs[0][1] if paragraphs else None, tuple(others))


def _place_of(voice: Voice, texts: Sequence[str]) -> int | None:
    """The first paragraph in which the speaker's last name stands."""
    name = voice.person.split()[-1] if voice.person else ""
    return next((number for number, text in enumerate(texts) if name and name in text), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the course of things around a meeting."""

    when_written: str
    meeting: Meeting | None = None
    decisions: tuple[Decision, ...] = ()
    co_chairs: tuple[Named, ...] = ()
    is_this: bool = False


NEAR = ("slug", "title", "place", "when_written", "present", "present_of", "group")


def around(viewer: Viewer, meeting: Meeting) -> list[Meeting]:
    """What it reported on, what reported on it, the one before and the next three of its series; one query."""
    among = visible.meetings(viewer).filter(group=meeting.group_id).exclude(pk=meeting.pk)
    among = among.select_related(None).only(*NEAR)
    parts = [among.filter(Q(pk=meeting.reports_on_id) | Q(reports_on=meeting)).order_by("when_written")[:12]]
    if meeting.series:
        series, when = among.filter(series=meeting.series), meeting.when_written
        parts.append(series.filter(when_written__lt=when).order_by("-when_written")[:1])
        parts.append(series.filter(when_written__gt=when).order_by("when_written")[:3])
    found = {one.pk: one for one in parts[0].union(*parts[1:], all=True)}
    for one in found.values():
        one.group = meeting.group
    return sorted(found.values(), key=lambda one: one.when_written)


def taken_at(viewer: Viewer, meetings: Iterable[Meeting]) -> dict[int, list[Decision]]:
    """The visible decisions of meetings, by the meeting's pk, in the order in which they were taken; one query."""
    among = {one.pk: one for one in meetings}
    found: dict[int, list[Decision]] = {}
    rows = decisions.decisions(viewer).filter(taken_at__meeting__in=list(among)).select_related(None)
    rows = without_derived(rows.select_related("taken_at").defer("text", "note"))
    for decision in rows.order_by("taken_at__order", "taken_at__pk"):
        decision.group = among[decision.taken_at.meeting_id].group
        found.setdefault(decision.taken_at.meeting_id, []).append(decision)
    return found


def agenda(viewer: Viewer, meeting: Meeting) -> list[Any]:
    """The agenda as a tree: items with `.inside`, `.proposals` and `.papers`; four queries, none for the public."""
    if not viewer.is_in(meeting.group_id):
        return []
    rows = visible.agenda(viewer).filter(meeting=meeting)
    put = (
        visible.proposed(viewer)
        .select_related("proposal__body", "proposal__group", "proposal__decision")
        .order_by("pk")
    )
    items = list(rows.prefetch_related(Prefetch("proposed", queryset=put), with_documents(viewer)))
    by_pk = {item.pk: item for item in items}
    for item in items:
        item.inside, item.proposals = [], [one.proposal for one in item.proposed.all()]
        item.papers = papers(item.documents.all())
    for item in items:
        if item.parent_id in by_pk:
            by_pk[item.parent_id].inside.append(item)
    return [item for item in items if item.parent_id not in by_pk]


def every_item(tree: Iterable[Any]) -> Iterable[Any]:
    """The items of an agenda's tree, from the top down."""
    for item in tree:
        yield item
        yield from every_item(item.inside)


@dataclass(frozen=True, slots=True)
class Translated:
    """Whether a page shows draft translations, and texts for which there is none: it says so once."""

    drafts: bool
    originals: bool


def translated(
    meeting: Meeting, voices: Iterable[Voice], near: Iterable[Meeting], language: str
) -> Translated:
    """Looks at all the words that the page shows of the record."""
    told = [
        meeting.title,
        meeting.place,
        meeting.lede,
        meeting.subject,
        meeting.outcome,
        meeting.attendance,
        meeting.series,
    ]
    told += [words for voice in voices for words in (voice.title, voice.honorific)]
    told += [words for one in near for words in (one.title, one.place)]
    told += [words for one in meeting.report for words in (one["text"], one.get("margin"))]
    found = [said(words, language) for words in told if words]
    return Translated(any(one.basis for one in found), any(not one.is_asked_language for one in found))
