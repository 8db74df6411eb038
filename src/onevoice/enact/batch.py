"""The door for a batch: one act by the importer or the clock on many rows, with an entry for each formal one.

The caller opens the transaction, changes the rows by a step, and remembers them here before it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import connection

from onevoice.record.append import ToRecord, append_many
from onevoice.record.models import Entry

from .actor import Actor
from .models import Performed
from .perform import database_clock, plain_facts


def remember_each(act: str, entries: Iterable[ToRecord], *, actor: Actor) -> list[Performed]:
    """Put a batch on the record, each entry as an act performed of its own."""
    entries = list(entries)
    if not entries:
        return []
    _inside(act)
    now = database_clock()
    rows = [_row(act, one, placed, actor, now) for one, placed in zip(entries, append_many(entries), strict=True)]
    return Performed.objects.bulk_create(rows)


def remember(act: str, entries: Iterable[ToRecord], *, actor: Actor) -> Performed:
    """Put a batch on the record; the first entry stands for the whole act and is the one performed."""
    _inside(act)
    entries = list(entries)
    row = _row(act, entries[0], append_many(entries)[0], actor, database_clock())
    row.save()
    return row


def _inside(act: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"{act} is remembered in the transaction that it changed rows in: there is none here."
        )


def _row(act: str, one: ToRecord, placed: Entry, actor: Actor, now: datetime) -> Performed:
    return Performed(
        key=uuid4().hex, once=uuid4().hex, act=act, group=one.group, subject=one.subject, result=one.subject,
        by={"person": actor.kind, "organisation": {}, "capacity": ""}, facts=plain_facts(one.facts),
        received_at=one.received_at, performed_at=now, entry=placed,
    )  # fmt: skip
