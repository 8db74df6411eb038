"""What says of a demonstration that it is one, wherever its content goes: the banner of pages, files and feeds."""

from __future__ import annotations

from typing import Protocol

from onevoice.look import wording


class Marked(Protocol):
    """What the notice asks of a group."""

    @property
    def demonstration(self) -> bool: ...


def notice(group: Marked | None) -> str:
    """The sentences of the banner in the reader's language; empty for what is no demonstration."""
    if group is None or not group.demonstration:
        return ""
    return f"{wording.demonstration} {wording.demonstration_means}"


def file_name(group: Marked | None, name: str) -> str:
    """The name of a file, which says by itself when its content is a demonstration's."""
    return f"demonstration-{name}" if group is not None and group.demonstration else name
