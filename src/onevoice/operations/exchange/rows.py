"""PURE. A row of the file is a frozen dataclass; from its annotations come both its reader and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cache, cached_property
from typing import Any, get_args, get_type_hints

from onevoice.operations.exchange.kinds import Fault, Faults, Kind, ListOf, fault, shown
from onevoice.operations.exchange.nodes import Map, Node


@dataclass(frozen=True, slots=True)
class FieldOf:
    """One field of a row: its kind, and what stands for it when the file leaves it out."""

    name: str
    kind: Kind
    required: bool
    default: Any

    def is_empty(self, value: Any) -> bool:
        return not self.required and value == self.default


class RowOf(Kind):
    """Reads fields into a dataclass, and finds all that is wrong at once."""

    empty = None

    def __init__(self, shape: type) -> None:
        self.shape = shape

    @cached_property
    def fields(self) -> dict[str, FieldOf]:
        hints = get_type_hints(self.shape, include_extras=True)
        return {
            each.name: FieldOf(each.name, _kind(hints[each.name]), each.default is MISSING, each.default)
            for each in fields(self.shape)
            if each.name != "line"
        }

    @cached_property
    def _readers(self) -> dict[str, Any]:
        return {name: each.kind.read for name, each in self.fields.items()}

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(name for name, each in self.fields.items() if each.required)

    @cached_property
    def _has_line(self) -> bool:
        return any(each.name == "line" for each in fields(self.shape))

    def read(self, node: Node) -> Any:
        if type(node) is not Map:
            raise fault(node, "a set of fields is expected here")
        readers, found, wrong = self._readers, {}, []
        for name, value in node.entries.items():
            reader = readers.get(name)
            if reader is None:
                wrong.append(Fault(value.line, f".{name[:60]}", f"there is no field {shown(name)} here"))
                continue
            try:
                found[name] = reader(value)
            except Faults as why:
                wrong += [Fault(f.line, f".{name}{f.path}", f.says) for f in why.faults]
        if missing := self._required.difference(node.entries):
            wrong += [Fault(node.line, f".{name}", "this field is missing") for name in sorted(missing)]
        if wrong:
            raise Faults(*wrong)
        if self._has_line:
            found["line"] = node.line
        row = self.shape(**found)
        check = getattr(row, "faults", None)
        if check is not None and (problems := check()):
            raise Faults(*(Fault(node.line, f".{path}" if path else "", says) for path, says in problems))
        return row

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.shape.__name__}"}

    def definition(self) -> dict[str, Any]:
        described = {
            "description": " ".join((self.shape.__doc__ or "").split()),
            "type": "object",
            "properties": {name: each.kind.schema() for name, each in self.fields.items()},
            "additionalProperties": False,
        }
        required = sorted(self._required)
        return {**described, "required": required} if required else described


def _kind(hint: Any) -> Kind:
    """The kind in an annotation; a list of rows is written `tuple[Row, ...]`, one row as its class."""
    for each in get_args(hint)[1:]:
        if isinstance(each, Kind):
            return each
    if getattr(hint, "__origin__", None) is tuple:
        return ListOf(row_of(get_args(hint)[0]))
    members = [each for each in get_args(hint) if each is not type(None)]
    if members and hint.__class__.__name__ in ("UnionType", "Union", "_UnionGenericAlias"):
        return _kind(members[0])
    return row_of(hint)


@cache
def row_of(shape: type) -> RowOf:
    """The reader of a dataclass, made once."""
    return RowOf(shape)


def references(row: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every id that a row holds of another: where, of which section, which."""
    for name, section, deeper in _referring(type(row)):
        value = getattr(row, name)
        if not value:
            continue
        for position, one in enumerate(value if isinstance(value, tuple) else (value,)):
            where = f"{path}.{name}" + (f"[{position}]" if isinstance(value, tuple) else "")
            if deeper:
                yield from references(one, where)
            else:
                yield where, section, one


@cache
def _referring(shape: type) -> tuple[tuple[str, str, bool], ...]:
    """The fields of a row that refer to others, themselves or through rows inside them."""
    found = []
    for each in row_of(shape).fields.values():
        kind = each.kind.item if isinstance(each.kind, ListOf) else each.kind
        if kind.refers_to:
            found.append((each.name, kind.refers_to, False))
        elif isinstance(kind, RowOf) and _referring(kind.shape):
            found.append((each.name, "", True))
    return tuple(found)
