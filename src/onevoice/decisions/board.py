"""A proposal under its procedure as its page shows it: the clock, what stands, what was received, by whose rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise

from onevoice.enact.actor import Actor, Viewer
from onevoice.procedure.calendars import Calendar
from onevoice.procedure.clock import Day, days_until
from onevoice.procedure.ends import Ends
from onevoice.procedure.events import Conditional, Event, Judged, Objected, Said, Stated
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Meaning
from onevoice.procedure.states import FINAL, Judgement, Outcome, State

from . import shapes, stances, visible, wording
from .models import Proposal, Received
from .procedures import event
from .rules_in_force import address_of
from .since import Since, since

NOTICE: Final = "notice"  # rows that tell how far notices came: a table of their own says so
MOST_DAYS: Final = timedelta(days=92)  # of an end that was given: a page of more days is no explanation


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
    came: datetime | None


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
    exact_end: bool
    calendar: str
    rules: str
    rules_address: str
    round: int
    standing: list[Standing]
    course: list[Course]
    entitled: int
    took_part: int
    awaited: list[stances.Awaited]
    conditions: list[stances.Condition]
    offered: list[stances.Offered]
    ballot: stances.Ballot | None
    findings: list[stances.Finding]
    consents: bool
    names_shown: bool
    since: Since | None


def under(viewer: Viewer, proposal: Proposal, actor: Actor | None = None) -> Under:
    """What is shown to a viewer; whose an objection or a vote is, as far as the rules show it, and always one's own."""
    outcome, procedure, case = visible.holding(proposal), proposal.procedure, visible.case(proposal)
    rows = list(procedure.received.all())
    names = dict(shapes.named(one["member"] for one in procedure.roster))
    named = may_name(viewer, proposal, outcome)
    shown = (
        names
        if named
        else {key: name for key, name in names.items() if actor and key == actor.organisation_key}
    )
    return Under(
        says=wording.holding(outcome, case.rules),
        state=outcome.state,
        is_over=outcome.state in FINAL,
        end=outcome.next_end.at if outcome.next_end else None,
        effective=outcome.effective,
        days=_days(proposal, outcome, viewer.now),
        exact_end=outcome.length is None and outcome.end is not None,
        calendar=procedure.calendar.title if procedure.calendar else "",
        rules=procedure.rules.title,
        rules_address=address_of(proposal.body, procedure.rules, version=True),
        round=outcome.round,
        standing=[_standing(one, rows, shown, procedure.zone) for one in outcome.standing],
        course=[_received(row, proposal, outcome, shown) for row in rows if row.act != NOTICE],
        entitled=len(outcome.entitled),
        took_part=len(outcome.took_part),
        awaited=stances.awaited(outcome, shown),
        conditions=stances.conditions(outcome, shown),
        offered=stances.offered(case, outcome, shown),
        ballot=stances.ballot(outcome, shown),
        findings=stances.findings(case, outcome),
        consents=outcome.state is State.RUNNING and case.rules.outcome.silence_means is not Meaning.NEITHER,
        names_shown=named,
        since=since(case, outcome, actor.organisation_key) if actor and outcome.state not in FINAL else None,
    )


def may_name(viewer: Viewer, proposal: Proposal, outcome: Outcome) -> bool:
    """Parameter 19: whether this viewer sees whose an objection is, now."""
    hidden = visible.hides_names(proposal, is_over=outcome.state in FINAL)
    return not hidden or visible.leads(viewer, proposal)


def _standing(one: Any, rows: list[Received], names: Mapping[str, str], zone: str) -> Standing:
    """What it says: what followed adds to it, and takes the place of what somebody else entered."""
    row = next(row for row in rows if row.key == one.objection)
    entered = event(row, zone)
    more = [
        later.data for later in rows if later.data.get("objection") == row.key and later.what == "completed"
    ]
    given = [{**row.data, "reasons": stances.reason_of(row)}, *more]
    if row.data.get("came"):
        given.reverse()
    said = {name: next((d[name] for d in given if d.get(name)), "") for name in ("reasons", "wording")}
    return Standing(
        by=sorted(names[name] for name in one.members if name in names),
        reasons=said["reasons"],
        wording=said["wording"],
        paragraphs=tuple(map(stances.number, one.paragraphs)),
        at=row.at,
        stale=one.stale,
        owes=[wording.OWES[name] for name in sorted(one.owes)],
        owed_until=one.owed_until,
        set_aside=one.set_aside,
        came=entered.came.at if isinstance(entered, Objected) and entered.came else None,
    )


def _received(row: Received, proposal: Proposal, outcome: Outcome, names: Mapping[str, str]) -> Course:
    happened, judged = event(row, proposal.procedure.zone), outcome.judged[row.key]
    by = happened.member if isinstance(happened, Said) else row.by.get("organisation_key", "")
    return Course(
        at=row.at,
        what=_what(row, happened),
        by=names.get(by, ""),
        counted=wording.COUNTED[judged.judgement],
        why=wording.WHY.get(judged.why, "") if judged.why else "",
        counts=judged.judgement is Judgement.COUNTED,
    )


def _what(row: Received, happened: Event) -> str | Promise:
    """What was received, in words."""
    match happened:
        case Stated():
            return wording.POSITIONS[happened.position]
        case Conditional() if not happened.paragraphs:
            return wording.condition_taken_back
        case Judged():
            return wording.VERDICTS[happened.verdict]
        case _:
            return wording.RECEIVED[row.what]


def _days(proposal: Proposal, outcome: Outcome, now: datetime | None) -> list[DayShown]:
    """Each day of the present round's clock: counted by its length, or all until an end that was given."""
    if outcome.since is None:
        return []
    case = visible.case(proposal)
    if outcome.length is None:
        return _days_until(outcome, case.calendar, now)
    found = Ends(case.rules, case.calendar, (), outcome.since.at).explained(outcome.since, outcome.length)
    if found is None:
        return []
    return _shown(found.days, found.end, now)


def _days_until(outcome: Outcome, calendar: Calendar | None, now: datetime | None) -> list[DayShown]:
    """All days until an end that was given as an instant; none where they would be too many to look at."""
    if outcome.since is None or outcome.end is None or outcome.end.at - outcome.since.at > MOST_DAYS:
        return []
    return _shown(days_until(outcome.since, outcome.end, calendar), outcome.end, now)


def _shown(days: Iterable[Day], end: Announced, now: datetime | None) -> list[DayShown]:
    today = now.astimezone(end.zone).date() if now else None
    return [DayShown(one.day, one.number, wording.day(one), one.day == today) for one in days]
