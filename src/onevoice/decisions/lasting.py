"""Steps: what becomes of a decision. What is said is only added to; what queries use of it is written here alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from onevoice.groups.standing import acting_for, who_leads
from onevoice.languages.partial import PartialDate
from onevoice.parties.models import Organisation
from onevoice.procedure import clock
from onevoice.procedure.calendars import CalendarAbsent
from onevoice.procedure.clock import Length
from onevoice.procedure.instants import Announced
from onevoice.procedure.states import Outcome

from .models import Decision, FollowUp, FollowUpStep, Procedure, Review, Superseding
from .procedures import calendar_of, rules_of


def end_of(written: str, zone: str) -> datetime | None:
    """The first instant after the last day that a partial date may mean, in a zone, in UTC; of nothing, None."""
    return PartialDate(written).bounds(zone)[1] if written else None


def supersede(decision: Decision, by: Decision | None, *, since: str, why: str, at: datetime) -> None:
    """Another decision takes its place from a day on; without `by`, none does after all."""
    Superseding.objects.create(decision=decision, by=by, since_written=since, why=why, at=at)
    _write(decision, superseded_by=by, superseded_written=since)


def review(decision: Decision, *, due: str, found: str = "", note: str = "", at: datetime) -> None:
    """It is reviewed next at this date, or no more; `found`: what a review found that was held now."""
    Review.objects.create(decision=decision, due_written=due, found=found, note=note, at=at)
    _write(decision, reviews_written=due, reviews_at=end_of(due, decision.group.zone))


def review_by_rule(decision: Decision, procedure: Procedure, outcome: Outcome, *, at: datetime) -> None:
    """Where the rules say after what time a decision is reviewed, that is its first date."""
    after = rules_of(procedure.rules).outcome.review_after
    if not isinstance(after, Length) or outcome.decided_at is None:
        return
    start = Announced(outcome.decided_at, ZoneInfo(procedure.zone))
    try:
        end = clock.end(start, after, calendar=calendar_of(procedure.calendar))
    except (CalendarAbsent, ValueError):  # no working days are known so far ahead: the chair sets a date
        return
    review(decision, due=end.at.astimezone(end.zone).date().isoformat(), at=at)


def in_force_since(outcome: Outcome) -> dict[str, Any]:
    """From when a decision under a procedure holds, as its columns say: from an instant, or not yet."""
    return {"awaits_effect": outcome.effective is None, "effective_at": outcome.effective}


def takes_effect(decision: Decision, outcome: Outcome) -> None:
    """Write from when it holds, after something was received on which that depends."""
    _write(decision, **in_force_since(outcome))


def _write(decision: Decision, **values: Any) -> None:
    Decision.objects.filter(pk=decision.pk).update(**values)
    for name, value in values.items():
        setattr(decision, name, value)


def add_follow_up(
    decision: Decision, *, what: str, organisation: Organisation | None, office: str, due: str, by: int | None,
    at: datetime,
) -> FollowUp:  # fmt: skip
    """Something to be done, with the next number of its decision, which is locked."""
    last = decision.follow_ups.aggregate(last=Max("number"))["last"] or 0
    made = FollowUp.objects.create(
        decision=decision, number=last + 1, what={"en": what}, organisation=organisation, office=office,
        due_written=due, due_at=end_of(due, decision.group.zone),
    )  # fmt: skip
    step(made, by=by, at=at)
    return made


def step(
    follow_up: FollowUp, *, state: str = "", said: str = "", by: int | None, at: datetime, **owed: Any
) -> FollowUpStep:
    """What is said of a follow-up now. `owed`: organisation, office and due_written, where they change."""
    if "due_written" in owed:
        owed["due_at"] = end_of(owed["due_written"], follow_up.group.zone)
    for name, value in {**owed, "state": state or follow_up.state}.items():
        setattr(follow_up, name, value)
    follow_up.save(update_fields=["state", *owed])
    return FollowUpStep.objects.create(
        follow_up=follow_up, state=follow_up.state, organisation=follow_up.organisation, office=follow_up.office,
        due_written=follow_up.due_written, said=said, by_id=by, at=at,
    )  # fmt: skip


def persons_owing(follow_up: FollowUp, *, at: datetime) -> list[int]:
    """Who acts for its owner, by id: of an office, for whoever holds one over the body."""
    body = follow_up.decision.body
    owners = [follow_up.organisation_id] if follow_up.organisation_id else who_leads(body, at=at)
    return acting_for(owners, body.group_id, at=at)
