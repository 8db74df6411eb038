"""The order of a list: by the database's columns, or by values in the order of the reader's language."""

from typing import Any

from django.db.models import F, OrderBy

from onevoice.languages.names import Language
from onevoice.look import cells
from onevoice.look.columns import Column


def database_order(column: Column, language: Language, *, down: bool) -> list[OrderBy]:
    """By the column, what is empty last, then by the key so that no row stands on two pages."""
    if not isinstance(column.sort, str | tuple):
        raise TypeError(
            f"{column.key}: a queryset sorts by fields of the database; name them, or give a list of rows."
        )
    paths = (column.sort,) if isinstance(column.sort, str) else column.sort
    by = [F(path.format(language=language.code)) for path in (*paths, "pk")]
    return [one.desc(nulls_last=True) if down else one.asc(nulls_last=True) for one in by]


def in_memory(rows: list[Any], column: Column, language: Language, *, down: bool) -> list[Any]:
    """By the value in the order of the language, or by the column's own function; what is empty last."""
    key = column.sort if callable(column.sort) else column.value
    keyed = [(cells.order_of(key(row), language.code), row) for row in rows]
    full = [pair for pair in keyed if pair[0] is not None]
    return [row for _, row in sorted(full, key=lambda pair: pair[0], reverse=down)] + [
        row for order, row in keyed if order is None
    ]
