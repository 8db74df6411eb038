"""A leaf: what the record keeps of one act. Facts, not sentences; wording happens when it is shown.

An act on an open subject leaves a leaf that anyone can read, with salted commitments in the place of
personal or restricted parts. Of a subject not open to the public the log holds one salted commitment
and nothing else, of one length always; its opening is the whole leaf.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from onevoice.record.canonical import canonical
from onevoice.record.commitments import Opened, commit
from onevoice.record.tiles import ENTRY_LIMIT, EntryTooLarge

VERSION = 1
WHOLE = "leaf"
"""The name of the opening that holds a whole leaf."""


@dataclass(frozen=True)
class Leaf:
    """One act: what, on which subject, for whom, when it came in and from when it counts."""

    act: str
    log: str
    subject: str
    for_: str
    received_at: datetime
    effective_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)
    """Values that stand in the log only as commitments; who acted is always among them."""


@dataclass(frozen=True)
class Sealed:
    """An entry's bytes, ready for the log, and what opens the commitments in it."""

    entry: bytes
    openings: tuple[Opened, ...]


def seal(leaf: Leaf, *, public: bool) -> Sealed:
    """Make the entry of an act; one over 65,535 bytes is refused with its size."""
    openings = tuple(commit(name, value) for name, value in sorted(leaf.personal.items()))
    content = _content(leaf, openings)
    entry = canonical(content)
    if len(entry) > ENTRY_LIMIT:
        raise EntryTooLarge(len(entry))
    if public:
        return Sealed(entry, openings)
    whole = commit(WHOLE, content)
    return Sealed(canonical({"commitment": whole.commitment}), (whole, *openings))


def instant(moment: datetime) -> str:
    """An instant in UTC to the microsecond, always of one length."""
    if moment.tzinfo is None:
        raise ValueError("An instant in the record has a zone.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _content(leaf: Leaf, openings: tuple[Opened, ...]) -> dict[str, Any]:
    return {
        "v": VERSION,
        "log": leaf.log,
        "act": leaf.act,
        "subject": leaf.subject,
        "for": leaf.for_,
        "received_at": instant(leaf.received_at),
        "effective_at": instant(leaf.effective_at),
        "facts": dict(leaf.facts),
        "personal": {opened.name: opened.commitment for opened in openings},
    }
