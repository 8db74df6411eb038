"""A body's rules as a page shows them: every value in words, where it comes from, and what it means for a member."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

from onevoice.languages.bidi import shown
from onevoice.procedure.rules import SECTIONS, UNSET, Rules, Silent
from onevoice.procedure.toml import comments
from onevoice.procedure.words import values

from . import rules_words

_SHORT: Final = re.compile(r"[A-Z]\w*")
_CITED: Final = re.compile(r"((?:[A-Z]\w*)(?:, [A-Z]\w*)*)(?:[:;] |$)")


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its short name, its title or address, and the address where it is one."""

    name: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value: the parameter it belongs to, what it is, what the rule says, where, and what that means."""

    key: str
    parameter: int
    label: str
    value: str
    silent: bool
    sources: list[Source]
    note: str
    means: str

    @property
    def anchor(self) -> str:
        return self.key.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Part:
    """Values that belong together."""

    key: str
    title: str
    rows: list[Row]


def parts(rules: Rules, toml: str) -> list[Part]:
    """Every value of the rules, in parts."""
    cited = _Cited(rules, toml)
    rows: dict[str, list[Row]] = {}
    for section, name, parameter, says, one in every(rules):
        key = f"{section}.{name}" if section else name
        found, note = cited.of(section, name)
        rows.setdefault(section, []).append(
            Row(
                key=key, parameter=parameter, label=rules_words.label(says), value=rules_words.value(one, key),
                silent=one is UNSET, sources=found, note=note, means=rules_words.means(rules, key, one),
            )
        )  # fmt: skip
    return [Part(section, gettext(title), rows[section]) for section, title in values.PARTS.items()]


def every(rules: Rules) -> Iterator[tuple[str, str, int, str, Any]]:
    """Each value with its section (none for the head), name, parameter and what it is."""
    mode = next(one for one in fields(Rules) if one.name == "mode")
    yield "", "mode", mode.metadata["parameter"], mode.metadata["says"], rules.mode
    for section, kind in SECTIONS.items():
        part = getattr(rules, section)
        for one in fields(kind):
            value = part if isinstance(part, Silent) else getattr(part, one.name)
            yield section, one.name, one.metadata["parameter"], one.metadata["says"], value


def sources(rules: Rules) -> list[Source]:
    """The documents that the rules name."""
    return [_source(name, title) for name, title in rules.sources.items()]


def _source(name: str, title: str) -> Source:
    """Only an address of the web is a link: a file may be anybody's."""
    parted = urlsplit(title)
    address = title if parted.scheme in ("http", "https") and parted.netloc else ""
    return Source(shown(name), shown(parted.netloc.removeprefix("www.") if address else title), address)


class _Cited:
    """Where each value comes from: what stands behind it in the file."""

    def __init__(self, rules: Rules, toml: str) -> None:
        self.known: Mapping[str, Source] = {one.name: one for one in sources(rules)}
        self.comments = comments(toml)

    def of(self, section: str, name: str) -> tuple[list[Source], str]:
        """The documents, and what else the file says there."""
        says = shown(self.comments.get((section, name) if section else (name,), ""))
        cited = _CITED.match(says)
        names = _SHORT.findall(cited[1]) if cited else []
        if not names or not all(one in self.known for one in names):
            return [], says
        return [self.known[one] for one in names], says[cited.end() :] if cited else ""
