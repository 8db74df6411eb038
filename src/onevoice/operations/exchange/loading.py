"""The step that writes a file: in one transaction of the caller's, in batches; it neither records nor tells.

1. plain rows (organisations, persons, bodies, mandates, meetings, decisions, outputs) are made or changed;
2. dated facts and counts are added; one that says something else supersedes the old one, with who, when and why;
3. who states each row is added as claims; a source that the file no longer names is superseded;
4. what is there and not in the file stays as it is;
5. a second time the same file changes nothing, and leaves no entry.
What the caller records is handed back: the file, and each membership, office, appointment and decision.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from onevoice.operations.exchange.changes import CHANGED, NEW, Plan, plan
from onevoice.operations.exchange.keys import key_of
from onevoice.operations.exchange.kinds import Fault
from onevoice.operations.exchange.reading import BadFile
from onevoice.operations.exchange.writer import Writer
from onevoice.operations.exchange.writing import plain

FORMAL: Final = ("memberships", "offices", "appointments", "decisions")
PERSONAL: Final = ("person", "title", "honorific", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the record is to hold of one row, or of the file: facts, and personal values to be committed to."""

    subject: str
    public: bool
    facts: Mapping[str, Any]
    personal: Mapping[str, Any] = field(default_factory=dict)
    for_: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What happened: rows by what was done, whether the group is new, and its record's entries, the file's first."""

    group: str
    is_new_group: bool
    rows: Mapping[str, int]
    entries: tuple[Entry, ...]


def load(file: bytes, name: str, *, by: str, at: datetime) -> Loaded:
    """Load a file whole or not at all; raises BadFile. `at` is the database's clock, `by` the actor's key."""
    with _uncollected(), transaction.atomic():
        return _load(file, name, by=by, at=at)


def _load(file: bytes, name: str, *, by: str, at: datetime) -> Loaded:
    planned = plan(file, lock=True)
    if not planned.counts()[NEW] and not planned.counts()[CHANGED] and not planned.gaps_changed:
        return Loaded(planned.record.group.id, False, planned.counts(), ())
    writer = Writer(planned, why=f"import of {name}", by=by, at=at)
    try:
        with transaction.atomic():
            writer.write()
            with connection.cursor() as cursor:  # what is deferred is judged here, while it can still be told
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise BadFile([Fault(planned.record.group.line, "", _refused(error))]) from error
    entries = (_of_the_file(planned, file, name), *_of_rows(planned, writer))
    return Loaded(planned.record.group.id, planned.stored.group is None, planned.counts(), entries)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python's collector stops meanwhile: it would walk the growing file again and again, a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _refused(error: IntegrityError) -> str:
    """What neither file nor comparison showed: the same rows changed meanwhile, or a rule is the database's alone."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return f"the database refuses it by its rule {name or 'of consistency'}; nothing was loaded"


def _of_the_file(planned: Plan, file: bytes, name: str) -> Entry:
    written = Counter(each.section for each in planned.changes if each.what in (NEW, CHANGED))
    facts = {"file": name, "sha256": hashlib.sha256(file).hexdigest(), "bytes": len(file), **planned.counts()}
    return Entry(
        f"groups.group:{planned.record.group.id}", True, {**facts, "sections": dict(sorted(written.items()))}
    )


def _of_rows(planned: Plan, writer: Writer) -> list[Entry]:
    found = []
    slug = planned.record.group.id
    for section in FORMAL:
        for change in planned.changes:
            if change.section == section and change.what in (NEW, CHANGED):
                subject = key_of(writer.objects[section][change.id], slug)
                found.append(
                    _entry(section, change.what, change.row, subject, writer.objects[section][change.id])
                )
    return found


def _entry(section: str, what: str, row: Any, subject: str, made: Any) -> Entry:
    facts = {"row": section, "what": what, **plain(row)}
    for name in ("sources", "text"):
        facts.pop(name, None)
    if section == "appointments":
        facts.pop("id")
        personal: dict[str, Any] = {name: facts.pop(name) for name in PERSONAL if name in facts}
        return Entry(subject, not row.in_group, facts, personal, row.organisation)
    if section == "decisions":
        if made.text_hash:
            facts["text_hash"] = made.text_hash
        afterwards = {name: facts.pop(name) for name in ("superseded", "reviews", "follow_ups") if name in facts}
        return Entry(subject, row.visibility == "public", facts, afterwards)
    return Entry(subject, True, facts, for_=row.organisation)
