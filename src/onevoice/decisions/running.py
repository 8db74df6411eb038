"""Calendars that clocks which run rely on: their days off stay, and whoever keeps them is told before they run out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from onevoice.enact.act import Refusal
from onevoice.languages.lists import listed
from onevoice.languages.times import date_in_words
from onevoice.languages.web import active_language
from onevoice.procedure.calendars import Calendar, removed

from . import lasting_wording as wording
from . import visible
from .models import AdoptedCalendar, Procedure
from .procedures import calendar_of


def keeps_holidays(group: Any, slug: str, calendar: Calendar, *, at: datetime) -> None:
    """Refuse a calendar of a name without the days off that a clock which runs was counted by under that name."""
    gone = {day for days in _lost(group, slug, calendar, at=at) for day in days}
    if gone:
        code = active_language().code
        days = listed([date_in_words(day, code) for day in sorted(gone)], code)
        raise Refusal("holiday_in_use", wording.holiday_in_use, days=days)


def _lost(group: Any, slug: str, calendar: Calendar, *, at: datetime) -> Iterable[tuple[date, ...]]:
    """Of each clock that is not over, the days off between its start and its end that would be none."""
    rows = Procedure.objects.filter(proposal__group=group, calendar__slug=slug, closed_at=None)
    rows = rows.exclude(ends_at__lte=at).select_related("calendar").prefetch_related("received")
    for procedure in rows:
        before = calendar_of(procedure.calendar)
        first = min((one.at for one in procedure.received.all()), default=at)
        if before is not None:
            ends = (one.astimezone(before.zone).date() for one in (first, procedure.ends_at or at))
            yield removed(before, calendar, *ends)


def running_out(group: int | None, *, now: datetime) -> list[tuple[AdoptedCalendar, date | None]]:
    """A group's calendars in force that run out within 60 days, with their last day; one query."""
    found = []
    for adopted in visible.calendars_in_force(group):
        calendar = calendar_of(adopted)
        assert calendar is not None
        today = now.astimezone(calendar.zone).date()
        if calendar.runs_out(today):
            found.append((adopted, calendar.ends(today)))
    return found
