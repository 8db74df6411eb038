"""When clocks end: hours, days, working days; holidays, weekends, the changes of the hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onevoice.procedure.calendars import Calendar, CalendarAbsent, read, shipped
from onevoice.procedure.clock import Clock, Length, Note, Reckoned, Terms, Unit, deadline
from onevoice.procedure.instants import Announced
from onevoice.procedure.instants import read as instant

VIENNA = shipped("vienna")
HOURS, DAYS, WORKING = Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS
SEVENTEEN = Terms(closing=time(17))


def ends(start: str, number: int, unit: Unit, terms: Terms) -> str:
    """The end as people in the zone read it."""
    found = deadline(instant(f"{start}[Europe/Vienna]"), Length(number, unit), calendar=VIENNA, terms=terms)
    return found.end.local.strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "number", "unit", "terms", "end"),
    [
        # UNGA 74/544: at least 72 hours.
        ("2026-12-07T10:00", 72, HOURS, Terms(), "Thu 2026-12-10 10:00"),
        # 72 hours over the change of the hour are 72 hours: the clock on the wall shows another time.
        ("2026-10-23T10:00", 72, HOURS, Terms(), "Mon 2026-10-26 09:00"),
        ("2026-10-23T10:00", 3, DAYS, Terms(), "Mon 2026-10-26 10:00"),
        ("2026-03-28T02:30", 1, DAYS, Terms(), "Sun 2026-03-29 03:00"),
        ("2026-12-04T10:00", 1, WORKING, Terms(), "Mon 2026-12-07 10:00"),
        ("2026-12-05T10:00", 1, WORKING, Terms(), "Tue 2026-12-08 00:00"),
        ("2026-12-04T00:00", 1, WORKING, Terms(), "Sat 2026-12-05 00:00"),
        ("2026-12-07T10:00", 5, WORKING, Terms(), "Mon 2026-12-14 10:00"),
        ("2026-12-23T10:00", 3, WORKING, Terms(), "Wed 2026-12-30 10:00"),
        ("2026-12-07T10:00", 3, WORKING, SEVENTEEN, "Thu 2026-12-10 17:00"),
        ("2026-12-07T18:00", 3, WORKING, SEVENTEEN, "Fri 2026-12-11 17:00"),
        ("2026-12-04T18:00", 1, WORKING, SEVENTEEN, "Tue 2026-12-08 17:00"),
        ("2026-12-05T10:00", 1, WORKING, SEVENTEEN, "Tue 2026-12-08 17:00"),
        ("2026-12-04T10:00", 24, HOURS, Terms(), "Sat 2026-12-05 10:00"),
        ("2026-12-04T10:00", 24, HOURS, Terms(may_end_on_day_off=False), "Tue 2026-12-08 00:00"),
        ("2026-12-04T00:00", 2, DAYS, Terms(may_end_on_day_off=False), "Tue 2026-12-08 00:00"),
        ("2026-12-03T18:00", 24, HOURS, Terms(time(17), may_end_on_day_off=False), "Mon 2026-12-07 17:00"),
        # A leap day counts; a year's end is no end.
        ("2028-02-24T10:00", 2, WORKING, Terms(), "Tue 2028-02-29 10:00"),
        ("2026-12-29T10:00", 3, WORKING, Terms(), "Mon 2027-01-04 10:00"),
    ],
)  # fmt: skip
def test_when_a_clock_ends(start: str, number: int, unit: Unit, terms: Terms, end: str) -> None:
    assert ends(start, number, unit, terms) == end


def test_a_repeated_time_of_day_ends_the_clock_the_second_time() -> None:
    clock = deadline(instant("2026-10-24T02:30[Europe/Vienna]"), Length(1, DAYS))
    assert (str(clock.end), clock.notes) == (
        "2026-10-25T02:30:00+01:00[Europe/Vienna]",
        frozenset({Note.LATER_OF_TWO}),
    )
    gap = deadline(instant("2026-03-28T02:30[Europe/Vienna]"), Length(1, DAYS))
    assert gap.notes == {Note.AFTER_GAP}


def test_each_day_says_what_became_of_it() -> None:
    clock = deadline(
        instant("2026-12-23T18:00[Europe/Vienna]"), Length(2, WORKING), calendar=VIENNA, terms=SEVENTEEN
    )
    said = [
        (day.day.day, day.reckoned.value, day.number, day.off and (day.off.name or day.off.why.value))
        for day in clock.days
    ]
    assert said == [
        (23, "start", None, None),
        (24, "counted", 1, None),
        (25, "off", None, "Christmas Day"),
        (26, "off", None, "weekend"),
        (27, "off", None, "weekend"),
        (28, "off", None, "St. Stephen's Day (for Saturday 26 December)"),
        (29, "counted", 2, None),
        (30, "passed", None, None),
    ]
    assert str(clock.end) == "2026-12-30T17:00:00+01:00[Europe/Vienna]"
    assert clock.notes == {Note.PROVISIONAL}


def test_silence_may_end_on_a_day_off_and_says_so() -> None:
    # IAEG-SDGs, 4 to 7 November 2015, 9:00 in New York: a Saturday. No list of that year is known, none is needed.
    clock = deadline(
        instant("2015-11-04T09:00[America/New_York]"), Length(3, DAYS), calendar=shipped("new-york")
    )
    assert (clock.end.local.strftime("%a %H:%M"), clock.notes) == ("Sat 09:00", frozenset())
    known = deadline(instant("2026-12-02T09:00[Europe/Vienna]"), Length(3, DAYS), calendar=VIENNA)
    assert known.notes == {Note.DAY_OFF, Note.PROVISIONAL}


@pytest.mark.parametrize(
    ("start", "length", "terms"),
    [
        ("2028-12-28T10:00", Length(3, WORKING), Terms()),
        ("2025-12-29T10:00", Length(1, WORKING), Terms()),
        ("2028-12-31T10:00", Length(24, HOURS), Terms(may_end_on_day_off=False)),
    ],
)
def test_a_clock_that_reaches_a_year_without_a_list_is_refused_at_its_start(
    start: str, length: Length, terms: Terms
) -> None:
    with pytest.raises(CalendarAbsent):
        deadline(instant(f"{start}[Europe/Vienna]"), length, calendar=VIENNA, terms=terms)


def test_what_needs_a_calendar_says_so() -> None:
    for length, terms in ((Length(1, WORKING), Terms()), (Length(1, DAYS), Terms(may_end_on_day_off=False))):
        with pytest.raises(ValueError, match="needs a calendar"):
            deadline(instant("2026-12-07T10:00Z"), length, terms=terms)
    for number, unit in ((0, DAYS), (-1, HOURS), (3661, DAYS)):
        with pytest.raises(ValueError, match="A clock runs from one"):
            Length(number, unit)


# --- for any clock ---------------------------------------------------------------------------------------------------

ZONES = ("Europe/Vienna", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Dubai", "UTC")
EVERY_DAY = read(
    'name = "friday"\nplace = "X"\nzone = "Asia/Dubai"\nweekend = ["friday", "saturday"]\n'
    + "".join(f'[years.{year}]\nstatus = "provisional"\n[years.{year}.holidays]\n{year}-05-01 = "May Day"\n'
              for year in range(2025, 2029)),
    "friday.toml",
)  # fmt: skip
starts = st.builds(
    lambda at, zone: Announced(at.replace(microsecond=0, tzinfo=UTC), ZoneInfo(zone)),
    st.datetimes(datetime(2026, 1, 2), datetime(2027, 10, 1)),  # noqa: DTZ001 - Hypothesis wants them naive
    st.sampled_from(ZONES),
)
terms = st.builds(Terms, st.sampled_from([None, time(0), time(2, 30), time(17), time(23, 59)]), st.booleans())
calendars = st.sampled_from([VIENNA, EVERY_DAY])


def works(calendar: Calendar, day: date) -> bool:
    return calendar.off(day) is None


@given(starts, st.integers(1, 40), st.sampled_from(Unit), terms, calendars)
def test_no_clock_is_shorter_than_it_was_said_to_be(
    start: Announced, number: int, unit: Unit, terms: Terms, calendar: Calendar
) -> None:
    clock = deadline(start, Length(number, unit), calendar=calendar, terms=terms)
    if unit is HOURS:
        assert clock.end.at >= start.at + timedelta(hours=number)
        assert terms != Terms() or clock.end.at == start.at + timedelta(hours=number)
    else:
        assert clock.end.local.replace(tzinfo=None) >= start.local.replace(tzinfo=None) + timedelta(
            days=number
        )
        assert sum(day.reckoned is Reckoned.COUNTED for day in clock.days) >= number
    assert [day.day for day in clock.days] == days_from(start.day, len(clock.days))


def days_from(first: date, how_many: int) -> list[date]:
    return [first + timedelta(days) for days in range(how_many)]


@given(starts, st.integers(1, 40), terms, calendars)
def test_working_days_run_on_working_days_only(
    start: Announced, number: int, terms: Terms, calendar: Calendar
) -> None:
    clock = deadline(start, Length(number, WORKING), calendar=calendar, terms=terms)
    for day in clock.days[1:]:
        assert works(calendar, day.day) == (day.reckoned is not Reckoned.OFF)
    assert works(calendar, clock.days[-1].day)


@given(starts, st.integers(1, 12), calendars)
def test_the_running_time_of_working_days_is_their_number_of_days(
    start: Announced, number: int, calendar: Calendar
) -> None:
    """An independent reckoning: walk quarter hours of wall time, count those of working days."""
    assume(start.zone.key in ("Asia/Dubai", "UTC"))  # no change of the hour: a day is 96 quarters
    start = Announced(start.at - timedelta(minutes=start.at.minute % 15, seconds=start.at.second), start.zone)
    clock = deadline(start, Length(number, WORKING), calendar=calendar)
    at, left = start.at, 96 * number
    while left:
        left -= works(calendar, at.astimezone(start.zone).date())
        at += timedelta(minutes=15)
    assert clock.end.at == at


@given(starts, st.integers(1, 40), st.sampled_from(Unit), calendars)
def test_longer_clocks_never_end_earlier(
    start: Announced, number: int, unit: Unit, calendar: Calendar
) -> None:
    shorter, longer = (deadline(start, Length(n, unit), calendar=calendar) for n in (number, number + 1))
    assert shorter.end.at < longer.end.at


@given(starts, st.integers(0, 72), st.integers(1, 40), st.sampled_from(Unit), terms, calendars)
def test_a_later_start_never_ends_earlier(
    start: Announced, later: int, number: int, unit: Unit, terms: Terms, calendar: Calendar
) -> None:
    def ending(at: datetime) -> Clock:
        return deadline(Announced(at, start.zone), Length(number, unit), calendar=calendar, terms=terms)

    # An end that a day off moves to the end of a day passes those early on that day, which nothing moves.
    assume(terms.closing is not None or terms.may_end_on_day_off)
    first, second = ending(start.at), ending(start.at + timedelta(hours=later))
    # Where an hour is repeated, the second 02:30 ends with the first: never before it by more than that hour.
    assert second.end.at >= first.end.at - timedelta(hours=1)
