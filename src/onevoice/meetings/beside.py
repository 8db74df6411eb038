"""What upper rooms show beside a meeting: each registers a function; this room does not know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from onevoice.enact.actor import Viewer

from .models import Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that stands beside a meeting: its title (Words), its kind in words, and its date as written."""

    title: Mapping[str, Any]
    address: str
    kind: str | Promise = ""
    when_written: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What one room shows: a heading, its lines, and the address of all of them."""

    heading: str | Promise
    lines: Sequence[Line]
    all_address: str = ""
    all_label: str | Promise = ""


StandsBeside = Callable[[Viewer, Meeting], Block | None]
_known: list[StandsBeside] = []


def stands_beside(function: StandsBeside) -> StandsBeside:
    """Register a function that makes a block for a meeting, or none, in a fixed number of queries."""
    if function not in _known:
        _known.append(function)
    return function


def beside(viewer: Viewer, meeting: Meeting) -> list[Block]:
    """All blocks for a meeting that have a line."""
    blocks = [function(viewer, meeting) for function in _known]
    return [block for block in blocks if block is not None and block.lines]
