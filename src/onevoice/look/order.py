"""The order of a list: by the database's columns, or by values in the order of the reader's language."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, F, IntegerField, Model, OrderBy, Value, When

from onevoice.languages.collation import in_order
from onevoice.languages.names import Language
from onevoice.look import cells
from onevoice.look.columns import ByWord, Column


def database_order(
    column: Column, language: Language, *, down: bool, model: type[Model] | None = None
) -> list[OrderBy]:
    """By the column, what is empty last, then by the key so that no row stands on two pages."""
    if isinstance(column.sort, ByWord):
        return [*_sided(_by_word(column.sort, language), down, may_be_empty=False), *_sided(F("pk"), down)]
    if not isinstance(column.sort, str | tuple):
        raise TypeError(
            f"{column.key}: a queryset sorts by fields of the database; name them, or give a list of rows."
        )
    paths = (column.sort,) if isinstance(column.sort, str) else column.sort
    named = [path.format(language=language.code) for path in (*paths, "pk")]
    return [one for path in named for one in _sided(F(path), down, may_be_empty=_may_be_empty(model, path))]


def _sided(by: Any, down: bool, *, may_be_empty: bool = False) -> list[OrderBy]:
    """An index in one direction serves both where nothing is empty; 'what is empty last' would keep it from that."""
    last = True if may_be_empty else None
    return [by.desc(nulls_last=last) if down else by.asc(nulls_last=last)]


def _may_be_empty(model: type[Model] | None, path: str) -> bool:
    if path == "pk" or model is None:
        return path != "pk"
    try:
        return bool(model._meta.get_field(path).null)
    except FieldDoesNotExist:
        return True


def _by_word(by: ByWord, language: Language) -> Case:
    """Each value's place among the words as the reader reads them; a value without a word comes last."""
    values = in_order(
        [value for value in by.words if value], lambda value: str(by.words[value]), language.code
    )
    whens = [When(**{by.field: value}, then=Value(at)) for at, value in enumerate(values)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def in_memory(rows: list[Any], column: Column, language: Language, *, down: bool) -> list[Any]:
    """By the value in the order of the language, or by the column's own function; what is empty last."""
    key = column.sort if callable(column.sort) else column.value
    keyed = [(cells.order_of(key(row), language.code), row) for row in rows]
    full = [pair for pair in keyed if pair[0] is not None]
    return [row for _, row in sorted(full, key=lambda pair: pair[0], reverse=down)] + [
        row for order, row in keyed if order is None
    ]
