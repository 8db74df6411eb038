"""Instants as people write and are told them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.procedure.instants import Announced, Fault, NotAnInstant, after_gap, instants_of, latest, read

ZONES = (
    "UTC",
    "Europe/Vienna",
    "America/New_York",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
)

moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - Hypothesis wants them naive


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-10T17:00:00[Europe/Vienna]", "2026-12-10T16:00:00+00:00"),
        ("2026-12-10T17:00[Europe/Vienna]", "2026-12-10T16:00:00+00:00"),
        ("2026-12-10T16:00:00Z", "2026-12-10T16:00:00+00:00"),
        ("2026-12-10T16:00:00Z[Europe/Vienna]", "2026-12-10T16:00:00+00:00"),
        ("2026-10-25T02:30:00+02:00[Europe/Vienna]", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30:00+01:00[Europe/Vienna]", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_an_instant_is_read(written: str, instant: str) -> None:
    assert read(written).at == utc(instant)


@pytest.mark.parametrize(
    ("written", "fault", "candidates"),
    [
        ("2026-12-10T17:00:00", Fault.NO_ZONE, ()),
        ("2026-12-10T17:00:00+01:00", Fault.NO_ZONE, ()),
        ("2026-12-10T17:00:00[CET]x", Fault.FORM, ()),
        ("2026-02-30T17:00:00Z", Fault.FORM, ()),
        ("2026-12-10T25:00:00Z", Fault.FORM, ()),
        ("tomorrow", Fault.FORM, ()),
        ("2026-12-10T17:00:00[Europe/Atlantis]", Fault.UNKNOWN_ZONE, ()),
        ("2026-12-10T17:00:00[../etc/passwd]", Fault.FORM, ()),
        ("2026-03-29T02:30:00[Europe/Vienna]", Fault.GAP, ("2026-03-29T03:00:00+02:00[Europe/Vienna]",)),
        (
            "2026-10-25T02:30:00[Europe/Vienna]", Fault.TWICE,
            ("2026-10-25T02:30:00+02:00[Europe/Vienna]", "2026-10-25T02:30:00+01:00[Europe/Vienna]"),
        ),
        ("2026-12-10T17:00:00+05:00[Europe/Vienna]", Fault.OFFSET, ("2026-12-10T17:00:00+01:00[Europe/Vienna]",)),
    ],
)  # fmt: skip
def test_what_names_no_instant_says_what_may_have_been_meant(
    written: str, fault: Fault, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(NotAnInstant) as refused:
        read(written)
    assert (refused.value.fault, tuple(map(str, refused.value.candidates))) == (fault, candidates)


@given(moments, st.sampled_from(ZONES))
def test_every_instant_is_read_back_as_it_was_written(at: datetime, zone: str) -> None:
    one = Announced(at.replace(tzinfo=UTC), ZoneInfo(zone))
    assert read(str(one)) == one


@given(moments, st.sampled_from(ZONES))
def test_every_instant_is_among_those_of_its_wall_time(at: datetime, zone: str) -> None:
    one = Announced(at.replace(tzinfo=UTC), ZoneInfo(zone))
    there = instants_of(one.local.replace(tzinfo=None), one.zone)
    assert one in there and len(there) <= 2
    assert latest(one.local.replace(tzinfo=None), one.zone) == there[-1]


@pytest.mark.parametrize(
    ("wall", "zone", "then"),
    [
        ("2026-03-29T02:30:00", "Europe/Vienna", "2026-03-29T01:00:00+00:00"),
        ("2026-10-04T02:10:00", "Australia/Lord_Howe", "2026-10-03T15:30:00+00:00"),
        ("2026-03-29T00:30:00", "Asia/Beirut", "2026-03-28T22:00:00+00:00"),
        ("2011-12-30T10:00:00", "Pacific/Apia", "2011-12-30T10:00:00+00:00"),
    ],
)
def test_a_time_in_a_gap_is_taken_where_the_gap_ends(wall: str, zone: str, then: str) -> None:
    assert instants_of(datetime.fromisoformat(wall), ZoneInfo(zone)) == ()
    assert after_gap(datetime.fromisoformat(wall), ZoneInfo(zone)) == utc(then)
