"""From what was received to what holds: the rows of a procedure as a case, and its outcome.

A page or job that shows what holds after an end first waits for what was stamped before it (`nothing_on_its_way`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from onevoice.procedure import calendars, cases, loading
from onevoice.procedure.calendars import Calendar
from onevoice.procedure.cases import Case
from onevoice.procedure.events import Event, Member
from onevoice.procedure.instants import Announced
from onevoice.procedure.outcome import outcome
from onevoice.procedure.rules import Rules
from onevoice.procedure.states import Outcome

from .models import AdoptedCalendar, AdoptedRules, Procedure, Received

BUCKETS: Final = 64  # a lock for each procedure would exhaust the server when ten thousand end at once
LOCKS: Final = 20_260_604  # the class of our advisory locks
TOLERANCE: Final = timedelta(
    seconds=30
)  # for so long without a heartbeat the service counts as reached all the same


@lru_cache(maxsize=256)
def _rules(toml: str, name: str) -> Rules:
    return loading.read(toml, name)


@lru_cache(maxsize=64)
def _calendar(toml: str, name: str) -> Calendar:
    return calendars.read(toml, name)


def rules_of(adopted: AdoptedRules) -> Rules:
    """Adopted rules as values."""
    return _rules(adopted.toml, f"{adopted.slug}.toml")


def calendar_of(adopted: AdoptedCalendar | None) -> Calendar | None:
    """An adopted calendar as values."""
    return _calendar(adopted.toml, f"{adopted.slug}.toml") if adopted else None


def event(received: Received, zone: str) -> Event:
    """A row as an event of the case."""
    return supposed(received.what, received.data, at=received.at, zone=zone, key=received.key)


def supposed(what: str, data: Mapping[str, Any], *, at: datetime, zone: str, key: str = "supposed") -> Event:
    """An event that was received, or might be."""
    return cases.event({"id": key, "at": str(Announced(at, ZoneInfo(zone))), "what": what, **data}, key)


def roster_of(procedure: Procedure) -> tuple[Member, ...]:
    """The frozen roster."""
    return tuple(cases.member(one, f"roster.{number}") for number, one in enumerate(procedure.roster))


def case_of(procedure: Procedure, received: Iterable[Received] | None = None) -> Case:
    """A procedure with all that was received, to be asked about any instant; `received`: the rows, if read already."""
    rows = procedure.received.all() if received is None else received
    return Case(
        rules_of(procedure.rules),
        calendar_of(procedure.calendar),
        roster_of(procedure),
        tuple(event(row, procedure.zone) for row in rows),
    )


def asked(case: Case, *, at: datetime, also: Iterable[Event] = ()) -> Outcome:
    """What holds of a case at an instant. `also`: what might be received besides."""
    return outcome(case.rules, case.roster, case.calendar, [*case.events, *also], at=at)


def outcome_of(procedure: Procedure, *, at: datetime, received: Iterable[Received] | None = None) -> Outcome:
    """What holds at an instant. `received`: the rows, where they were read already."""
    return asked(case_of(procedure, received), at=at)


def receive(
    procedure: int, what: str, data: Mapping[str, Any], *, once: str, act: str, who: Mapping[str, Any]
) -> Received:
    """Stamp an act and commit it at once: from here on it cannot be lost. The same number twice is one row.

    One statement: the lock, shared among receivers, is taken before the clock is read and held until the commit, so
    whoever then takes it alone has waited for everything that was stamped before.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            """with stamped as (
                 insert into decisions_received
                   (procedure_id, at, what, data, act, once, person, organisation, by, inputs)
                 select %s, onevoice_now(), %s, %s::jsonb, %s, %s, %s, %s, %s::jsonb, %s::jsonb
                 from pg_advisory_xact_lock_shared(%s, %s)
                 on conflict (once) do nothing returning id)
               insert into decisions_unfinished (received_id) select id from stamped""",
            [
                procedure, what, _json(data), act, once, who["person"], who["organisation"], _json(who["by"]),
                _json(who["inputs"]), LOCKS, procedure % BUCKETS,
            ],
        )  # fmt: skip
    return Received.objects.get(once=once)


def nothing_on_its_way(procedures: Iterable[int]) -> None:
    """Wait until everything that was stamped before this call is there to be read; called outside transactions.

    Outages of the service that touched these clocks are there too, with one that lasts: nothing ends by a clock that
    is to be longer.
    """
    procedures = list(procedures)
    buckets = sorted({procedure % BUCKETS for procedure in procedures})
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        # One statement for all: the lowest first, so that two who take several never wait for each other.
        cursor.execute(
            "select pg_advisory_xact_lock(%s, bucket) from unnest(%s::int[]) bucket",
            [LOCKS, buckets],
        )
        cursor.execute(OUTAGES, {"procedures": procedures, "tolerance": TOLERANCE})


# Received at the instant at which it became an outage, whoever enters it: who asked for the time before must know of
# it. The row of the procedure is locked, so that none is entered in what somebody else is closing.
OUTAGES: Final = """
    with gaps as (
        select id, unreachable_since as since, since as until, '' as lasts
        from decisions_heartbeat where unreachable_since is not null and entered_at is null
        union all
        select id, until, null, 'lasts-after-' from decisions_heartbeat
        where id = (select max(id) from decisions_heartbeat) and until < onevoice_now() - %(tolerance)s
    )
    insert into decisions_received (procedure_id, at, what, data, act, once, by, inputs)
    select p.proposal_id, g.since + %(tolerance)s, 'outage',
           jsonb_strip_nulls(jsonb_build_object(
               'since', to_char(g.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z[UTC]"'),
               'until', to_char(g.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z[UTC]"'))),
           'outage', 'outage ' || p.proposal_id || ' ' || g.lasts || g.id, '{}', '{}'
    from gaps g join decisions_procedure p
      on p.proposal_id = any(%(procedures)s) and p.closed_at is null and p.ends_at > g.since
    where exists (select from decisions_received r
                  where r.procedure_id = p.proposal_id and r.at < coalesce(g.until, onevoice_now()))
    order by p.proposal_id, g.id
    for update of p
    on conflict (once) do nothing
"""


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
