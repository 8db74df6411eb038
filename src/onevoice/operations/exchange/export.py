"""The way out: a group as one record file, the same bytes for the same record."""

from __future__ import annotations

from onevoice.operations.exchange.stored import stored
from onevoice.operations.exchange.writing import written


class NoGroup(LookupError):
    """There is no group of this name."""


def export(group_slug: str) -> str:
    """The file of a group, with all that is in it, what only the group may see included. Raises NoGroup."""
    found = stored(group_slug)
    if found.group is None:
        raise NoGroup(group_slug)
    return written(found.record)
