"""The clock's own act: what has ended is settled at the rule's moment, once, whenever this runs.

Pages do not wait for it: they say what follows from what was received. It gives the number, the entry in the record,
and the letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onevoice.enact.act import act_named
from onevoice.enact.actor import CLOCK
from onevoice.enact.batch import remember_each
from onevoice.enact.perform import database_clock
from onevoice.enact.receiving import Receives, actor_of, judge
from onevoice.enact.subjects import key_of
from onevoice.procedure.states import Outcome, State
from onevoice.record.append import ToRecord

from . import jobs, lasting, visible
from .models import Decision, Procedure, Unfinished
from .procedures import nothing_on_its_way, outcome_of
from .steps import Adoption, adopt_all, derive_all

ACT = "decisions.close_procedure"
AT_ONCE = 500
HOW = {
    State.RUNNING: "silence",
    State.VOTING: "ballot",
    State.OPEN: "consensus",
    State.WITH_THE_CHAIR: "judged",
    State.NEXT_LEVEL: "next_level",
    State.TO_A_MEETING: "meeting",
}
LEFT_ALONE = timedelta(seconds=10)  # whoever received an act is still judging it


def close_due(*, limit: int = AT_ONCE) -> int:
    """Settle procedures that have ended by the database's clock; how many were looked at.

    1. What was stamped before is waited for; 2. rows are claimed, those that somebody else claimed are skipped;
    3. what follows from the events is written, each with its entry, in one transaction.
    """
    now = database_clock()
    due = list(_due(now).values_list("pk", flat=True)[:limit])
    if due:
        nothing_on_its_way(due)
        with transaction.atomic():
            _close(due, now)
    return len(due)


def _due(now: datetime) -> Any:
    return Procedure.objects.filter(closed_at__isnull=True, ends_at__lte=now).order_by("ends_at", "pk")


def _close(due: Sequence[int], now: datetime) -> None:
    # With the proposal, which an act that is being judged holds: who waits for both in turn waits for ever.
    rows = Procedure.objects.select_for_update(of=("self", "proposal"), skip_locked=True)
    rows = rows.filter(pk__in=due, closed_at=None)
    rows = rows.select_related("rules", "calendar", "proposal__body__group", "proposal__group")
    found = [
        (one, outcome_of(one, at=now)) for one in rows.prefetch_related("received").order_by("ends_at", "pk")
    ]
    if not found:
        return
    settled = [(one, outcome) for one, outcome in found if outcome.is_final]
    turned = [one.pk for one, outcome in found if not outcome.is_final and outcome.state.value != one.state]
    derive_all(found, closed_at={one.pk: now for one, _outcome in settled})
    adopted = [pair for pair in settled if pair[1].state is State.ADOPTED]
    decisions = dict(
        zip((one.pk for one, _ in adopted), adopt_all([_adoption(*pair) for pair in adopted]), strict=True)
    )
    for one, outcome in adopted:
        lasting.review_by_rule(decisions[one.pk], one, outcome, at=now)
    ended = [pair for pair in settled if pair[1].state is not State.WITHDRAWN]
    remember_each(
        ACT, [_entry(one, outcome, decisions.get(one.pk), now) for one, outcome in ended], actor=CLOCK
    )
    jobs.tell_how_it_ended.batch_defer(*({"procedure": one.pk} for one, _outcome in ended))
    jobs.tell_how_it_turned.batch_defer(*({"procedure": pk} for pk in turned))


def _adoption(procedure: Procedure, outcome: Outcome) -> Adoption:
    """What is adopted, at the rule's moment, whenever this runs."""
    proposal = procedure.proposal
    assert outcome.decided_at is not None
    text = visible.text_of(proposal, outcome)
    changed = text.text if text.text_hash != proposal.text_hash else None
    return Adoption(proposal, outcome.decided_at, how(outcome), changed, lasting.in_force_since(outcome))


def how(outcome: Outcome) -> str:
    """How it was decided: by where it stood before."""
    passed = [turn.state for turn in outcome.turns if turn.state in HOW]
    return HOW[passed[-1]] if passed else "silence"


def _entry(procedure: Procedure, outcome: Outcome, decision: Decision | None, now: datetime) -> ToRecord:
    proposal = procedure.proposal
    return ToRecord(
        group=proposal.group.slug,
        act=ACT,
        subject=key_of(decision or proposal),
        by="clock",
        for_="",
        received_at=now,
        effective_at=outcome.effective or outcome.decided_at or now,
        facts={
            "number": decision.number if decision else proposal.number,
            "proposal": proposal.number,
            "text_hash": outcome.text.hash if outcome.text else proposal.text_hash,
            "how": how(outcome),
            "state": outcome.state.value,
            "decided_at": (outcome.decided_at or now).isoformat().replace("+00:00", "Z"),
            "members": len(outcome.entitled),
            "rules": procedure.rules.hash,
        },
        public=proposal.public_when_adopted and decision is not None,
    )


def finish_received(*, limit: int = AT_ONCE) -> int:
    """Acts that were received, and whose judging was stopped before the record: they are finished; how many."""
    rows = Unfinished.objects.filter(received__at__lt=database_clock() - LEFT_ALONE)
    rows = rows.select_related("received__procedure__proposal__group").order_by("received__at", "pk")
    unfinished = [one.received for one in rows[:limit]]
    for row in unfinished:
        act = act_named(row.act)
        if act is not None and issubclass(act, Receives):
            judge(act, row.procedure.proposal, row, row.inputs, actor=actor_of(row))
    return len(unfinished)
