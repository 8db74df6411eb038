"""PURE. Writes a record as its one file: the same record gives the same bytes, in the order of the format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import yaml

from onevoice.languages.names import CODES
from onevoice.operations.exchange.format import FORMAT, GAPS, SECTIONS, Record
from onevoice.operations.exchange.kinds import ListOf, Words
from onevoice.operations.exchange.rows import RowOf, row_of

WIDTH: Final = 110


def written(record: Record) -> str:
    """The file's text; fields that say nothing are left out."""
    parts = [f"format: {FORMAT}\n", _dump({"group": plain(record.group)})]
    for name in SECTIONS:
        if rows := sorted(record.sections[name].values(), key=_order(name)):
            parts.append(f"{name}:\n\n" + "\n".join(_dump([plain(row)]) for row in rows))
    if record.gaps:
        parts.append(_dump({"gaps": _plain(GAPS, record.gaps)}))
    return "\n".join(parts)


_ORDERS: Final = {
    "bodies": "order", "mandates": "order", "outputs": "order", "meetings": "when", "counts": "when",
    "decisions": "adopted", "offices": "since",
}  # fmt: skip


def _order(section: str) -> Callable[[Any], Any]:
    """By what people look for first, then by id."""
    first = _ORDERS.get(section)
    return lambda row: (getattr(row, first) if first else "", row.id)


def plain(row: Any) -> dict[str, Any]:
    """A row as the file holds it: texts, numbers, lists and fields."""
    shape = row_of(type(row))
    found = {}
    for name, each in shape.fields.items():
        value = getattr(row, name)
        if not each.is_empty(value):
            found[name] = _plain(each.kind, value)
    return found


def _plain(kind: Any, value: Any) -> Any:
    if isinstance(kind, ListOf):
        return [_plain(kind.item, each) for each in value]
    if isinstance(kind, Words):
        return {code: _said(value[code]) for code in CODES if code in value}
    if isinstance(kind, RowOf):
        return plain(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, str) else value


def _said(value: str | dict[str, str]) -> str | dict[str, str]:
    return value if isinstance(value, str) else {"text": value["text"], "basis": value["basis"]}


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Long texts stand as blocks, short sets of fields on a line, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.Node:
        style = (
            ">"
            if len(text) > WIDTH and " " in text and text == " ".join(text.split()) and text.isprintable()
            else None
        )
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_fields(self, fields: dict[str, Any]) -> yaml.Node:
        node = self.represent_mapping("tag:yaml.org,2002:map", fields.items(), flow_style=False)
        short = all(isinstance(each, str | int) for each in fields.values())
        if short and sum(len(f"{name}: {value}, ") for name, value in fields.items()) < WIDTH - 20:
            node.flow_style = True
        return node


_Dumper.add_representer(str, _Dumper.represent_text)
_Dumper.add_representer(dict, _Dumper.represent_fields)


def _dump(value: Any) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text
