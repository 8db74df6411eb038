"""Two bodies' rules side by side: each value that differs, in words that the files use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import time
from enum import Enum
from fractions import Fraction
from typing import Any

from .clock import Length
from .rules import SECTIONS, Rules, Silent, parameters


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of two rules: its parameter (1 to 38), its key, what it is, and what each says."""

    parameter: int
    key: str
    says: str
    one: str
    other: str


def differences(one: Rules, other: Rules) -> list[Difference]:
    """Where two rules differ, by parameter."""
    first, second = dict(said(one)), dict(said(other))
    rows = [
        Difference(number, key, field.metadata["says"], first[key], second[key])
        for number, where in parameters().items()
        for section, field in where
        for key in [f"{section}.{field.name}" if section else field.name]
    ]
    return [row for row in rows if row.one != row.other]


def said(rules: Rules) -> Iterator[tuple[str, str]]:
    """Every value of a rule, in words."""
    yield "mode", rules.mode.value
    for section, kind in SECTIONS.items():
        part = getattr(rules, section)
        for field in fields(kind):
            yield (
                f"{section}.{field.name}",
                words(part if isinstance(part, Silent) else getattr(part, field.name)),
            )


def words(value: Any) -> str:
    """A value as its file writes it."""
    match value:
        case tuple():
            return ", ".join(words(one) for one in value) or "none"
        case Length():
            return f"{value.number} {value.unit.replace('_', ' ')}"
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)
