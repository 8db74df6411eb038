"""When somebody was last at the desk: so that it can say what changed since."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from .models import Performed

VISIT = """
insert into enact_visit (person, "group", here_at) values (%s, %s, %s)
on conflict (person, "group") do update set
  before_at = case when enact_visit.here_at < excluded.here_at - interval '30 minutes'
                   then enact_visit.here_at else enact_visit.before_at end,
  here_at = excluded.here_at
returning before_at
"""


def visited(person: int, group: int, *, now: datetime) -> datetime | None:
    """Note the visit and return when the one before was (None: the first). Half an hour makes a new visit."""
    with connection.cursor() as cursor:
        cursor.execute(VISIT, [person, group, now])
        return cursor.fetchone()[0]


def changes(group: str, *, since: datetime | None, most: int = 20) -> list[Performed]:
    """Acts in a group since an instant, newest first; all of the group may know of them."""
    rows = Performed.objects.filter(group=group)
    return list((rows.filter(performed_at__gt=since) if since else rows)[:most])
