"""Who acts, and who looks: opaque to this room, filled by the room that knows appointments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Actor:
    """A person for an organisation (or State) in a capacity, in one group; or the clock, the importer, an operator.

    Ids are opaque; `*_key` are permanent names for the record; `*_words` are Words for the page.
    `offices` maps a body's id to the offices in which the organisation serves it now, held there or in a body over
    it; `group_offices` are those held at the root, which serve all of the group. `bodies` maps a body's id to the
    kind of membership.
    """

    kind: Literal["person", "clock", "importer", "operator"] = "person"
    group: int | None = None
    group_key: str = ""
    person: int | None = None
    person_key: str = ""
    person_name: str = ""
    organisation: int | None = None
    organisation_key: str = ""
    organisation_words: Mapping[str, Any] = field(default_factory=dict)
    capacity: str = ""
    appointment: int | None = None
    offices: Mapping[int, frozenset[str]] = field(default_factory=dict)
    group_offices: frozenset[str] = frozenset()
    bodies: Mapping[int, str] = field(default_factory=dict)
    came_by: str = ""  # "mailed_link": with the link of a letter, without signing in

    @property
    def key(self) -> str:
        """How the record names this actor: "person:focal-point-unicef for unicef", "importer"."""
        if self.kind != "person":
            return self.kind
        return f"person:{self.person_key} for {self.organisation_key}"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads: nobody in particular, or a person with standing in some groups at `now`.

    `seats` says for which organisation in which group (by its permanent name): what is an organisation's own in one
    group is not open to those who act for it in another.
    """

    person: int | None = None
    groups: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    seats: frozenset[tuple[str, int]] = frozenset()
    now: datetime | None = None

    def is_in(self, group: int | None) -> bool:
        return group in self.groups


NOBODY = Viewer()
OPERATOR = Actor(kind="operator")
IMPORTER = Actor(kind="importer")
CLOCK = Actor(kind="clock")


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything a request may do: one viewer, and an actor for each current appointment, best first."""

    viewer: Viewer = NOBODY
    actors: tuple[Actor, ...] = ()

    def actor_in(self, group: int | None, chosen: int | None = None) -> Actor | None:
        """The actor chosen for a group, else the first that the person may be there."""
        mine = [actor for actor in self.actors if actor.group == group]
        return next((a for a in mine if a.appointment == chosen), mine[0] if mine else None)


Identify = Callable[[HttpRequest, datetime], Identity]
_identify: list[Identify] = []


def identifies(function: Identify) -> Identify:
    """Register the one function that finds a signed-in person's appointments (groups does)."""
    _identify[:] = [function]
    return function


_of_person: list[Callable[..., Identity]] = []


def identifies_persons(function: Callable[..., Identity]) -> Callable[..., Identity]:
    """Register the one function that finds the appointments of a person who did not sign in: `(person, now=)`."""
    _of_person[:] = [function]
    return function


def identity_of_person(person: int, *, now: datetime) -> Identity:
    """What a person may do by the appointments in force; whoever asks has to know that it is this person."""
    return _of_person[0](person, now=now) if _of_person else Identity(viewer=Viewer(now=now))


_told: list[Callable[[HttpRequest, datetime], tuple[Actor, ...]]] = []


def tells_actors(
    function: Callable[[HttpRequest, datetime], tuple[Actor, ...]],
) -> Callable[[HttpRequest, datetime], tuple[Actor, ...]]:
    """Register the one function that names for whom somebody acts, for pages that ask nothing more; one query."""
    _told[:] = [function]
    return function


def actors_told(request: HttpRequest, *, now: datetime) -> tuple[Actor, ...]:
    """Actors that hold a name each and no rights: only to be shown."""
    user = getattr(request, "user", None)
    return _told[0](request, now) if _told and user is not None and user.is_authenticated else ()


def identity_of(request: HttpRequest, *, now: datetime) -> Identity:
    """Nobody, without a query, unless somebody is signed in."""
    user = getattr(request, "user", None)
    if not _identify or user is None or not user.is_authenticated:
        return Identity(viewer=Viewer(now=now))
    return _identify[0](request, now)
