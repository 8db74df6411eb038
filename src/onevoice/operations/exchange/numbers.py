"""After decisions came in with their numbers, the next decision of a body gets the number after the last of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

from onevoice.groups.models import Body, Group

DEFAULT = "{body}/{year}/{number}"  # as decisions.steps.adopt has it


def carry_on(group: Group, bodies: dict[str, Body], rows: Iterable[Any]) -> None:
    """Count each series up to the highest number that came in; a number in another form counts in none."""
    patterns = {slug: _form(body) for slug, body in bodies.items()}
    last: dict[str, int] = {}
    for row in rows:
        if row.number and (found := patterns[row.body].fullmatch(row.number)):
            parts = found.groupdict()
            series = f"decisions {row.body} {parts.get('year') or row.adopted[:4]}"
            last[series] = max(last.get(series, 0), int(parts["number"]))
    if not last:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into decisions_numberseries (group_id, series, last) values (%s, %s, %s) on conflict "
            "(group_id, series) do update set last = greatest(decisions_numberseries.last, excluded.last)",
            [(group.pk, series, number) for series, number in sorted(last.items())],
        )


def _form(body: Body) -> re.Pattern[str]:
    """What a body's numbers look like: its pattern, read backwards."""
    form = re.escape(body.decision_pattern or DEFAULT)
    for name, within in (
        ("body", re.escape(body.slug)),
        ("year", "(?P<year>[0-9]{4})"),
        ("number", "(?P<number>[0-9]{1,9})"),
    ):
        form = form.replace(re.escape("{" + name + "}"), within, 1).replace(
            re.escape("{" + name + "}"), "[0-9]+"
        )
    return re.compile(form if "(?P<number>" in form else "(?!)")
