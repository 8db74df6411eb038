"""Whether the service could be reached, and what follows for clocks where it could not.

1. `beat`: whoever starts the pages has asked them as a reader does, and was answered: the span in which the service
   could be reached goes on, by the database's clock. After more than `TOLERANCE` a new span begins: between the two
   lies an outage.
2. Before anything ends, whoever closes or shows it enters the outages that touched its clock, also one that still
   lasts (`procedures.nothing_on_its_way`). Each is received once a procedure, at the instant at which it became one.
3. `follow`: the worker enters an outage that is over in all procedures it touched, puts it on the record, and tells
   those whose clock it moved.

`demo` has no heartbeats: a machine that was put to sleep is no outage of a served site.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from onevoice.enact.actor import CLOCK
from onevoice.enact.batch import remember_each
from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.procedure.states import Outcome
from onevoice.record.append import ToRecord

from . import letters, outage_wording, visible
from .models import Heartbeat, Procedure
from .procedures import LOCKS, TOLERANCE, case_of, nothing_on_its_way, outcome_of
from .steps import derive_all

ACT: Final = "decisions.note_outage"
HEART: Final = 1_000  # the lock of those who write heartbeats; buckets of procedures lie below


def beat() -> bool:
    """The service was reached just now; whether it could not be before, and a new span begins."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCKS, HEART])
        cursor.execute(
            """update decisions_heartbeat set until = greatest(until, onevoice_now())
               where id = (select max(id) from decisions_heartbeat)
                 and until >= onevoice_now() - make_interval(secs => %s)""",
            [TOLERANCE.total_seconds()],
        )
        if cursor.rowcount:
            return False
        cursor.execute(
            """insert into decisions_heartbeat (unreachable_since, since, until)
               select (select until from decisions_heartbeat order by id desc limit 1), at, at
               from onevoice_now() at"""
        )
    return True


def follow() -> int:
    """Enter outages that are over, record them and tell of them; how many. Each once, however many workers do so."""
    over = list(Heartbeat.objects.filter(unreachable_since__isnull=False, entered_at=None).order_by("pk"))
    for one in over:
        _follow(one)
    return len(over)


def _follow(one: Heartbeat) -> None:
    rows = Procedure.objects.filter(closed_at=None, ends_at__gt=one.unreachable_since)
    nothing_on_its_way(rows.values_list("pk", flat=True))
    with transaction.atomic():
        waiting = Heartbeat.objects.select_for_update().filter(pk=one.pk, entered_at=None)
        if not waiting.exists():
            return  # another worker has done so
        touched = _touched(one)
        now = database_clock()
        performed = remember_each(ACT, [_entry(*row, one, now) for row in touched], actor=CLOCK)
        for act, (procedure, before, outcome) in zip(performed, touched, strict=True):
            if outcome.next_end is not None and outcome.next_end != before.next_end:
                _tell(act, procedure)
        waiting.update(entered_at=now)


def _touched(one: Heartbeat) -> list[tuple[Procedure, Outcome, Outcome]]:
    """Each procedure that the outage was entered in, what would hold without it, and what holds; written anew."""
    rows = Procedure.objects.select_for_update(of=("self", "proposal"))
    rows = rows.filter(received__once__startswith="outage ", received__once__endswith=f" {one.pk}")
    rows = rows.select_related("rules", "calendar", "proposal__body__group", "proposal__group")
    now, found = database_clock(), []
    for procedure in rows.prefetch_related("received").order_by("pk"):
        received = list(procedure.received.all())
        without = [row for row in received if not (row.what == "outage" and row.data.get("since") == one.key)]
        before = outcome_of(procedure, at=now, received=without)
        found.append((procedure, before, outcome_of(procedure, at=now, received=received)))
    if open_ := [(procedure, outcome) for procedure, _, outcome in found if procedure.closed_at is None]:
        derive_all(open_)
    return found


def _entry(
    procedure: Procedure, before: Outcome, outcome: Outcome, one: Heartbeat, now: datetime
) -> ToRecord:
    proposal = procedure.proposal
    ends = outcome.next_end.at if outcome.next_end else None
    return ToRecord(
        group=proposal.group.slug, act=ACT, subject=key_of(proposal), by="clock", for_="",
        received_at=now, effective_at=one.since, public=False,
        facts={
            "number": proposal.number, "since": one.key.removesuffix("[UTC]"), "until": _z(one.since),
            "state": outcome.state.value, "ends_at": _z(ends) if ends else "",
            "ended_at_before": _z(before.next_end.at) if before.next_end else "",
        },
    )  # fmt: skip


def _tell(performed: Performed, procedure: Procedure) -> None:
    """Everybody who speaks for an entitled member: that the clock is longer, and why."""
    proposal = procedure.proposal
    proposal.procedure = procedure
    visible.hold(proposal, case_of(procedure), at=database_clock())
    letters._of_procedure(performed, proposal, outage_wording.letter_outage)


def _z(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
