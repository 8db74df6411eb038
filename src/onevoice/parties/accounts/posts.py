"""What a person acts as, for the pages of accounts; the room above that knows appointments registers how to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Name = str | Promise


@dataclass(frozen=True, slots=True)
class Post:
    """One appointment in force: where, for whom, as what, and the offices that the organisation holds there."""

    appointment: int
    person: int
    group: int
    group_slug: str
    group_acronym: str
    organisation: dict[str, Any]  # Words: the acronym
    organisation_key: str
    capacity: Name
    offices: tuple[Name, ...] = ()
    zone: str = ""  # of the group's seat


Find = Callable[[Iterable[int], datetime], list[Post]]
_find: list[Find] = []


def finds_posts(function: Find) -> Find:
    """Register the one function that finds the posts of some persons at an instant."""
    _find[:] = [function]
    return function


def posts_of(persons: Iterable[int], *, now: datetime) -> list[Post]:
    return _find[0](list(persons), now) if _find else []
