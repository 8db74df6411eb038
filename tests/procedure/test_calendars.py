"""Calendars of duty stations: what they know, what they refuse, and their files' faults by line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onevoice.procedure.calendars import (
    CalendarAbsent,
    NoCalendar,
    Status,
    Why,
    known,
    read,
    removed,
    shipped,
    text_of,
)
from onevoice.procedure.toml import Faulty

HEAD = 'name = "here"\nplace = "Here"\nzone = "Europe/Vienna"\nweekend = ["friday", "saturday"]\n'


@pytest.mark.parametrize("name", known())
def test_every_calendar_that_is_shipped_is_whole_and_sourced(name: str) -> None:
    calendar = shipped(name)
    assert calendar.name == name
    for number, year in calendar.years.items():
        assert year.source or year.status is Status.PROVISIONAL, number
        assert all(day.weekday() not in calendar.weekend for day in year.holidays), number


def test_stations_without_a_source_say_so_when_they_are_asked() -> None:
    assert (shipped("nairobi").years, shipped("nairobi").ends(date(2026, 1, 1))) == ({}, None)
    with pytest.raises(CalendarAbsent, match="nairobi has no whole list of holidays for 2026"):
        shipped("nairobi").off(date(2026, 12, 10))
    with pytest.raises(CalendarAbsent):  # some days of 2021 are sourced, which is not enough to count by
        shipped("vienna").off(date(2021, 5, 24))
    with pytest.raises(NoCalendar, match="no calendar atlantis"):
        shipped("atlantis")


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_viennas_provisional_years_follow_easter(year: int) -> None:
    vienna, easter = shipped("vienna"), easter_sunday(year)
    named = {name.split(" (")[0]: day for day, name in vienna.years[year].holidays.items()}
    assert vienna.status(date(year, 6, 1)) is Status.PROVISIONAL
    assert [named[name] - easter for name in ("Good Friday", "Easter Monday", "Whit Monday")] == [
        timedelta(days) for days in (-2, 1, 50)
    ]
    assert len(named) == 10


def easter_sunday(year: int) -> date:
    """By counting: the first Sunday after the first ecclesiastical full moon from 21 March on (Gregorian)."""
    golden, century = year % 19 + 1, year // 100 + 1
    epact = (11 * golden + 20 + (8 * century + 5) // 25 - 5 - (3 * century // 4 - 12)) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    moon = date(year, 3, 21) + timedelta((44 - epact if epact < 24 else 74 - epact) - 21)
    return moon + timedelta(7 - (moon.weekday() + 1) % 7)


def test_a_weekend_may_be_friday_and_saturday() -> None:
    there = read(
        HEAD + '[years.2026]\nstatus = "provisional"\n[years.2026.holidays]\n2026-12-10 = "A day"\n', "x"
    )
    offs = [there.off(date(2026, 12, 10) + timedelta(n)) for n in range(5)]
    assert [one and one.why for one in offs] == [Why.HOLIDAY, Why.WEEKEND, Why.WEEKEND, None, None]


def test_who_keeps_a_calendar_is_told_sixty_days_before_it_ends() -> None:
    vienna = shipped("vienna")
    assert [vienna.ends(date(year, 6, 1)) for year in (2023, 2024, 2026)] == [
        date(2023, 12, 31), None, date(2028, 12, 31),
    ]  # fmt: skip
    assert [vienna.runs_out(date(2028, *day)) for day in ((10, 31), (11, 1))] == [False, True]
    assert shipped("rome").runs_out(date(2026, 1, 1))


def test_what_a_running_clock_used_is_told_when_another_list_would_take_it_away() -> None:
    vienna = shipped("vienna")
    christmas = '2026-12-25 = "Christmas Day"\n'
    without = read(text_of("vienna").replace(christmas, ""), "vienna.toml")
    first, last = date(2026, 12, 18), date(2026, 12, 29)
    assert removed(vienna, vienna, first, last) == ()
    assert removed(vienna, without, first, last) == (date(2026, 12, 25),)
    assert removed(vienna, without, first, date(2026, 12, 24)) == ()
    assert removed(without, vienna, first, last) == ()  # another holiday takes nothing away
    assert removed(vienna, shipped("nairobi"), first, date(2026, 12, 20)) == (
        date(2026, 12, 19),
        date(2026, 12, 20),
    )


def test_stations_without_a_source_say_so_in_their_files() -> None:
    empty = [name for name in known() if not shipped(name).years]
    assert empty == ["addis-ababa", "bangkok", "beirut", "nairobi", "paris", "rome", "santiago"]
    assert all("No year's list was found with a source" in text_of(name) for name in empty)


@pytest.mark.parametrize("name", known())
def test_what_was_reckoned_or_found_in_part_says_how(name: str) -> None:
    for number, year in shipped(name).years.items():
        assert year.status is Status.OFFICIAL or year.note, number


YEAR = HEAD + "[years.2026]\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('name = "x"\nplace = "X"\nzone = "Europe/Atlantis"\n', 3, "no time zone 'Europe/Atlantis'"),
        ("name = 1\n", 1, "'zone' is missing"),
        (HEAD + 'colour = "red"\n', 5, "'colour' is not known here"),
        (HEAD.replace("friday", "someday"), 4, "'weekend' is a list of up to six days"),
        (YEAR + 'status = "true"\n', 6, "'status' is one of: official, provisional, incomplete"),
        (YEAR + 'status = "official"\n', 5, "An official list names its source"),
        (YEAR + 'status = "official"\nsource = 5\n', 7, "'source' is text."),
        (YEAR + 'status = "provisional"\nnote = ["x"]\n', 7, "'note' is text."),
        (YEAR + 'status = "provisional"\n[years.2026.holidays]\n2027-01-01 = "X"\n', 8, "does not lie in 2026"),
        (YEAR + 'status = "provisional"\n[years.2026.holidays]\n2026-02-30 = "X"\n', 8, "is no day"),
        (YEAR + 'status = "provisional"\n[years.2026.holidays]\n2026-02-03 = ""\n', 8, "A holiday has a name"),
        (HEAD + "[years.26]\n", 5, "'26' is no year"),
        (HEAD + "x = = 1\n", 5, "Invalid value"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_names_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(Faulty) as refused:
        read(text, "here.toml")
    assert (refused.value.line, says in str(refused.value)) == (line, True), refused.value
