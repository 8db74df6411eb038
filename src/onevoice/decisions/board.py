"""A proposal under its procedure as its page shows it: the clock, what stands, what was received, by whose rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise

from onevoice.enact.actor import Viewer
from onevoice.procedure import clock
from onevoice.procedure.calendars import CalendarAbsent
from onevoice.procedure.events import Said, Stated
from onevoice.procedure.rules import Seen
from onevoice.procedure.states import FINAL, Judgement, Outcome, State

from . import shapes, visible, wording
from .models import Proposal, Received
from .procedures import calendar_of, event, rules_of


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the clock: whether it counts, the how manieth it is, and why not."""

    day: date
    number: int | None
    says: str | Promise
    is_today: bool

    @property
    def iso(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that stands: whose it is (nothing where the rules do not show it), what it says and owes."""

    by: list[str]
    reasons: str
    wording: str
    paragraphs: tuple[str, ...]
    at: datetime
    stale: bool
    owes: list[str | Promise]
    owed_until: datetime | None
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One thing that was received, what it was, whose, and what it counts for."""

    at: datetime
    what: str | Promise
    by: str
    counted: str | Promise
    why: str | Promise
    counts: bool


@dataclass(frozen=True, slots=True)
class Under:
    """What the page of a proposal says of its procedure."""

    says: str | Promise
    state: State
    is_over: bool
    end: datetime | None
    effective: datetime | None
    days: list[DayShown]
    calendar: str
    rules: str
    round: int
    standing: list[Standing]
    course: list[Course]
    entitled: int
    took_part: int


def under(viewer: Viewer, proposal: Proposal) -> Under:
    """What is shown to a viewer; the objector's name as far as the rules show it."""
    outcome, procedure = visible.holding(proposal), proposal.procedure
    rows = list(procedure.received.all())
    names = dict(shapes.named(one["member"] for one in procedure.roster))
    shown = names if _may_name(viewer, proposal, outcome) else {}
    return Under(
        says=wording.holding(outcome),
        state=outcome.state,
        is_over=outcome.state in FINAL,
        end=outcome.next_end.at if outcome.next_end else None,
        effective=outcome.effective,
        days=_days(proposal, outcome, viewer.now),
        calendar=procedure.calendar.title if procedure.calendar else "",
        rules=procedure.rules.title,
        round=outcome.round,
        standing=[_standing(one, rows, shown) for one in outcome.standing],
        course=[_received(row, proposal, outcome, shown) for row in rows],
        entitled=len(outcome.entitled),
        took_part=len(outcome.took_part),
    )


def _may_name(viewer: Viewer, proposal: Proposal, outcome: Outcome) -> bool:
    """Parameter 19: whether this viewer sees whose an objection is, now."""
    match rules_of(proposal.procedure.rules).objection.seen_by:
        case Seen.CHAIR:
            return visible.leads(viewer, proposal)
        case Seen.AFTER_THE_CLOSE:
            return outcome.state in FINAL or visible.leads(viewer, proposal)
        case _:
            return True


def _standing(one: Any, rows: list[Received], names: Mapping[str, str]) -> Standing:
    row = next(row for row in rows if row.key == one.objection)
    more = [
        later.data for later in rows if later.data.get("objection") == row.key and later.what == "completed"
    ]
    said = {
        name: next((d[name] for d in (row.data, *more) if d.get(name)), "") for name in ("reasons", "wording")
    }
    return Standing(
        by=sorted(names[name] for name in one.members if name in names),
        reasons=said["reasons"],
        wording=said["wording"],
        paragraphs=tuple(name.removeprefix("p") for name in one.paragraphs),
        at=row.at,
        stale=one.stale,
        owes=[wording.OWES[name] for name in sorted(one.owes)],
        owed_until=one.owed_until,
        set_aside=one.set_aside,
    )


def _received(row: Received, proposal: Proposal, outcome: Outcome, names: Mapping[str, str]) -> Course:
    happened, judged = event(row, proposal.procedure.zone), outcome.judged[row.key]
    by = happened.member if isinstance(happened, Said) else row.by.get("organisation_key", "")
    what = (
        wording.POSITIONS[happened.position] if isinstance(happened, Stated) else wording.RECEIVED[row.what]
    )
    return Course(
        at=row.at,
        what=what,
        by=names.get(by, ""),
        counted=wording.COUNTED[judged.judgement],
        why=wording.WHY.get(judged.why, "") if judged.why else "",
        counts=judged.judgement is Judgement.COUNTED,
    )


def _days(proposal: Proposal, outcome: Outcome, now: datetime | None) -> list[DayShown]:
    """Each day of the present round's clock, where its length was given; an exact end explains itself."""
    if outcome.since is None or outcome.length is None:
        return []
    rules, calendar = rules_of(proposal.procedure.rules), calendar_of(proposal.procedure.calendar)
    closing = rules.clock.closing if isinstance(rules.clock.closing, time) else None
    terms = clock.Terms(closing, rules.clock.ends_on_day_off is not False)
    try:
        found = clock.deadline(outcome.since, outcome.length, calendar=calendar, terms=terms)
    except (CalendarAbsent, ValueError):
        return []
    today = now.astimezone(found.end.zone).date() if now else None
    return [DayShown(one.day, one.number, wording.day(one), one.day == today) for one in found.days]
