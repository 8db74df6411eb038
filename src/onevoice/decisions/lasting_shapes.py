"""What became of a decision as its page shows it: whether it is in force, its reviews, its follow-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import Link, acts_on
from onevoice.groups.known import OFFICES
from onevoice.parties.models import Organisation

from . import lasting_wording as wording
from . import visible
from .board import may_name
from .models import Decision, FollowUp, FollowUpStep, Proposal


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was said of a follow-up; owner and date where they are others than before."""

    at: datetime
    by: Organisation | None
    state: str | Promise
    said: str
    organisation: Organisation | None
    office: str | Promise
    due: str
    is_owned_anew: bool
    is_due_anew: bool


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up with its history and what the reader can do with it."""

    row: FollowUp
    state: str | Promise
    mark: str
    office: str | Promise
    is_overdue: bool
    steps: list[Step]
    acts: list[Link]


@dataclass(frozen=True, slots=True)
class Lasting:
    """What became of a decision, as far as this reader may see it."""

    standing: str | Promise
    mark: str
    superseded_by: Decision | None
    supersedes: list[Decision]
    reviews: list[tuple[Any, str | Promise]]
    announced: datetime | None
    met: datetime | None
    reopened: datetime | None
    follow_ups: list[FollowedUp]
    acts: list[Link]
    names_shown: bool
    is_inside: bool


def lasting(viewer: Viewer, decision: Decision, actor: Actor | None, *, now: datetime) -> Lasting:
    """For everybody whether it is in force; what is to be done, and by whom, for its group. Fixed in its queries."""
    beside = list(_beside(viewer, decision))
    stands = standing(decision, at=now)
    inside = viewer.is_in(decision.group_id)
    proposal = _under_procedure(viewer, decision) if inside else None
    outcome = visible.holding(proposal) if proposal else None
    return Lasting(
        standing=wording.STANDING[stands],
        mark=wording.STANDING_MARKS[stands],
        superseded_by=next((one for one in beside if one.pk == decision.superseded_by_id), None),
        supersedes=[one for one in beside if one.superseded_by_id == decision.pk],
        reviews=[(one, wording.FOUND.get(one.found, "")) for one in decision.reviews.all()] if inside else [],
        announced=outcome.announced if outcome else None,
        met=outcome.met if outcome else None,
        reopened=outcome.reopened if outcome else None,
        follow_ups=[_followed(one, actor, now=now) for one in of_decision(viewer, decision)]
        if inside
        else [],
        acts=acts_on(proposal, actor, now=now) if proposal else [],
        names_shown=outcome is None or may_name(viewer, proposal, outcome),
        is_inside=inside,
    )


def standing(decision: Decision, *, at: datetime) -> str:
    """Whether a decision is in force at an instant: a key of `wording.STANDING`. Its own day is that of its seat."""
    day = at.astimezone(decision.group.tz).date().isoformat()
    if decision.superseded_by_id is not None and decision.superseded_written <= day:
        return "superseded"
    if decision.awaits_effect or (decision.effective_at is not None and decision.effective_at > at):
        return "awaited"
    return "in force"


def _beside(viewer: Viewer, decision: Decision) -> Iterable[Decision]:
    """The decision in its place, and those whose place it took, as far as the reader sees them; one query."""
    return visible.decisions(viewer).filter(Q(pk=decision.superseded_by_id) | Q(superseded_by=decision))


def _under_procedure(viewer: Viewer, decision: Decision) -> Proposal | None:
    return visible.under_procedure(viewer).filter(pk=decision.proposal_id).first()


def of_decision(viewer: Viewer, decision: Decision) -> Sequence[FollowUp]:
    """Its follow-up with all that was said of it."""
    rows = visible.follow_ups(viewer).filter(decision=decision).order_by("number")
    return list(
        rows.prefetch_related("organisation__names", "steps__by__names", "steps__organisation__names")
    )


def _followed(row: FollowUp, actor: Actor | None, *, now: datetime) -> FollowedUp:
    steps: list[Step] = []
    before: FollowUpStep | None = None
    for one in row.steps.all():
        steps.append(_step(one, before))
        before = one
    return FollowedUp(
        row=row,
        state=wording.FOLLOW_UP[row.state],
        mark=wording.FOLLOW_UP_MARKS[row.state],
        office=OFFICES[row.office] if row.office else "",
        is_overdue=row.is_open and row.due_at is not None and row.due_at <= now,
        steps=steps,
        acts=acts_on(row, actor, now=now) if actor else [],
    )


def _step(one: FollowUpStep, before: FollowUpStep | None) -> Step:
    return Step(
        at=one.at,
        by=one.by,
        state=wording.FOLLOW_UP[one.state],
        said=one.said,
        organisation=one.organisation,
        office=OFFICES[one.office] if one.office else "",
        due=one.due_written,
        is_owned_anew=before is None
        or (one.organisation_id, one.office) != (before.organisation_id, before.office),
        is_due_anew=one.due_written != (before.due_written if before else ""),
    )
