"""What answers a mandate: each upper room registers a function; this room does not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from onevoice.enact.actor import Viewer

from .models import Instrument

Answering = tuple[Mapping[str, Any], str, str]  # title (Words), address, date as written
Finds = Callable[[Viewer, Iterable[Instrument]], Mapping[int, Sequence[Answering]]]
_known: dict[str, tuple[str | Promise, Finds]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that answers an instrument: its kind in words, title (Words), address, date as written."""

    kind: str | Promise
    title: Mapping[str, Any]
    address: str
    when_written: str


def answers(kind: str, label: str | Promise = "") -> Callable[[Finds], Finds]:
    """Register how one kind of thing answers instruments: `@answers("meeting", _("Meeting"))`.

    The function takes a viewer and instruments and gives, by the instrument's pk, what the viewer may see,
    in a fixed number of queries.
    """

    def register(function: Finds) -> Finds:
        _known[kind] = (label or kind, function)
        return function

    return register


def answers_to(viewer: Viewer, instruments: Iterable[Instrument]) -> dict[int, list[Answer]]:
    """All that answers each instrument, the earliest first; what has no date stands last."""
    instruments = list(instruments)
    found: dict[int, list[Answer]] = {instrument.pk: [] for instrument in instruments}
    for label, function in _known.values():
        for pk, things in function(viewer, instruments).items():
            found[pk] += [Answer(label, title, address, when) for title, address, when in things]
    return {pk: sorted(things, key=lambda each: each.when_written or "9999") for pk, things in found.items()}
