"""Every value that rules can have is in words, and says what it means for a member: no key of a file is ever shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, time
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from onevoice.procedure import loading
from onevoice.procedure.clock import Length, Unit
from onevoice.procedure.rules import (
    NONE,
    PARAMETERS,
    SECTIONS,
    UNSET,
    Mode,
    Silent,
    Status,
    parameters,
)
from onevoice.procedure.toml import comments
from onevoice.procedure.words import meaning, values

EXAMPLES: dict[Any, list[Any]] = {
    int: [1, 3], str: ["General Committee"], bool: [True, False], Fraction: [Fraction(2, 3)], time: [time(17)],
    date: [date(2026, 12, 7)], Length: [Length(1, Unit.HOURS), Length(5, Unit.WORKING_DAYS)], Silent: [UNSET, NONE],
}  # fmt: skip


def possible(kind: Any) -> Iterator[Any]:
    """Values of every kind that a field takes: each of an enumeration, lists of one and of all."""
    for one in get_args(kind) if isinstance(kind, UnionType) else (kind,):
        if get_origin(one) is tuple:
            held = list(possible(get_args(one)[0]))
            yield from [(), *((each,) for each in held), tuple(held)]
        elif isinstance(one, type) and issubclass(one, Enum) and one is not Silent:
            yield from one
        else:
            yield from EXAMPLES[one]


def every_field() -> Iterator[tuple[str, Any]]:
    yield "mode", Mode
    for section, kind in SECTIONS.items():
        hints = get_type_hints(kind)
        yield from ((f"{section}.{one.name}", hints[one.name]) for one in fields(kind))


def sentences(saying: Any) -> tuple[str, ...]:
    return saying if isinstance(saying, tuple) else (saying,)


@pytest.mark.parametrize(
    ("key", "kind"), list(every_field()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_value_means_something_for_a_member(key: str, kind: Any) -> None:
    for value in possible(kind):
        for sentence in sentences(meaning.case(meaning.SAYINGS[key], value)):
            assert sentence[-1] == "." and sentence[0].isupper() or sentence[0] == "{", sentence
            assert len(sentence.split()) <= 40
            if isinstance(value, Silent | bool) or (isinstance(value, Enum) and "{value}" not in sentence):
                assert "{" not in sentence, f"{key} = {value!r}: nothing is counted or named there"


def test_every_value_that_has_a_name_has_words() -> None:
    kinds = {
        type(value) for _key, kind in every_field() for value in possible(kind) if isinstance(value, Enum)
    }
    kinds |= {type(one) for _key, kind in every_field() for each in possible(kind) if isinstance(each, tuple)
              for one in each if isinstance(one, Enum)}  # fmt: skip
    assert set(values.OF_KIND) == kinds - {Silent}
    for kind in values.OF_KIND:
        assert [bool(values.of(one)) for one in kind] == [True] * len(kind), kind
    assert set(values.LENGTHS) == set(Unit)
    assert set(values.STATUS) == set(Status)


def test_every_parameter_stands_in_a_part_and_nothing_is_said_twice() -> None:
    keys = {
        f"{section}.{one.name}" if section else one.name
        for found in parameters().values()
        for section, one in found
    }
    assert set(meaning.SAYINGS) == keys
    assert set(values.PARTS) == {"", *SECTIONS}
    assert sorted(parameters()) == list(range(1, PARAMETERS + 1))
    labels = [one.metadata["says"] for found in parameters().values() for _section, one in found]
    assert len(labels) == len(set(labels)), "a line of a page is understood without the one before it"


def test_the_english_of_a_word_is_not_the_key_of_its_file() -> None:
    """Words of a file that are not said so to people: each has words of its own."""
    said = {values.of(one) for kind in values.OF_KIND for one in kind}
    assert not any("_" in one for one in said)
    keys = {"given", "fails", "suspends", "judged", "sustained", "expiry", "neither", "took note", "no logo"}
    assert said & keys == set()


def test_what_a_rule_needs_and_leaves_open_is_said_before_what_follows_from_it() -> None:
    rules = loading.shipped("nato")
    assert rules.objection.amendment_counts is UNSET
    assert meaning.meaning(rules, "objection.amendment_counts", UNSET) == meaning.NEEDED
    assert (
        meaning.meaning(rules, "clock.edge", UNSET)
        == "What arrives at the very instant of the deadline is late."
    )


def test_silence_that_means_consent_is_said_as_to_a_person() -> None:
    rules = loading.shipped("icat-principals")
    assert (
        meaning.meaning(rules, "outcome.silence_means", rules.outcome.silence_means)
        == "If your organisation says nothing by the deadline, it counts as agreement."
    )


def test_what_stands_behind_a_value_is_its_source() -> None:
    found = comments(loading.text_of("osce-silence"))
    assert found["objection", "amendment_counts"] == "C5: objection or amendment"
    assert ("sources", "C5") not in found and ("clock", "calendar") not in found
    assert comments("[a]\nb = \"x # y\"  # C1\nc = '#'\n") == {("a", "b"): "C1"}


def test_every_step_and_ending_of_a_simulation_has_its_sentence() -> None:
    from onevoice.procedure.rules import Confirmed, Edge
    from onevoice.procedure.simulation import Hypothesis, Kind
    from onevoice.procedure.states import Cause, State
    from onevoice.procedure.words import simulated, states

    assert set(simulated.STEPS) == set(Kind) - {Kind.END}
    assert (set(simulated.ENDS), set(simulated.IF), set(simulated.MEETS)) == (
        set(Edge),
        set(Hypothesis),
        set(Confirmed),
    )
    assert (set(states.STATES), set(states.CAUSES)) == (set(State), set(Cause))
