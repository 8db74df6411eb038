"""The door for a batch: one act by the importer or the clock on many rows, with an entry for each formal one.

The caller opens the transaction, changes the rows by a step, and remembers them here before it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.db import connection

from onevoice.record.append import ToRecord, append_many

from .actor import Actor
from .models import Performed
from .perform import database_clock, plain_facts


def remember(act: str, entries: Iterable[ToRecord], *, actor: Actor) -> Performed:
    """Put a batch on the record; the first entry stands for the whole act and is the one performed."""
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"{act} is remembered in the transaction that it changed rows in: there is none here."
        )
    entries = list(entries)
    first, placed = entries[0], append_many(entries)
    return Performed.objects.create(
        key=uuid4().hex, once=uuid4().hex, act=act, group=first.group, subject=first.subject, result=first.subject,
        by={"person": actor.kind, "organisation": {}, "capacity": ""}, facts=plain_facts(first.facts),
        received_at=first.received_at, performed_at=database_clock(), entry=placed[0],
    )  # fmt: skip
