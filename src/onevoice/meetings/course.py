"""The course of things around a meeting: what went before, what it led to, who chaired next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from onevoice.decisions.models import Decision
from onevoice.enact.actor import Viewer
from onevoice.groups.days import Asked
from onevoice.groups.models import OfficeKind
from onevoice.groups.standing import end_of, in_office
from onevoice.languages.partial import PartialDate

from .models import Meeting
from .shapes import Named, Step, named

CHAIRS = (OfficeKind.CHAIR, OfficeKind.CO_CHAIR)


def course(
    viewer: Viewer,
    meeting: Meeting,
    near: Sequence[Meeting],
    taken: Mapping[int, list[Decision]],
    asked: Asked,
) -> list[Step]:
    """The steps in order of time, as far as they had begun at the end of the day asked about."""
    steps = [Step(one.when_written, one, tuple(taken.get(one.pk, ()))) for one in near]
    steps.append(Step(meeting.when_written, meeting, tuple(taken.get(meeting.pk, ())), is_this=True))
    next_year = PartialDate.parse(meeting.when_written).year + 1
    if next_year <= asked.now.year and (chairs := chairs_of(meeting, next_year, asked)):
        steps.append(Step(str(next_year), co_chairs=tuple(chairs)))
    steps = [step for step in steps if step.is_this or _begun(step, asked)]
    # Nothing around it: a line of one step tells nothing.
    return sorted(steps, key=lambda step: step.when_written) if len(steps) > 1 else []


def chairs_of(meeting: Meeting, year: int, asked: Asked) -> list[Named]:
    """Who chaired the group in the middle of a year, under the names of that time; two queries."""
    at = end_of(date(year, 6, 30), meeting.group)
    return [named(one, at=at) for one in in_office(meeting.group, CHAIRS, at=at, known_on=asked.known_on)]


def _begun(step: Step, asked: Asked) -> bool:
    return asked.day is None or PartialDate.parse(step.when_written).first_day <= asked.day.last_day
