"""PURE. What a set of dated facts answers for an instant: does it hold, and how do we know?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Answer(StrEnum):
    """How a fact stands at an instant, from the surest to the least sure."""

    HOLDS = "holds"
    PERHAPS = "perhaps"  # the date as written is coarser than the question: since some day of that month
    ATTESTED = "attested"  # a source shows it at that time
    BETWEEN = "between attestations"
    NOT_KNOWN = "not known"  # attested at other times only
    NO = "does not hold"


class Range(Protocol):
    """Half-open range of UTC instants; None is an open end."""

    lower: datetime | None
    upper: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """One fact as the question needs it. `sure_from` and `sure_to` bound what is certain within the period."""

    lower: datetime | None
    upper: datetime | None
    sure_from: datetime | None
    sure_to: datetime | None
    attested: bool


def answer(facts: Iterable[Held], *, at: datetime) -> Answer:
    """Answer for one instant; facts are those about one thing (an organisation's membership of a body)."""
    facts = list(facts)
    stated = [fact for fact in facts if not fact.attested]
    attested = [fact for fact in facts if fact.attested]
    if any(_within(fact.sure_from, fact.sure_to, at) for fact in stated):
        return Answer.HOLDS
    if any(_within(fact.lower, fact.upper, at) for fact in attested):
        return Answer.ATTESTED
    if any(_within(fact.lower, fact.upper, at) for fact in stated):
        return Answer.PERHAPS
    return _from_points(attested, at) if attested and not stated else Answer.NO


def _from_points(attested: list[Held], at: datetime) -> Answer:
    """What points in time alone allow: between two of them it is likely, outside them nothing is known."""
    earlier = any(fact.upper is not None and fact.upper <= at for fact in attested)
    later = any(fact.lower is not None and fact.lower > at for fact in attested)
    return Answer.BETWEEN if earlier and later else Answer.NOT_KNOWN


def _within(lower: datetime | None, upper: datetime | None, at: datetime) -> bool:
    if lower is not None and upper is not None and lower >= upper:
        return False
    return (lower is None or lower <= at) and (upper is None or at < upper)
