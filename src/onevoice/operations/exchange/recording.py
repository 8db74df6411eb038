"""From what a load hands back to what the record keeps: one entry for the file, one for each formal row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from onevoice.operations.exchange.loading import Loaded
from onevoice.record.append import ToRecord, append_many

ACT: Final = "operations.import_record"
MANY: Final = 5000


def to_record(loaded: Loaded, *, by: str, at: datetime) -> Iterator[ToRecord]:
    """The entries of a load, in the order in which they are recorded."""
    for entry in loaded.entries:
        yield ToRecord(
            group=loaded.group, act=ACT, subject=entry.subject, by=by, for_=entry.for_, received_at=at,
            effective_at=at, facts=entry.facts, personal=entry.personal, public=entry.public,
        )  # fmt: skip


def record(loaded: Loaded, *, by: str, at: datetime) -> int:
    """Append a load's entries to its group's log, in batches, in the transaction of the load; says how many."""
    waiting = list(to_record(loaded, by=by, at=at))
    for start in range(0, len(waiting), MANY):
        append_many(waiting[start : start + MANY])
    return len(waiting)
