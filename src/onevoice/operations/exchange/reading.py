"""PURE (but for the list of States). Reads a record file strictly: all that is wrong, each with line and field.

1. at most 32 MB, UTF-8; 2. YAML without anchors, tags or doubled fields; 3. known fields of the right kind;
4. ids once in their section; 5. every id referred to stands in the file (States: in the reference data);
6. what rows say together: a person speaks for whom they are appointed, periods that may not overlap do not,
bodies, outputs and mandates do not stand over themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from yaml import YAMLError

from onevoice.operations.exchange.format import (
    FORMAT,
    GAPS,
    SECTIONS,
    Group,
    Record,
    anchors,
    without_own_ids,
)
from onevoice.operations.exchange.kinds import Fault, Faults, shown
from onevoice.operations.exchange.nodes import Map, Node, NotYaml, Scalar, Sequence, not_yaml, top
from onevoice.operations.exchange.overlaps import misplaced, overlapping
from onevoice.operations.exchange.rows import references, row_of
from onevoice.parties.reference import state_slugs

LARGEST: Final = 32 * 1024 * 1024
MOST_FAULTS: Final = 100


class BadFile(Exception):  # noqa: N818 - what the person who wrote the file is told
    """The file cannot be loaded, and changed nothing; `faults` in the order of lines, at most 100."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda each: each.line)[:MOST_FAULTS]
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(f"line {each.line}: {each.path or 'the file'}: {each.says}." for each in self.faults)


def read(data: bytes) -> Record:
    """The record in a file's bytes; raises BadFile."""
    reading = _Reading()
    try:
        for name, line, value in top(_text(data)):
            reading.field(name, line, value)
            if len(reading.faults) >= MOST_FAULTS:
                raise BadFile(reading.faults)
    except (NotYaml, YAMLError) as error:
        why = error if isinstance(error, NotYaml) else not_yaml(error)
        raise BadFile([*reading.faults, Fault(why.line, "", why.says)]) from error
    return reading.finished()


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise BadFile([Fault(1, "", f"the file has {len(data)} bytes; at most {LARGEST} are read")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFile([Fault(line, "", "the file is not in UTF-8 here")]) from error


class _Reading:
    """The file so far, and what was wrong with it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.seen: set[str] = set()
        self.group: Group | None = None
        self.sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
        self.gaps: tuple[Any, ...] = ()

    def field(self, name: str, line: int, value: Any) -> None:
        if not self.seen and name != "format":
            self.faults.append(Fault(line, name[:60], f"the first field is format: {FORMAT}"))
        self.seen.add(name)
        if name in SECTIONS:
            self._section(name, line, value)
        elif name in ("format", "group", "gaps"):
            self._single(name, line, value)
        else:
            self.faults.append(Fault(line, name[:60], "there is no such section"))

    def _single(self, name: str, line: int, value: Any) -> None:
        if not isinstance(value, Scalar | Map):
            value = Sequence(line, list(value))
        try:
            if name == "group":
                self.group = row_of(Group).read(value)
            elif name == "gaps":
                self.gaps = GAPS.read(value)
            elif not isinstance(value, Scalar) or value.value != FORMAT:
                self.faults.append(Fault(line, "format", f"this version reads {FORMAT}"))
        except Faults as why:
            self.faults += [Fault(f.line, f"{name}{f.path}", f.says) for f in why.faults]

    def _section(self, name: str, line: int, items: Any) -> None:
        if isinstance(items, Scalar | Map):
            self.faults.append(Fault(line, name, "a list is expected here"))
            return
        reader, rows = row_of(SECTIONS[name]).read, self.sections[name]
        for position, node in enumerate(items):
            try:
                row = reader(node)
            except Faults as why:
                self._wrong(name, position, node, why)
                if len(self.faults) >= MOST_FAULTS:
                    return
                continue
            if row.id in rows:
                says = f"{shown(row.id)} stands in line {rows[row.id].line} already"
                self.faults.append(Fault(row.line, f"{name}[{position}].id", says))
            rows[row.id] = row

    def _wrong(self, name: str, position: int, node: Node, why: Faults) -> None:
        called = node.entries.get("id") if isinstance(node, Map) else None
        where = called.value[:120] if isinstance(called, Scalar) else position
        self.faults += [Fault(f.line, f"{name}[{where}]{f.path}", f.says) for f in why.faults]

    def finished(self) -> Record:
        if self.group is None and not any(each.path.startswith("group") for each in self.faults):
            self.faults.append(Fault(1, "group", "this field is missing"))
        if self.faults or self.group is None:
            raise BadFile(self.faults)
        self._own_zones(self.group.zone)
        self._own_ids()
        record = Record(self.group, self.sections, self.gaps)
        if faults := [
            *_unknown(record),
            *_unknown_paragraphs(record),
            *_unlike(record),
            *_loops(record),
            *_doubled(record),
            *misplaced(record),
            *overlapping(record),
        ]:
            raise BadFile(faults)
        return record

    def _own_zones(self, zone: str) -> None:
        """A meeting that names the group's own zone says nothing by it."""
        meetings = self.sections["meetings"]
        for id_, row in meetings.items():
            if row.zone == zone:
                meetings[id_] = replace(row, zone="")

    def _own_ids(self) -> None:
        """A paragraph whose id is p and its number says nothing by it."""
        mandates = self.sections["mandates"]
        for id_, row in mandates.items():
            if any(each.id for each in row.paragraphs):
                mandates[id_] = replace(row, paragraphs=without_own_ids(row.paragraphs))


def _unknown(record: Record) -> Iterable[Fault]:
    """Ids that stand nowhere."""
    known: dict[str, Any] = {**record.sections, "states": state_slugs()}
    for name, rows in record.sections.items():
        for row in rows.values():
            for path, section, wanted in references(row):
                if wanted not in known[section]:
                    yield Fault(row.line, f"{name}[{row.id}]{path}", f"{shown(wanted)} is no id of {section}")
    for row in record.sections["claims"].values():
        section, _, wanted = row.about.partition("/")
        if row.about != "group" and wanted not in record.sections.get(section, ()):
            yield Fault(row.line, f"claims[{row.id}].about", f"{shown(row.about)} is not in the file")


def _unknown_paragraphs(record: Record) -> Iterable[Fault]:
    """Paragraphs that are answered and stand in no mandate of the file."""
    known = {id_: set(anchors(row.paragraphs)) for id_, row in record.sections["mandates"].items()}
    for name in ("mandates", "meetings", "decisions", "outputs"):
        for row in record.sections[name].values():
            for position, each in enumerate(row.answers_paragraphs):
                if each.mandate in known and each.paragraph not in known[each.mandate]:
                    says = f"{shown(each.paragraph)} is no paragraph of {shown(each.mandate)}"
                    where = f"{name}[{row.id}].answers_paragraphs[{position}].paragraph"
                    yield Fault(row.line, where, says)


def _unlike(record: Record) -> Iterable[Fault]:
    """Who speaks under an appointment speaks for whom it names."""
    appointments = record.sections["appointments"]
    for meeting in record.sections["meetings"].values():
        for position, part in enumerate(meeting.participations):
            if not part.appointment or part.appointment not in appointments:
                continue
            named = appointments[part.appointment]
            if (part.organisation, part.state) != (named.organisation, named.state):
                says = f"the appointment {shown(part.appointment)} is for {named.organisation or named.state}"
                yield Fault(
                    meeting.line, f"meetings[{meeting.id}].participations[{position}].appointment", says
                )


_UPWARDS: Final = (
    ("bodies", "parent"),
    ("outputs", "derived_from"),
    ("mandates", "leads_to"),
    ("meetings", "reports_on"),
    ("decisions", "gives_way_to"),
)


def _loops(record: Record) -> Iterable[Fault]:
    """Rows that stand over themselves."""
    for name, above in _UPWARDS:
        rows = record.sections[name]
        for row in rows.values():
            passed, up = {row.id}, getattr(row, above)
            while up in rows and up not in passed:
                passed.add(up)
                up = getattr(rows[up], above)
            if up == row.id:
                yield Fault(row.line, f"{name}[{row.id}].{above}", "it leads back to itself")


def _doubled(record: Record) -> Iterable[Fault]:
    """A number that two decisions have, or an organisation that became part of itself."""
    numbers: dict[str, Any] = {}
    for row in record.sections["decisions"].values():
        if row.number and (first := numbers.setdefault(row.number, row)) is not row:
            says = f"{shown(row.number)} is the number of {shown(first.id)} already"
            yield Fault(row.line, f"decisions[{row.id}].number", says)
    for row in record.sections["organisations"].values():
        if row.succeeded_by and row.succeeded_by.organisation == row.id:
            yield Fault(row.line, f"organisations[{row.id}].succeeded_by", "it leads back to itself")
