"""Partial dates stay as written, and never become 1 January."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.partial import NotADate, PartialDate, end_of_day, start_of_day

ZONES = ("UTC", "Europe/Vienna", "America/New_York", "Africa/Nairobi", "Asia/Beirut", "America/Sao_Paulo")
days = st.dates(date(1000, 1, 1), date(9998, 12, 31))
partials = st.builds(
    lambda day, length: PartialDate(f"{day:%Y-%m-%d}"[:length]), days, st.sampled_from((4, 7, 10))
)


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2006", "year", date(2006, 1, 1), date(2006, 12, 31)),
        ("2006-09", "month", date(2006, 9, 1), date(2006, 9, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2006-09-14", "day", date(2006, 9, 14), date(2006, 9, 14)),
    ],
)
def test_a_partial_date_covers_all_it_may_mean(written, precision, first, last):
    partial = PartialDate.parse(written)
    assert (partial.precision, partial.first_day, partial.last_day) == (precision, first, last)


@pytest.mark.parametrize(
    "written", ["", "06", "0006", "9999", "2006-13", "2006-02-30", "2006-9", "2006-09-14T00:00", "２００６"]
)
def test_other_writings_are_refused(written):
    with pytest.raises(NotADate):
        PartialDate.parse(written)


def test_a_day_in_vienna_begins_there():
    assert PartialDate.parse("2018-06-14").bounds("Europe/Vienna") == (
        datetime(2018, 6, 13, 22, tzinfo=UTC),
        datetime(2018, 6, 14, 22, tzinfo=UTC),
    )


def test_the_day_of_a_clock_change_has_its_own_length():
    begin, end = PartialDate.parse("2026-10-25").bounds("Europe/Vienna")
    assert end - begin == timedelta(hours=25)


def test_a_day_whose_midnight_does_not_exist_begins_when_its_clocks_begin():
    assert start_of_day(date(2018, 11, 4), "America/Sao_Paulo") == datetime(2018, 11, 4, 3, tzinfo=UTC)


@given(partials)
def test_it_is_kept_as_written(partial):
    assert str(PartialDate.parse(str(partial))) == partial.written


@given(partials, partials)
def test_order_follows_the_first_day_and_the_coarser_stands_first(one, other):
    if one.first_day != other.first_day:
        assert (one < other) == (one.first_day < other.first_day)
    else:
        assert (one < other) == (len(one.written) < len(other.written))


@given(partials, st.sampled_from(ZONES))
def test_its_days_follow_on_each_other_without_a_gap(partial, zone):
    begin, end = partial.bounds(zone)
    assert begin < end
    assert begin == start_of_day(partial.first_day, zone)
    assert end == end_of_day(partial.last_day, zone)
    assert partial.covers(partial.first_day) and partial.covers(partial.last_day)


@given(partials, st.sampled_from(("en", "fr", "es", "ar", "ru", "zh")))
def test_in_words_it_says_no_more_than_it_knows(partial, language):
    shown = partial.shown(language)
    assert str(partial.year) in shown
    digits = "".join(char if char.isdigit() else " " for char in shown).split()
    more = {"year": 0, "month": int(language == "zh"), "day": 1 + int(language == "zh")}
    assert len(digits) == 1 + more[partial.precision]
