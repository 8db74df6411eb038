"""What an organisation owes, collected from the rooms that know it: the desk is made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise

from .actor import Actor, Viewer
from .after import Link


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that the actor's organisation owes: what it is, where it is done, and by when.

    `kind` says in words what sort of thing it is; `title` is Words; `label` says what to do there.
    `deadline` is a UTC instant, None where there is none; `zone` is the one it was announced in.
    `otherwise` are the acts by which one answers in another way.
    """

    kind: str | Promise
    title: Mapping[str, Any]
    address: str
    label: str | Promise
    deadline: datetime | None
    zone: str
    subject: str
    otherwise: tuple[Link, ...] = ()


Owes = Callable[..., Iterable[Owed]]
_owes: list[Owes] = []
NEVER = datetime.max.replace(tzinfo=UTC)


def owes(function: Owes) -> Owes:
    """Register what is owed in a room: `function(viewer, actor, *, now)`, with a fixed number of queries."""
    if function not in _owes:
        _owes.append(function)
    return function


def everything_owed(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """All that the actor's organisation owes in the actor's group, the nearest deadline first."""
    found = [one for function in _owes for one in function(viewer, actor, now=now)]
    return sorted(found, key=lambda one: one.deadline or NEVER)
