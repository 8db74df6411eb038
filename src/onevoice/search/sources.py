"""What of each room is found: one function a kind, registered here. Search stands above these rooms, so they
do not know it.

A function is asked for everything of a group, or for those with some slugs. It begins in the rooms' visible
sets, seen by somebody of the group; what others may see as well is `public`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import override

from onevoice.decisions import visible as decisions
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.languages.names import CODES, language_of
from onevoice.languages.words import plain, texts
from onevoice.mandates import visible as mandates
from onevoice.mandates.shapes import anchor, name_of, paragraphs_of
from onevoice.meetings import visible as meetings
from onevoice.outputs import visible as outputs
from onevoice.outputs import wording as outputs_wording

from .found import Found, Part

Slugs = Collection[str] | None
Source = Callable[[Group, Slugs], Iterator[Found]]
AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """What one room gives: the model of its subjects and the function."""

    model: str
    source: Source


KINDS: dict[str, Kind] = {}


def searched(kind: str, model: str) -> Callable[[Source], Source]:
    """Register what is found: `@searched("output", "outputs.output")`."""

    def register(function: Source) -> Source:
        KINDS[kind] = Kind(model, function)
        return function

    return register


def inside(group: Group) -> Viewer:
    """Somebody who sees all that the group sees."""
    return Viewer(groups=frozenset({group.pk}))


def rows(among: QuerySet[Any], slugs: Slugs, of: Group | None = None) -> Iterator[Any]:
    """All of them, or those with these slugs, in batches; group and body are read once, not with each row."""
    chosen = among if slugs is None else among.filter(slug__in=slugs)
    known: dict[int | None, Any] = {None: None}
    if of is not None:
        chosen = chosen.select_related(None)
        known |= {body.pk: body for body in groups.bodies(inside(of)).filter(group=of)}
    for row in chosen.order_by("pk").iterator(chunk_size=AT_ONCE):
        if of is not None:
            row.group = of
        if hasattr(row, "body_id"):
            row.body = known[row.body_id]
        yield row


# --- groups ---------------------------------------------------------------------------------------------------
@searched("group", "groups.group")
def group_itself(group: Group, slugs: Slugs) -> Iterator[Found]:
    parts = [Part(group.acronym, "A", read=False), Part(group.purpose, "B"), *map(Part, group.functions)]
    yield Found(key_of(group), f"/{group.slug}/about", group.names, (*parts, Part(group.seat)))


@searched("body", "groups.body")
def bodies(group: Group, slugs: Slugs) -> Iterator[Found]:
    for body in rows(groups.bodies(inside(group)).filter(group=group), slugs):
        yield Found(
            key_of(body), f"/{group.slug}/members", body.names, (Part(body.note),), body.established_written
        )


@searched("organisation", "parties.organisation")
def organisations(group: Group, slugs: Slugs) -> Iterator[Found]:
    """Those that were ever in the group, or took part in what it did."""
    here = (
        Q(memberships__body__group=group) | Q(holdings__office__body__group=group)
        | Q(participations__meeting__group=group) | Q(outputs__group=group) | Q(proposals__group=group)
    )  # fmt: skip
    among = groups.organisations(inside(group))
    for one in rows(among.filter(pk__in=among.filter(here).order_by().values("pk")), slugs):
        names = [name for name in one.names.all() if name.standing]
        acronyms = {text for name in names for _, text in texts(name.acronyms)}
        former = [Part(name.names, "B") for name in names if name.names != one.words()]
        parts = (Part(one.acronym()), *(Part(text, "A", read=False) for text in sorted(acronyms)), *former)
        yield Found(key_of(one), f"/{group.slug}/members/{one.slug}", one.words(), parts)


# --- mandates -------------------------------------------------------------------------------------------------
@searched("mandate", "mandates.instrument")
def instruments(group: Group, slugs: Slugs) -> Iterator[Found]:
    among = (
        mandates.mandates(inside(group)).filter(group=group).prefetch_related(paragraphs_of(inside(group)))
    )
    for one in rows(among, slugs):
        parts = [
            Part(one.symbol, "A", read=False), Part(one.title if one.symbol else {}, "A"), Part(one.organ, "C"),
            Part(one.effect, "B"), Part(one.note),
            *(Part(each.text, at=anchor(each)) for each in one.paragraphs.all()),
        ]  # fmt: skip
        yield Found(
            key_of(one), f"/{group.slug}/mandates/{one.slug}", name_of(one), tuple(parts), one.when_written
        )


# --- decisions ------------------------------------------------------------------------------------------------
@searched("decision", "decisions.decision")
def all_decisions(group: Group, slugs: Slugs) -> Iterator[Found]:
    for one in rows(decisions.decisions(inside(group)).filter(group=group), slugs, group):
        body = Part(one.body.names, "C", read=False)
        parts = (Part(one.number, "A", read=False), *paragraphs(one.text), Part(one.note), body)
        yield Found(
            key_of(one), f"/{group.slug}/decisions/{one.slug}", one.title, parts, one.adopted_written,
            one.visibility == "public",
        )  # fmt: skip


@searched("proposal", "decisions.proposal")
def proposals(group: Group, slugs: Slugs) -> Iterator[Found]:
    among = decisions.proposals(inside(group)).filter(group=group).prefetch_related("proposed_by__names")
    for one in rows(among, slugs, group):
        who = Part(one.proposed_by.acronym(), "C", read=False)
        parts = (Part(one.number, "A", read=False), *paragraphs(one.text), who)
        day = one.proposed_at.astimezone(group.tz).date().isoformat()
        yield Found(key_of(one), f"/{group.slug}/proposals/{one.slug}", one.title, parts, day, public=False)


def paragraphs(text: Iterable[dict[str, Any]]) -> list[Part]:
    """A text's paragraphs with their anchors, and what stands in their margin."""
    found = []
    for one in text:
        found.append(Part(one["text"], at=one["id"]))
        if one.get("margin"):
            found.append(Part(one["margin"], at=one["id"]))
    return found


# --- meetings -------------------------------------------------------------------------------------------------
@searched("event", "meetings.meeting")
def events(group: Group, slugs: Slugs) -> Iterator[Found]:
    """A public meeting is found by everybody; its agenda, and who was recorded in the room, by its group."""
    viewer = inside(group)
    took_part = meetings.participations(viewer).select_related("appointment__person")
    took_part = took_part.prefetch_related("organisation__names", "interventions")
    among = meetings.meetings(viewer).filter(group=group).prefetch_related(
        Prefetch("participations", queryset=took_part), Prefetch("agenda", queryset=meetings.agenda(viewer))
    )  # fmt: skip
    for one in rows(among, slugs, group):
        open_parts = [*_head(one), *paragraphs(one.report)]
        closed_parts = [part for item in one.agenda.all() for part in _item(item)]
        for is_open, parts in ((True, open_parts), (False, closed_parts)):
            voices = [each for each in one.participations.all() if (each.recorded_by_id is None) == is_open]
            parts += [*_said(voices), *_names(voices)]
        yield from _for_each(one, open_parts, closed_parts)


def _for_each(meeting: Any, open_parts: list[Part], closed_parts: list[Part]) -> Iterator[Found]:
    key, address = key_of(meeting), f"/{meeting.group.slug}/events/{meeting.slug}"
    if meeting.visibility != "public":
        yield Found(
            key, address, meeting.title, (*open_parts, *closed_parts), meeting.when_written, public=False
        )
        return
    yield Found(key, address, meeting.title, tuple(open_parts), meeting.when_written)
    if closed_parts:
        yield Found(key, address, meeting.title, tuple(closed_parts), meeting.when_written, public=False)


def _head(meeting: Any) -> list[Part]:
    said = (meeting.subject, meeting.outcome, meeting.attendance, meeting.margin_of, meeting.note)
    where = (meeting.place, meeting.series, meeting.level)
    body = Part(meeting.body.names if meeting.body else {}, "C", read=False)
    return [Part(meeting.lede, "B"), *map(Part, said), *(Part(words, "C") for words in where), body]


def _item(item: Any) -> list[Part]:
    return [Part(item.title, "C", at=f"item-{item.number}"), Part(item.note, at=f"item-{item.number}")]


def _said(voices: Iterable[Any]) -> list[Part]:
    spoken = [one for each in voices for one in each.interventions.all()]
    return [Part(words) for one in spoken for words in (one.quotation, one.summary)]


def _names(voices: Collection[Any]) -> list[Part]:
    """Who took part, in one line a language; a person only where the appointment is open to these readers."""
    names = {code: ", ".join(dict.fromkeys(_name(each, code) for each in voices)) for code in CODES}
    titles = [Part(each.appointment.title, read=False) for each in voices if _is_named(each)]
    return [Part(names, beside=True), *titles] if voices else []


def _name(took_part: Any, code: str) -> str:
    words = took_part.other
    if took_part.organisation:
        words = took_part.organisation.acronym()
    elif took_part.state:
        words = took_part.state.names
    who = plain(words, code)
    return f"{took_part.appointment.person.called} ({who})" if _is_named(took_part) else who


def _is_named(took_part: Any) -> bool:
    sent = took_part.appointment
    return sent is not None and (sent.group_id is None or took_part.recorded_by_id is not None)


# --- outputs --------------------------------------------------------------------------------------------------
@searched("output", "outputs.output")
def published(group: Group, slugs: Slugs) -> Iterator[Found]:
    among = outputs.outputs(inside(group)).filter(group=group).prefetch_related("contributors__names")
    labels: dict[tuple[str, int | None], dict[str, str]] = {}
    for one in rows(among, slugs, group):
        series = labels.setdefault((one.kind, one.number), _series(one.kind, one.number))
        parts = [
            Part(one.subtitle, "B"), Part(series, "B"), Part(one.structure), Part(one.note),
            *(Part(each.acronym(), "C", read=False) for each in one.contributors.all()),
        ]  # fmt: skip
        title = one.title or {"en": _untitled(one.kind, one.number)}
        when = one.when_written or one.known_by_written
        yield Found(
            key_of(one), f"/{group.slug}/outputs/{one.slug}", title, tuple(parts), when, one.visibility == "public"
        )  # fmt: skip


def _series(kind: str, number: int | None) -> dict[str, str]:
    """'Issue brief 4' in each language in which it has a word of its own."""
    found = {}
    for code in CODES:
        with override(language_of(code).django):
            found[code] = outputs_wording.series(kind, number)
    return {code: word for code, word in found.items() if code == "en" or word != found["en"]}


def _untitled(kind: str, number: int | None) -> str:
    with override("en"):
        return outputs_wording.untitled(kind, number)
