"""Every time says its zone, as a place in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.lists import list_parts, listed, number, percentage
from onevoice.languages.names import CODES
from onevoice.languages.times import date_in_words, distance, instant_in_words, moment, place_of

NOON = datetime(2026, 12, 7, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Monday 7 December 2026, 10:40 in Vienna"),
        ("fr", "lundi 7 décembre 2026, 10:40 (Vienne)"),
        ("es", "lunes 7 de diciembre de 2026, 10:40 en Viena"),
        ("ar", "الاثنين 7 كانون الأول/ديسمبر 2026، الساعة 10:40 بتوقيت فيينا"),
        ("ru", "понедельник, 7 декабря 2026 г., 10:40 (Вена)"),
        ("zh", "维也纳时间2026年12月7日星期一 10:40"),
    ],
)
def test_a_time_names_its_place(language, shown):
    assert moment(NOON, "Europe/Vienna", language) == shown


def test_arabic_months_have_both_names_as_the_united_nations_write_them():
    assert date_in_words(date(2018, 6, 14), "ar") == "14 حزيران/يونيه 2018"


def test_a_group_may_name_the_place_of_its_seat():
    assert moment(NOON, "Europe/Zurich", "en", place="Geneva").endswith("in Geneva")


@pytest.mark.parametrize(
    ("apart", "shown"),
    [
        (timedelta(seconds=5), "in 1 minute"),
        (timedelta(hours=26), "in 1 day"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=39), "in 5 weeks"),
        (timedelta(hours=-2), "2 hours ago"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_a_distance_is_in_whole_units(apart, shown):
    assert distance(NOON + apart, NOON, "en") == shown


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2100), st.sampled_from(CODES))
def test_any_instant_can_be_said_in_every_language(instant, language):
    aware = instant.replace(tzinfo=UTC)
    assert str(instant.year) in instant_in_words(aware, "UTC", language)
    assert distance(aware, NOON, language)


def test_places_are_named_in_the_language_of_the_page():
    assert [place_of("Europe/Vienna", code) for code in CODES] == [
        "Vienna",
        "Vienne",
        "Viena",
        "فيينا",
        "Вена",
        "维也纳",
    ]
    assert place_of("America/Argentina/Buenos_Aires", "en") == "Buenos Aires"
    assert place_of("UTC", "ru") == "UTC"


def test_lists_follow_the_language():
    assert listed(["A", "B", "C"], "en") == "A, B and C"
    assert listed(["A", "B", "C"], "zh") == "A、B和C"
    assert listed([], "fr") == ""


@given(st.lists(st.text(alphabet="abc", min_size=1), max_size=6), st.sampled_from(CODES))
def test_the_parts_between_items_give_the_same_list(items, language):
    parts = list_parts(len(items), language)
    together = parts[0] + "".join(item + part for item, part in zip(items, parts[1:], strict=True))
    assert together == listed(items, language)


def test_numbers_are_grouped_by_the_language():
    assert [number(1234567, code) for code in ("en", "es", "ar")] == ["1,234,567", "1.234.567", "1,234,567"]
    assert percentage(0.125, "en") == "12%"
