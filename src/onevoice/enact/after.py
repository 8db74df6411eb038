"""What can be done on a subject, and what comes after an act: links for pages, found from the declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .act import Act, act_named, declared, label_of
from .actor import Actor, Viewer
from .changes import Change
from .changes import told as changes_told
from .facts import Name, Told, apart, organisations
from .facts import told as facts_told
from .form import ActForm
from .models import Performed
from .subjects import address_of, group_of, key_of, title_of


@dataclass(frozen=True, slots=True)
class Link:
    """An act that this actor may do on this subject now."""

    act: type[Act]
    address: str


def acts_on(subject: Any, actor: Actor | None, *, now: datetime) -> list[Link]:
    """The acts that would not be refused: what brings the subject forward first, what stops others last."""
    if actor is None or actor.group != group_of(subject).pk:
        return []
    fitting = sorted(
        (act for act in declared() if act.subject_model() is type(subject)),
        key=lambda act: (act.grave, not act.leads),
    )
    allowed = (act for act in fitting if act.refusal(actor, subject, now=now) is None)
    return [link_to(act, subject) for act in allowed if act.offered(actor, subject, now=now)]


def link_to(act: type[Act], subject: Any) -> Link:
    return Link(act, reverse("enact:act", args=[group_of(subject).slug, act.slug, subject.pk]))


@dataclass(frozen=True, slots=True)
class Happened:
    """An act as a page tells it: who for whom did what to what, when; `title` is None where it may not be seen."""

    performed: Performed
    label: Any
    title: dict[str, Any] | None
    address: str
    changes: Sequence[Change] = ()
    apart: str = ""  # what tells it from others like it
    under: bool = False  # done to something under the subject of the form, which is named
    nameless: bool = False  # done by a member whom the rules do not name to this reader

    @property
    def organisation(self) -> Mapping[str, Any]:
        """For whom it was done, as far as this reader may know it."""
        return {} if self.nameless else self.performed.by.get("organisation") or {}


def told(viewer: Viewer, rows: Iterable[Performed]) -> list[Happened]:
    """Acts with the things they were done to, as far as the viewer may see them; one query a model."""
    rows = list(rows)
    things = found(viewer, [key for row in rows for key in (row.result, row.subject)])
    secret = unnamed(viewer, rows)
    open_ = {row.pk for row in rows if sees(things, row) and row.pk not in secret}
    names = organisations(viewer, [row for row in rows if row.pk in open_])
    return [
        replace(
            _told(row, things, names if row.pk in open_ else {}),
            nameless=row.pk in secret and of_a_member(row),
        )
        for row in rows
    ]


def _told(row: Performed, things: Mapping[str, Any], names: Mapping[str, Name]) -> Happened:
    thing = things.get(row.result) or things.get(row.subject)
    title, address = (title_of(thing), address_of(thing)) if thing else (None, "")
    return Happened(row, label_of(row.act), title, address, apart=apart(row, names))


Hides = Callable[[Viewer, list[str]], set[str]]
_hiders: dict[str, Hides] = {}


def hides(model: str) -> Callable[[Hides], Hides]:
    """Register on which things of a model, by permanent name, a viewer may not know whose a member's word is."""

    def register(function: Hides) -> Hides:
        _hiders[model] = function
        return function

    return register


def unnamed(viewer: Viewer, rows: Iterable[Performed]) -> set[int]:
    """Those of these acts that say whose a member's word is, to a viewer who may not know it; never one's own.

    A member's act; or another's that names a member or an objection. Two queries a model that hides at most.
    """
    telling = [
        row for row in rows
        if (row.group, row.organisation) not in viewer.seats and (of_a_member(row) or _names_a_member(row))
    ]  # fmt: skip
    keys: dict[str, set[str]] = defaultdict(set)
    for row in telling:
        model, _, name = row.subject.partition(":")
        if model in _hiders:
            keys[model].add(name)
    secret = {
        f"{model}:{name}" for model, there in keys.items() for name in _hiders[model](viewer, sorted(there))
    }
    return {row.pk for row in telling if row.subject in secret}


def of_a_member(row: Performed) -> bool:
    """Whether the act is one that members alone do, and that is received and judged by rules."""
    act = act_named(row.act)
    return act is not None and act.received_first and [who.key for who in act.by] == ["member"]


def _names_a_member(row: Performed) -> bool:
    """Whether an officer's act says in whose name, or on whose objection, it was done."""
    act = act_named(row.act)
    return (
        act is not None
        and act.received_first
        and ("objector" in (row.facts or {}) or "objection" in act.fields)
    )


def sees(things: Mapping[str, Any], row: Performed) -> bool:
    """Whether who may see these things may be told what the act did: by what it made, else by what it was done to."""
    made = row.result.partition(":")[0] in _finders
    return (row.result if made else row.subject) in things


def told_with_changes(viewer: Viewer, rows: Sequence[Performed], form: ActForm) -> list[Happened]:
    """The same for whoever has a form open, of acts on its subject or under it, with what each changed."""
    key = key_of(form.subject)
    seen, secret = seen_of(viewer, rows, key), unnamed(viewer, rows)
    return [
        replace(
            one,
            changes=changes_told(one.performed, form)
            if one.performed.result in seen and one.performed.pk not in secret
            else (),
            under=one.performed.subject != key,
        )
        for one in told(viewer, rows)
    ]


def seen_of(viewer: Viewer, rows: Sequence[Performed], before_them: str) -> set[str]:
    """The subject that the viewer has before them, and of what these acts were done to or made what they may see."""
    keys = {key for row in rows for key in (row.subject, row.result)} - {before_them}
    return {before_them} | set(found(viewer, keys))


Finder = Callable[[Viewer, list[str]], dict[str, Any]]
_finders: dict[str, Finder] = {}


def finds(model: str) -> Callable[[Finder], Finder]:
    """Register how a room finds visible rows by their permanent names: `finds("decisions.proposal")`."""

    def register(function: Finder) -> Finder:
        _finders[model] = function
        return function

    return register


def found(viewer: Viewer, keys: Iterable[str]) -> dict[str, Any]:
    """The subjects with these keys that the viewer may see; one query a model."""
    names: dict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        model, _, name = key.partition(":")
        names[model].append(name)
    return {
        f"{model}:{name}": subject
        for model, wanted in names.items()
        if model in _finders
        for name, subject in _finders[model](viewer, wanted).items()
    }


def after(request: HttpRequest, performed: Performed) -> dict[str, Any]:
    """What the receipt page shows beyond the receipt: the thing acted on, the group, the acts open now."""
    standing = request.standing  # type: ignore[attr-defined]
    subjects = found(standing.viewer, [performed.result, performed.subject])
    thing = subjects.get(performed.result) or subjects.get(performed.subject)
    if thing is None:
        return {"group": None, "thing": None, "next": [], "told": Told()}
    actor = standing.actor(group_of(thing).pk)
    return {
        "group": group_of(thing),
        "actor": actor,
        "thing": thing,
        "thing_title": title_of(thing),
        "thing_address": address_of(thing),
        "next": acts_on(thing, actor, now=standing.now),
        "told": facts_told(standing.viewer, performed) if sees(subjects, performed) else Told(),
    }
