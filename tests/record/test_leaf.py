"""Leaves, canonical JSON and commitments: what a leaf shows, and what it must not."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given

from onevoice.record import canonical, commitments, leaf, tiles
from record.strategies import json_values

AT = datetime(2026, 11, 2, 17, 41, 3, 120, tzinfo=timezone(timedelta(hours=1)))


def act(**changes: Any) -> leaf.Leaf:
    values: dict[str, Any] = {
        "act": "decisions.break_silence",
        "log": "record.example/test",
        "subject": "decisions.proposal:test/12",
        "for_": "osce",
        "received_at": AT,
        "effective_at": AT,
        "facts": {"text": "sha256:00", "paragraphs": [3]},
        "personal": {"by": "parties.person:17", "reason": "Paragraph 3 exceeds our mandate."},
    }
    return leaf.Leaf(**{**values, **changes})


def test_a_public_leaf_is_its_facts_and_commitments() -> None:
    sealed = leaf.seal(act(), public=True)
    by, reason = sealed.openings
    assert json.loads(sealed.entry) == {
        "v": 1,
        "log": "record.example/test",
        "act": "decisions.break_silence",
        "subject": "decisions.proposal:test/12",
        "for": "osce",
        "received_at": "2026-11-02T16:41:03.000120Z",
        "effective_at": "2026-11-02T16:41:03.000120Z",
        "facts": {"text": "sha256:00", "paragraphs": [3]},
        "personal": {"by": by.commitment, "reason": reason.commitment},
    }
    assert canonical.canonical(json.loads(sealed.entry)) == sealed.entry


def test_personal_parts_are_not_in_a_public_leaf() -> None:
    entry = leaf.seal(act(), public=True).entry
    assert b"person:17" not in entry and b"mandate" not in entry


def test_a_restricted_leaf_is_one_commitment_of_one_length() -> None:
    short = leaf.seal(act(facts={}), public=False)
    long = leaf.seal(act(facts={"text": "x" * 5_000}), public=False)
    assert json.loads(short.entry) == {"commitment": short.openings[0].commitment}
    assert len(short.entry) == len(long.entry) == 81


def test_the_opening_of_a_restricted_leaf_is_the_whole_leaf() -> None:
    sealed = leaf.seal(act(), public=False)
    whole, by, reason = sealed.openings
    assert (whole.name, whole.value["act"]) == ("leaf", "decisions.break_silence")
    assert whole.value["personal"] == {"by": by.commitment, "reason": reason.commitment}


def test_the_same_act_twice_leaves_entries_that_nobody_can_match() -> None:
    assert leaf.seal(act(), public=False).entry != leaf.seal(act(), public=False).entry


@pytest.mark.parametrize("public", [True, False])
def test_an_entry_that_is_too_large_is_refused_with_size_and_limit(public: bool) -> None:
    with pytest.raises(tiles.EntryTooLarge) as refused:
        leaf.seal(act(facts={"text": "x" * 65_536}), public=public)
    assert refused.value.size > refused.value.limit == 65_535
    assert f"{refused.value.size:,} bytes; the record takes at most 65,535" in str(refused.value)


def test_an_entry_of_the_largest_size_is_taken() -> None:
    room = 65_535 - len(leaf.seal(act(facts={"text": ""}), public=True).entry)
    assert len(leaf.seal(act(facts={"text": "x" * room}), public=True).entry) == 65_535


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        leaf.seal(act(received_at=datetime(2026, 1, 1)), public=True)  # noqa: DTZ001


def test_an_instant_of_an_early_year_keeps_its_length() -> None:
    assert leaf.instant(datetime(945, 1, 1, tzinfo=UTC)) == "0945-01-01T00:00:00.000000Z"


@given(json_values)
def test_a_commitment_opens_with_its_value_and_salt_only(value: Any) -> None:
    made = commitments.commit("name", value)
    assert made.opens(made.commitment)
    assert not commitments.Opened("name", made.salt, [value]).opens(made.commitment)
    assert not commitments.commit("name", value).opens(made.commitment)


def test_a_commitment_is_the_hash_that_the_reference_says() -> None:
    opened = commitments.Opened("by", bytes(32), {"b": 1, "a": "\u00e9"})
    known = b"onevoice/commitment/1\0" + bytes(32) + '{"a":"\u00e9","b":1}'.encode()
    assert opened.commitment == sha256(known).hexdigest()


def test_canonical_json_sorts_as_the_rfc_does() -> None:
    """RFC 8785, 3.2.3."""
    value = {"\u20ac": "Euro", "\r": "CR", "\ufb33": "Dalet", "1": "One", "\U0001f600": "Smiley",
             "\u0080": "Control", "\u00f6": "o"}  # fmt: skip
    order = ["CR", "One", "Control", "o", "Euro", "Smiley", "Dalet"]
    assert list(json.loads(canonical.canonical(value)).values()) == order


def test_canonical_json_writes_text_and_literals_as_the_rfc_does() -> None:
    """RFC 8785, 3.2.2."""
    value = {"string": '\u20ac$\x0f\nA\'B"\\\\"/', "literals": [None, True, False]}
    assert canonical.canonical(value) == (
        b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(json_values)
def test_canonical_json_reads_back_and_is_stable(value: Any) -> None:
    written = canonical.canonical(value)
    assert json.loads(written) == value
    assert canonical.canonical(json.loads(written)) == written


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (1.0, "value is of type float"),
        ({"a": [1, 0.5]}, r"value\.a\[1\] is of type float"),
        (2**53, "beyond"),
        ({1: "a"}, "not text"),
        ("\ud800", "surrogate"),
        ({"a": AT}, r"value\.a is of type datetime"),
        (b"bytes", "bytes"),
        ({"a": "b\x00"}, r"value\.a holds the character NUL"),
    ],
)
def test_what_is_not_exact_is_refused_with_its_place(value: Any, where: str) -> None:
    with pytest.raises(canonical.NotCanonical, match=where):
        canonical.canonical(value)
