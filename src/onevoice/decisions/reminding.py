"""Reminders: they come from what is owed, go only to those who have not acted, once for each step, and stop at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onevoice.enact.perform import database_clock
from onevoice.procedure.rules import NONE
from onevoice.procedure.states import State

from . import letters
from .models import Procedure, Reminder
from .procedures import outcome_of, rules_of
from .steps import derive_all

AT_ONCE = 100


def remind_due(*, limit: int = AT_ONCE) -> int:
    """Remind those who have not acted, by the database's clock; how many procedures were looked at."""
    now = database_clock()
    with transaction.atomic():
        rows = Procedure.objects.select_for_update(of=("self", "proposal"), skip_locked=True)
        rows = rows.filter(reminds_at__lte=now, closed_at=None).select_related(
            "rules", "calendar", "proposal__body__group", "proposal__group"
        )
        due = list(rows.prefetch_related("received").order_by("reminds_at", "pk")[:limit])
        for procedure in due:
            _remind(procedure, now)
    return len(due)


def _remind(procedure: Procedure, now: datetime) -> None:
    step, outcome = procedure.reminds_at, outcome_of(procedure, at=now)
    derive_all([(procedure, outcome)])
    wanted = rules_of(procedure.rules).notices.reminder is not NONE
    if outcome.state not in (State.RUNNING, State.VOTING) or not wanted:
        return
    _, is_new = Reminder.objects.get_or_create(procedure=procedure, step=step)
    if is_new:
        proposal = procedure.proposal
        proposal.procedure = procedure
        letters.reminded(proposal, outcome.entitled - outcome.took_part, at=now)
