"""A step: a proposal is put under its body's rules. What they forbid is refused here, at the start, not at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.receiving import as_received
from onevoice.groups.models import Appointment
from onevoice.groups.roles import SPEAKS
from onevoice.groups.standing import in_force
from onevoice.procedure import calendars
from onevoice.procedure.outcome import Lacking
from onevoice.procedure.states import Judgement, Outcome

from . import wording
from .models import AdoptedCalendar, AdoptedRules, Procedure, Proposal, Received
from .procedures import calendar_of, outcome_of, rules_of
from .steps import derive


def begin(
    proposal: Proposal,
    *,
    rules: AdoptedRules,
    calendar: AdoptedCalendar | None,
    dates_seen: bool,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> Outcome:
    """Freeze roster, rules and calendar, and start the clock. Raises Refusal for what the rules forbid."""
    _dates_are_known(calendar, at, dates_seen=dates_seen)
    procedure = Procedure.objects.create(
        proposal=proposal,
        rules=rules,
        calendar=calendar,
        zone=proposal.group.zone,
        roster=roster(proposal, at=at),
    )
    text = {
        "hash": proposal.text_hash,
        "paragraphs": {one["id"]: next(iter(one["text"].values()), "") for one in proposal.text},
    }
    who = as_received(actor, {})
    started = Received.objects.create(
        procedure=procedure, at=at, what="started", data={**data, "text": text}, act="decisions.start_silence",
        once=uuid4().hex, person=who["person"], organisation=who["organisation"], by=who["by"],
    )  # fmt: skip
    try:
        outcome = outcome_of(procedure, at=at)
    except Lacking as error:
        raise Refusal("lacking", wording.rules_lack, values=", ".join(error.keys)) from error
    judged = outcome.judged[started.key]
    if judged.judgement is not Judgement.COUNTED:
        raise Refusal(f"start_{judged.why}", wording.NOT_STARTED[judged.why])
    if unreached := _without_anybody(outcome, proposal, at=at):
        Received.objects.bulk_create(
            Received(
                procedure=procedure, at=at, what="unreached", data={"member": name}, act="decisions.start_silence",
                once=uuid4().hex,
            )
            for name in unreached
        )  # fmt: skip
        outcome = outcome_of(procedure, at=at)
    derive(procedure, outcome, proposal)
    return outcome


def _without_anybody(outcome: Outcome, proposal: Proposal, *, at: datetime) -> list[str]:
    """Members for whom nobody acts, so that no notice can reach them."""
    speaking = Appointment.objects.filter(group=proposal.group_id, organisation__slug__in=outcome.entitled)
    reached = in_force(speaking.filter(capacity__in=SPEAKS), at=at).values_list(
        "organisation__slug", flat=True
    )
    return sorted(outcome.entitled.difference(reached))


def take_back(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """The proposal is withdrawn while its procedure runs, whoever the rules let start one."""
    procedure = proposal.procedure
    who, by = as_received(actor, {}), rules_of(procedure.rules).start.by
    role = by[0].value if isinstance(by, tuple) and by else "member"
    Received.objects.create(
        procedure=procedure, at=at, what="taken back", data={"by": role}, act="decisions.withdraw_proposal",
        once=uuid4().hex, person=who["person"], organisation=who["organisation"], by=who["by"],
    )  # fmt: skip
    derive(procedure, outcome_of(procedure, at=at), proposal)


def _dates_are_known(calendar: AdoptedCalendar | None, at: datetime, *, dates_seen: bool) -> None:
    """Whoever starts by a provisional calendar has looked at its dates."""
    known = calendar_of(calendar)
    if known is None or dates_seen:
        return
    year = known.years.get(at.year)
    if year is not None and year.status is calendars.Status.PROVISIONAL:
        raise Refusal("dates_not_seen", wording.dates_not_seen)


def roster(proposal: Proposal, *, at: datetime) -> list[dict[str, Any]]:
    """Members, observers and partners of the body at an instant, by their permanent names."""
    rows = in_force(proposal.body.memberships.all(), at=at).select_related("organisation")
    found = {row.organisation.slug: row.kind for row in rows}
    marks = ["registered", "active"]
    return [{"member": slug, "class": kind, "in": marks} for slug, kind in sorted(found.items())]
