"""What can be done on a subject, and what comes after an act: links for pages, found from the declarations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .act import Act, all_acts
from .actor import Actor
from .models import Performed
from .subjects import group_of


@dataclass(frozen=True, slots=True)
class Link:
    """An act that this actor may do on this subject now."""

    act: type[Act]
    address: str


def acts_on(subject: Any, actor: Actor | None, *, now: datetime) -> list[Link]:
    """The acts that would not be refused, in the order of their names; no query beyond the subject's own."""
    if actor is None or actor.group != group_of(subject).pk:
        return []
    fitting = [act for act in all_acts() if act.subject_model() is type(subject)]
    return [link_to(act, subject) for act in fitting if act.refusal(actor, subject, now=now) is None]


def link_to(act: type[Act], subject: Any) -> Link:
    return Link(act, reverse("enact:act", args=[group_of(subject).slug, act.slug, subject.pk]))


Finder = Callable[[Any, str], Any]
_finders: dict[str, Finder] = {}


def finds(model: str) -> Callable[[Finder], Finder]:
    """Register how a room finds a visible row by its permanent name: `finds("decisions.proposal")`."""

    def register(function: Finder) -> Finder:
        _finders[model] = function
        return function

    return register


def after(request: HttpRequest, performed: Performed) -> dict[str, Any]:
    """What the receipt page shows beyond the receipt: the thing acted on, the group, the acts open now."""
    result, subject = _find(request, performed.result), _find(request, performed.subject)
    thing = result or subject
    if thing is None:
        return {"group": None, "result": None, "next": []}
    group = group_of(thing)
    actor = request.standing.actor(group.pk)  # type: ignore[attr-defined]
    now = request.standing.now  # type: ignore[attr-defined]
    return {"group": group, "actor": actor, "result": thing, "subject": subject, "next": acts_on(thing, actor, now=now)}


def _find(request: HttpRequest, key: str) -> Any:
    model, _, name = key.partition(":")
    finder = _finders.get(model)
    return finder(request.viewer, name) if finder else None  # type: ignore[attr-defined]
