"""The clock that decides: the database's, under one name.

Only the demonstration's own setup ever puts another function in its place, which may be moved on; `serve` does not
start over such a database.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import DateTimeField, Func

PLAIN: Final = "select clock_timestamp()"


class DatabaseClock(Func):
    """The same instant inside of a query."""

    template = "onevoice_now()"
    output_field = DateTimeField()


def database_clock() -> datetime:
    """The instant by the database's clock, in UTC: the only clock that decides."""
    with connection.cursor() as cursor:
        cursor.execute("select onevoice_now()")
        return cursor.fetchone()[0]


def moved_on() -> timedelta:
    """By how much the clock is ahead of the clocks outside, to the second; nothing where it is the plain one."""
    with connection.cursor() as cursor:
        cursor.execute("select onevoice_now() - clock_timestamp()")
        return timedelta(seconds=round(cursor.fetchone()[0].total_seconds()))


def is_plain() -> bool:
    """Whether the clock is the database's own, and nothing that could be moved."""
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where oid = to_regprocedure('onevoice_now()')")
        found = cursor.fetchone()
        return found is not None and found[0] == PLAIN
