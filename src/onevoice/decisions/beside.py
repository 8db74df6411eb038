"""Where decisions were taken and proposals put: meetings register it; this room does not know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from onevoice.enact.actor import Viewer


@dataclass(frozen=True, slots=True)
class Where:
    """A meeting: its title and place (Words), its address, its date as written; the agenda item, if any."""

    title: Mapping[str, Any]
    address: str
    when_written: str = ""
    place: Mapping[str, Any] | None = None
    item: str = ""
    item_title: Mapping[str, Any] | None = None


Prepares = Callable[[Viewer, QuerySet[Any]], QuerySet[Any]]
Reads = Callable[[Any], Where | None]
_known: dict[type[Model], tuple[Prepares, Reads]] = {}


def knows_where(model: type[Model], *, prepares: Prepares, reads: Reads) -> None:
    """Register for Decision or Proposal: what to fetch with the rows (one query), and how to read it from one."""
    _known[model] = (prepares, reads)


def with_where[RowT: Model](viewer: Viewer, rows: QuerySet[RowT]) -> QuerySet[RowT]:
    """The same rows, fetched with the meetings that the viewer may see."""
    return _known[rows.model][0](viewer, rows) if rows.model in _known else rows


def where(row: Model) -> Where | None:
    """The meeting of a decision or proposal that came from `with_where`; None where none is known or visible."""
    return _known[type(row)][1](row) if type(row) in _known else None
