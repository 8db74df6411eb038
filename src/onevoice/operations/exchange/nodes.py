"""PURE. YAML as lines, maps and lists: safe, without anchors, tags or surprises, one row at a time.

YAML's own reading of values ('no' is false, 2018-06-14 a date) is not used: each field knows what it holds.
Of a file of 100,000 rows only the row being read stands here, so that memory stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

DEEPEST: Final = 16
_CLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotYaml(Exception):  # noqa: N818
    """The file is not YAML as it is read here; with the line (from 1)."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(line, says)
        self.line, self.says = line, says


def not_yaml(error: yaml.YAMLError) -> NotYaml:
    """What YAML's own parser found wrong. It is caught by who reads, since rows are read one at a time."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return NotYaml(mark.line + 1 if mark else 1, f"this is not YAML: {what}")


class Scalar:
    """One value as written; `plain` when it stands without quotes."""

    __slots__ = ("line", "plain", "value")

    def __init__(self, line: int, value: str, plain: bool) -> None:
        self.line, self.value, self.plain = line, value, plain


class Map:
    """Fields with their values, in the order of the file."""

    __slots__ = ("entries", "line")

    def __init__(self, line: int, entries: dict[str, Any]) -> None:
        self.line, self.entries = line, entries


class Sequence:
    """A list."""

    __slots__ = ("items", "line")

    def __init__(self, line: int, items: list[Any]) -> None:
        self.line, self.items = line, items


Node = Scalar | Map | Sequence


def top(text: str) -> Iterator[tuple[str, int, Iterator[Node] | Node]]:
    """The file's fields, each with its line; a list comes as an iterator to be read to its end before going on."""
    events = _Events(text)
    try:
        events.expect(yaml.StreamStartEvent, "a file")
        events.expect(yaml.DocumentStartEvent, "a group's record")
        events.expect(yaml.MappingStartEvent, "fields, the first of them format")
        yield from _fields(events)
        events.take()
        event = events.take()
        if not isinstance(event, yaml.StreamEndEvent):
            raise NotYaml(
                event.start_mark.line + 1, "the file holds a second document; one file is one group"
            )
    finally:
        events.close()


def _fields(events: _Events) -> Iterator[tuple[str, int, Iterator[Node] | Node]]:
    seen: set[str] = set()
    while not isinstance(event := events.take(), yaml.MappingEndEvent):
        name, line = _key(event, seen), event.start_mark.line + 1
        event = events.take()
        if type(event) is yaml.SequenceStartEvent:
            _refuse_extras(event)
            items = _items(events)
            yield name, line, items
            for _ in items:  # what the reader did not want
                pass
        else:
            yield name, line, _node(events, event, 1)


def _items(events: _Events) -> Iterator[Node]:
    while type(event := events.take()) is not yaml.SequenceEndEvent:
        yield _node(events, event, 1)


def _node(events: _Events, event: Any, depth: int) -> Node:
    kind = type(event)
    if event.anchor is not None or kind is yaml.AliasEvent:
        raise NotYaml(
            event.start_mark.line + 1, "anchors and aliases (& and *) are not read: write the value out"
        )
    if kind is yaml.ScalarEvent:
        if event.tag is not None:
            _refuse_extras(event)
        return Scalar(event.start_mark.line + 1, event.value, event.implicit[0])
    _refuse_extras(event)
    line = event.start_mark.line + 1
    if depth > DEEPEST:
        raise NotYaml(line, f"fields stand in fields more than {DEEPEST} deep")
    take = events.take
    if kind is yaml.SequenceStartEvent:
        items = []
        while type(event := take()) is not yaml.SequenceEndEvent:
            items.append(_node(events, event, depth + 1))
        return Sequence(line, items)
    entries: dict[str, Node] = {}
    while type(event := take()) is not yaml.MappingEndEvent:
        name = _key(event, entries)
        entries[name] = _node(events, take(), depth + 1)
    return Map(line, entries)


def _key(event: Any, seen: Any) -> str:
    line = event.start_mark.line + 1
    if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
        raise NotYaml(line, "the name of a field is one word")
    name: str = event.value
    if name in seen:
        raise NotYaml(line, f"the field {name[:60]!r} stands here twice")
    if isinstance(seen, set):
        seen.add(name)
    return name


def _refuse_extras(event: Any) -> None:
    line = event.start_mark.line + 1
    if event.tag is not None and event.tag != "!":
        raise NotYaml(line, f"the tag {event.tag} is not read: write plain values")
    if event.anchor is not None:
        raise NotYaml(line, "anchors and aliases (& and *) are not read: write the value out")


class _Events:
    """The parser's events, one after the other, with the line reached."""

    def __init__(self, text: str) -> None:
        self.loader = _CLoader(text)
        self.take = self.loader.get_event
        self.line = 1

    def expect(self, kind: type, what: str) -> None:
        event = self.take()
        self.line = event.start_mark.line + 1
        if type(event) is not kind:
            raise NotYaml(self.line, f"{what} is expected here")
        if kind is yaml.MappingStartEvent:
            _refuse_extras(event)

    def close(self) -> None:
        self.loader.dispose()
