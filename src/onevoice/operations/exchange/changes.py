"""What a file would do: each row is new, the same as what is there, or changed. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onevoice.claims.models import Confidence
from onevoice.groups.models import Group
from onevoice.operations.exchange.format import SECTIONS, Decision, Organisation, Record
from onevoice.operations.exchange.kinds import Fault, shown
from onevoice.operations.exchange.overlaps import overlapping
from onevoice.operations.exchange.reading import BadFile, read
from onevoice.operations.exchange.rows import references
from onevoice.operations.exchange.stored import Stored, stored

NEW, SAME, CHANGED = "new", "same", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the file beside what is there."""

    section: str
    id: str
    line: int
    what: str
    row: Any
    old: Any = None
    object: Any = None


@dataclass(frozen=True)
class Plan:
    """A file read, and what it would do to what is there."""

    record: Record
    stored: Stored
    changes: tuple[Change, ...]

    def of(self, section: str, what: str) -> list[Change]:
        return [each for each in self.changes if each.section == section and each.what == what]

    def counts(self) -> dict[str, int]:
        found = Counter(each.what for each in self.changes)
        return {what: found[what] for what in (NEW, SAME, CHANGED)}

    @property
    def gaps_changed(self) -> bool:
        return tuple(self.record.gaps) != tuple(self.stored.record.gaps)


def plan(data: bytes, *, lock: bool = False) -> Plan:
    """Read a file and compare it with the database; raises BadFile for all that could not be loaded.

    With `lock`, in a transaction, no other import or act on the group itself comes between comparing and writing.
    """
    record = read(data)
    if lock:
        Group.objects.select_for_update().filter(slug=record.group.id).first()
    there = stored(record.group.id, record)
    if faults := list(_faults(record, there)):
        raise BadFile(faults)
    return Plan(record, there, tuple(_changes(record, there)))


def _changes(record: Record, there: Stored) -> Iterator[Change]:
    old = there.record.group if there.group else None
    what = NEW if old is None else SAME if old == record.group else CHANGED
    yield Change("group", record.group.id, record.group.line, what, record.group, old, there.group)
    for name in SECTIONS:
        known, objects = there.record.sections[name], there.objects[name]
        for id_, row in record.sections[name].items():
            old = known_to(row, known.get(id_))
            what = NEW if old is None else SAME if old == row else CHANGED
            yield Change(name, id_, row.line, what, row, old, objects.get(id_))


def known_to(row: Any, old: Any) -> Any:
    """The row that is there without the sources that acts gave and the file does not name: those stay as they are."""
    if old is None or not hasattr(old, "sources"):
        return old
    kept = tuple(each for each in old.sources if each.confidence != Confidence.MADE or each in row.sources)
    inside: dict[str, Any] = {}
    if isinstance(old, Organisation):
        named = {name.id: name for name in row.names}
        inside["names"] = tuple(known_to(named.get(name.id, name), name) for name in old.names)
        if old.succeeded_by and row.succeeded_by:
            inside["succeeded_by"] = known_to(row.succeeded_by, old.succeeded_by)
    if isinstance(old, Decision):
        inside |= _as_far_as_known(row, old)
    return replace(old, sources=kept, **inside)


def _as_far_as_known(row: Decision, old: Decision) -> dict[str, Any]:
    """What was said of a decision that is there, as far as the file knows it: the rest stays as it is."""
    steps = {each.number: each.steps for each in row.follow_ups}
    follow_ups = (
        replace(each, steps=tuple(step for step in each.steps if step in steps[each.number]))
        for each in old.follow_ups
        if each.number in steps
    )
    return {
        "superseded": tuple(each for each in old.superseded if each in row.superseded),
        "reviews": tuple(each for each in old.reviews if each in row.reviews),
        "follow_ups": tuple(follow_ups),
    }


def _bare(row: Any) -> Any:
    return replace(row, sources=()) if row else row


def _faults(record: Record, there: Stored) -> Iterator[Fault]:
    """What the database would refuse, and what an import does not do."""
    for id_, row in record.sections["organisations"].items():
        old = there.record.sections["organisations"].get(id_)
        if old and old.succeeded_by and _bare(row.succeeded_by) != _bare(old.succeeded_by):
            into = shown(old.succeeded_by.organisation)
            says = f"that it became part of {into} is on record and is not changed by an import"
            yield Fault(row.line, f"organisations[{id_}].succeeded_by", says)
    for id_, row in record.sections["mandates"].items():
        old = there.record.sections["mandates"].get(id_)
        if old and old.withdrawn and row.withdrawn != old.withdrawn:
            says = "that it was withdrawn is on record and is not changed by an import"
            yield Fault(row.line, f"mandates[{id_}].withdrawn", says)
    yield from _unknown_states(record, there)
    yield from overlapping(_together(record, there.record))
    numbers = {row.number: id_ for id_, row in there.record.sections["decisions"].items() if row.number}
    for id_, row in record.sections["decisions"].items():
        if row.number and numbers.get(row.number, id_) not in record.sections["decisions"]:
            says = f"{shown(row.number)} is the number of {shown(numbers[row.number])} already"
            yield Fault(row.line, f"decisions[{id_}].number", says)


def _unknown_states(record: Record, there: Stored) -> Iterator[Fault]:
    """States that a file may name and that the database does not hold: it was not migrated to this version."""
    for name in ("appointments", "meetings"):
        for id_, row in record.sections[name].items():
            for path, section, wanted in references(row):
                if section == "states" and wanted not in there.states:
                    says = f"{shown(wanted)} is no State of this database: run './onevoice migrate', which brings them"
                    yield Fault(row.line, f"{name}[{id_}]{path}", says)


def _together(record: Record, there: Record) -> Record:
    """The facts of the file and those that are there beside them."""
    sections: dict[str, dict[str, Any]] = dict.fromkeys(SECTIONS, {}) | {
        name: there.sections[name] | record.sections[name]
        for name in ("memberships", "offices", "appointments")
    }
    names = {}
    for id_, row in record.sections["organisations"].items():
        own = {name.id for name in row.names}
        old = there.sections["organisations"].get(id_)
        others = tuple(name for name in old.names if name.id not in own) if old else ()
        names[id_] = replace(row, names=row.names + others)
    return Record(record.group, sections | {"organisations": names})


def preview(path: str | Path) -> tuple[str, bool]:
    """What a file on disk would do, as `preview_of` tells it."""
    file = Path(path)
    return preview_of(file.read_bytes(), file.name)


def preview_of(data: bytes, name: str) -> tuple[str, bool]:
    """A table with a line for each row of a file (its line, section, id, and what would become of it); is it good?"""
    try:
        planned = plan(data)
    except BadFile as bad:
        table = [
            f"{fault.line:>7}  error    {fault.path or 'the file'}: {fault.says}" for fault in bad.faults
        ]
        end = f"{name}: found wrong: {len(bad.faults)}; nothing would be loaded."
        return "\n".join([*table, "", end, ""]), False
    table = [f"{each.line:>7}  {each.what:<8} {each.section} {each.id}" for each in planned.changes]
    if planned.gaps_changed:
        table.append(f"{'':>7}  changed  gaps")
    counts = ", ".join(f"{number} {what}" for what, number in planned.counts().items())
    return "\n".join([*table, "", f"{name}: {counts}.", ""]), True
