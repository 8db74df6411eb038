"""What answers a mandate or a paragraph of it: each upper room says how, once; this room does not know them.

    answering("decisions", _("Decision"), visible.decisions, title=lambda one: one.title, when="adopted_written")

A thing points down, to instruments by the relation `whole` and to paragraphs by `answered_paragraphs`. A register's
questions take a fixed number of queries: one for each kind of thing, for whole instruments and for paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.functional import Promise

from onevoice.enact.actor import NOBODY, Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups.models import Group

from .models import Instrument, Paragraph

Words = Mapping[str, Any]
MOST: Final = 200  # of each kind, in a list from which somebody can still choose


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can answer. `noun` is that of its address, `when` the field of its date as written."""

    noun: str
    label: str | Promise
    seen: Callable[[Viewer], QuerySet[Any]]
    title: Callable[[Any], Words]
    when: str
    whole: str = "answers"

    def links(self, thing: Any, paragraph: Paragraph | None) -> Any:
        """The relation by which a thing answers: a paragraph, or an instrument as a whole."""
        return thing.answered_paragraphs if paragraph else getattr(thing, self.whole)


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that answers: its kind in words, title (Words), address, date as written, subject key."""

    kind: str | Promise
    title: Words
    address: str
    when_written: str
    key: str = ""


_known: dict[str, Kind] = {}


def answering(
    noun: str,
    label: str | Promise,
    seen: Callable[[Viewer], QuerySet[Any]],
    *,
    title: Callable[[Any], Words],
    when: str = "when_written",
    whole: str = "answers",
) -> None:
    """Register a kind of thing that can answer; its model has a group, a slug and an address."""
    _known[noun] = Kind(noun, label, seen, title, when, whole)


def kinds() -> list[Kind]:
    """In the order of their nouns, whatever was loaded first."""
    return [_known[noun] for noun in sorted(_known)]


# --- what answers ----------------------------------------------------------------------------------------------
def answers_to(viewer: Viewer, instruments: Iterable[Instrument]) -> dict[int, list[Answer]]:
    """All that answers each instrument or a paragraph of it, each thing once, the earliest first."""
    instruments = list(instruments)
    whole = whole_answers(viewer, instruments)
    parts = _found(viewer, "answered_paragraphs__instrument", instruments, answered_paragraphs__standing=True)
    return {
        each.pk: _in_order({answer.key: answer for answer in (*whole[each.pk], *parts[each.pk])}.values())
        for each in instruments
    }


def whole_answers(viewer: Viewer, instruments: Iterable[Instrument]) -> dict[int, list[Answer]]:
    """What answers each instrument as a whole."""
    return _found(viewer, "", instruments)


def paragraph_answers(viewer: Viewer, paragraphs: Iterable[Paragraph]) -> dict[int, list[Answer]]:
    """What answers each paragraph."""
    return _found(viewer, "answered_paragraphs", paragraphs)


def _found(viewer: Viewer, relation: str, targets: Iterable[Any], **also: Any) -> dict[int, list[Answer]]:
    """What is related to each target; one query a kind. What has no date stands last."""
    targets = list(targets)
    found: dict[int, list[Answer]] = {target.pk: [] for target in targets}
    for kind in kinds() if targets else ():
        to = relation or kind.whole
        rows = kind.seen(viewer).filter(**{f"{to}__in": targets}, **also).annotate(answers_what=F(to))
        for thing in rows:
            found[thing.answers_what].append(answer_of(kind, thing))
    return {pk: _in_order(answers) for pk, answers in found.items()}


def answer_of(kind: Kind, thing: Any) -> Answer:
    when = getattr(thing, kind.when)
    return Answer(kind.label, kind.title(thing), thing.get_absolute_url(), when, key_of(thing))


def _in_order(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda each: each.when_written or "9999")


# --- what could answer ------------------------------------------------------------------------------------------
def inside(group: int) -> Viewer:
    """Somebody who sees what the group sees."""
    return Viewer(groups=frozenset({group}))


def that_could_answer(group: Group) -> list[tuple[Kind, list[Answer]]]:
    """The newest things of each kind in a group; one query a kind."""
    found = []
    for kind in kinds():
        rows = kind.seen(inside(group.pk)).filter(group=group).order_by(f"-{kind.when}", "-pk")[:MOST]
        found.append((kind, [answer_of(kind, thing) for thing in rows]))
    return found


def thing_called(group: Group, key: str) -> tuple[Kind, Any] | None:
    """The thing with this subject key, as far as the group sees it."""
    model, _, name = key.partition(":")
    kind = next((each for each in kinds() if each.seen(NOBODY).model._meta.label_lower == model), None)
    return _one(group, kind, name.rpartition("/")[2])


def thing_at(group: Group, address: str) -> tuple[Kind, Any] | None:
    """The thing whose page has this address, in whatever language; None for any other page."""
    path = re.split(r"[?#]", address.strip())[0].strip("/")
    of_group, noun, slug = ["", "", "", *path.split("/")][-3:]
    kind = _known.get(noun)
    return _one(group, kind, slug) if of_group == group.slug else None


def _one(group: Group, kind: Kind | None, slug: str) -> tuple[Kind, Any] | None:
    thing = kind.seen(inside(group.pk)).filter(group=group, slug=slug).first() if kind else None
    return (kind, thing) if kind and thing is not None else None


def is_public(kind: Kind, thing: Any) -> bool:
    """Whether everybody may see it, so that what is said of it may stand open in the record."""
    return kind.seen(NOBODY).filter(pk=thing.pk).exists()
