"""The demonstration's clock, which can be moved on. Its setup puts it in the place of the plain one, as the owner.

Nothing but the demonstration's loading calls `install`, and that only `demo` does, over the embedded database.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, connections

from onevoice.operations import logins
from onevoice.operations.grants import login
from onevoice.operations.mode import Mode

INSTALL = (
    "create schema if not exists demonstration",
    "create table if not exists demonstration.clock ("
    "is_one boolean primary key default true check (is_one), moved interval not null)",
    "insert into demonstration.clock (moved) values ('0') on conflict do nothing",
    "create or replace function onevoice_now() returns timestamptz language sql volatile as "
    "'select clock_timestamp() + (select moved from demonstration.clock)'",
)


def install() -> None:
    """Make the clock one that can be moved on; where it is already, it keeps what it shows."""
    if settings.MODE is Mode.SERVE:
        raise RuntimeError("The clock of what is served is the database's own.")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select to_regclass('demonstration.clock') is null")
        if not cursor.fetchone()[0]:
            return
        for statement in INSTALL:
            cursor.execute(statement)
        quote = connections["owner"].ops.quote_name
        application, sequencer = login("default", logins.APPLICATION), login("sequencer", logins.SEQUENCER)
        for who in (application, sequencer):
            cursor.execute(f"grant usage on schema demonstration to {quote(who)}")
            cursor.execute(f"grant select on demonstration.clock to {quote(who)}")
        cursor.execute(f"grant update on demonstration.clock to {quote(application)}")


def move_on(by: timedelta) -> None:
    """Add to what the clock is ahead."""
    with connection.cursor() as cursor:
        cursor.execute("update demonstration.clock set moved = moved + greatest(%s, interval '0')", [by])


def put_at(instant: datetime | None) -> None:
    """While the demonstration's past is made: the clock goes on from there; None for what the clocks outside show."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update demonstration.clock set moved = coalesce(%s::timestamptz - clock_timestamp(), '0')",
            [instant],
        )
