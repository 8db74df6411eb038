"""Where decisions were taken and proposals put: meetings register it; this room does not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onevoice.enact.actor import Viewer

from .models import Decision, Proposal


@dataclass(frozen=True, slots=True)
class Where:
    """A meeting, by its title and place (Words), its address and its date as written; `item` is the agenda item."""

    title: Mapping[str, Any]
    address: str
    when_written: str = ""
    place: Mapping[str, Any] | None = None
    item: str = ""
    item_title: Mapping[str, Any] | None = None


Finds = Callable[[Viewer, Iterable[Any]], Mapping[int, Where]]
_where: dict[type, Finds] = {}


def finds_where(model: type) -> Callable[[Finds], Finds]:
    """Register the function that says where rows of Decision or Proposal belong, by pk, in one query."""

    def register(function: Finds) -> Finds:
        _where[model] = function
        return function

    return register


def where_taken(viewer: Viewer, decisions: Iterable[Decision]) -> Mapping[int, Where]:
    """The meeting of each decision, by the decision's pk, as far as the viewer may see it."""
    return _where[Decision](viewer, decisions) if Decision in _where else {}


def where_put(viewer: Viewer, proposals: Iterable[Proposal]) -> Mapping[int, Where]:
    """The meeting and agenda item of each proposal, by the proposal's pk."""
    return _where[Proposal](viewer, proposals) if Proposal in _where else {}
