"""What an organisation did in a group: each upper room registers a function; this room does not know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise

from onevoice.enact.actor import Viewer
from onevoice.languages.partial import PartialDate
from onevoice.parties.models import Organisation

from .models import Group


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing: its title (Words), address, date as written, what the organisation's part in it was.

    `person` is the name of the one who spoke or took part for it; `quotations` are what they said (Words).
    """

    title: Mapping[str, Any]
    address: str
    when_written: str = ""
    part: str | Promise = ""
    person: str = ""
    quotations: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Traces:
    """What one room shows of an organisation: a heading and its lines, the newest first."""

    key: str
    heading: str | Promise
    lines: Sequence[Trace] = field(default=())


Finds = Callable[[Viewer, Group, Organisation], Sequence[Trace]]
_known: dict[str, tuple[str | Promise, Finds]] = {}


def traces(key: str, heading: str | Promise) -> Callable[[Finds], Finds]:
    """Register what a room knows of an organisation: `@traces("outputs", _("Outputs it contributed to"))`."""

    def register(function: Finds) -> Finds:
        _known[key] = (heading, function)
        return function

    return register


def traces_of(viewer: Viewer, group: Group, organisation: Organisation) -> list[Traces]:
    """All that an organisation left in a group, as far as the viewer may see it; only what has a line."""
    found = [
        Traces(key, heading, function(viewer, group, organisation))
        for key, (heading, function) in _known.items()
    ]
    return [each for each in found if each.lines]


def until(found: Sequence[Traces], day: date | None) -> list[Traces]:
    """The same as of a day: without what came later, and without headings over nothing."""
    if day is None:
        return list(found)
    kept = [replace(one, lines=[line for line in one.lines if _begun(line, day)]) for one in found]
    return [one for one in kept if one.lines]


def _begun(line: Trace, day: date) -> bool:
    return not line.when_written or PartialDate.parse(line.when_written).first_day <= day
