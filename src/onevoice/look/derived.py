"""Columns made from what people wrote in the same row: sort keys and words, so that the database orders and finds.

    class Meeting(Deriving):
        title = models.JSONField()
        place = models.JSONField(default=dict, blank=True)
        title_key = Keys("title")                     # title_key_en … title_key_zh, each with what is shown there
        place_key = Keys("place", null=True)          # null: what says nothing stands last in both directions
        words = WordsIn("title", "place")

Whoever writes a row writes them with it: `save`, `create`, `bulk_create`, `update`, `bulk_update` here, the copy of
an import by `derive`. What another program changed, or keys of another version of ICU, `derive_anew` mends: after
each migration whose version differs (`derive_where_old`, as the owner), and every night (`jobs.py`).
Indexes on words say `fastupdate=False`: each search would read what still waits to be put into one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connections, models, transaction
from django.db.models import QuerySet, Value

from onevoice.languages import collation
from onevoice.languages.collation import stored_key
from onevoice.languages.names import CODES
from onevoice.languages.normal import words_asked, words_of
from onevoice.languages.words import plain

# A change of what is made here gets another number, so that an upgrade makes it anew.
MADE_BY: Final = f"ICU {collation.VERSION}, 1"
AT_ONCE: Final = 2_000
_MOST: Final = 400_000  # characters of words; the database takes a megabyte
_UNSAID: Final = {"id", "basis"}  # what in a value is not said to readers


class Derived(models.Field):
    """A column made from others. `of` names them."""

    of: tuple[str, ...]

    def made(self, values: Sequence[Any]) -> Any:
        """From the values of `of`, in their order."""
        raise NotImplementedError

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        made = self.made([getattr(model_instance, name) for name in self.of])
        setattr(model_instance, self.attname, made)
        return made


class KeyOf(Derived, models.BinaryField):
    """The place of a text, or of words as they are shown in a language, in the order of that language."""

    def __init__(self, of: str = "", language: str = "en", **options: Any) -> None:
        self.of, self.language = (of,), language
        if not options.get("null"):
            options.setdefault("db_default", b"")  # a program of the version before adds rows too
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {"of": self.of[0], "language": self.language, **options}

    def made(self, values: Sequence[Any]) -> bytes | None:
        (text,) = values
        if not isinstance(text, str):
            text = (
                text.get(self.language) or text.get("en") if text else ""
            )  # nearly always; else as it is shown
            text = text if text and isinstance(text, str) else plain(values[0], self.language)
        return stored_key(text, self.language) if text else (None if self.null else b"")


class WordsIn(Derived, SearchVectorField):
    """The words of texts, and of words in all of their languages, for a filter; no stemmer, no positions."""

    def __init__(self, *of: str, **options: Any) -> None:
        self.of = tuple(options.pop("of", of))
        options.setdefault("db_default", Value("", output_field=models.TextField()))
        super().__init__(editable=False, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        options.pop("db_default", None)
        return name, path, args, {"of": self.of, **options}

    def made(self, values: Sequence[Any]) -> str:
        found: dict[str, None] = {}
        size = 0
        for text in _said(values):
            for word in words_of(text):
                if word not in found and size < _MOST:
                    found[word] = None
                    size += len(word) + 4
        return " ".join([f"'{word}'" for word in found])


class Keys:
    """Six columns, one a language: `title_key = Keys("title")` makes title_key_en and the others."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of, self.options = of, options

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        for code in CODES:
            KeyOf(self.of, code, **self.options).contribute_to_class(model, f"{name}_{code}")


class DerivingRows(QuerySet[Any]):
    """Rows whose derived columns follow whatever is written."""

    def update(self, **values: Any) -> int:
        touched = [one for one in derived(self.model) if {*one.of} & values.keys() and one.name not in values]
        if not touched:
            return super().update(**values)
        with transaction.atomic(using=self.db):
            pks = list(self.order_by().values_list("pk", flat=True))
            changed = super().update(**values)
            derive_anew(self.model, pks=pks, using=self.db)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = list(objs), [*fields]
        touched = [one for one in derived(self.model) if {*one.of} & {*names}]
        for one in touched:
            for row in rows:
                one.pre_save(row, False)
        return super().bulk_update(rows, [*names, *(one.name for one in touched)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class Deriving(models.Model):
    """A model with derived columns."""

    objects: ClassVar[Any] = DerivingRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        if update_fields is not None:
            names = {*update_fields}
            update_fields = names | {one.name for one in derived(type(self)) if {*one.of} & names}
        else:  # what was not read with the row would not be written with it either
            for name in self.get_deferred_fields() & {one.attname for one in derived(type(self))}:
                setattr(self, name, None)
        super().save(update_fields=update_fields, **options)


def derived(model: type[models.Model]) -> list[Derived]:
    """The derived columns of a model."""
    return [one for one in model._meta.concrete_fields if isinstance(one, Derived)]


def derive(rows: Iterable[Any]) -> None:
    """Make the columns of rows that are about to be added in another way than by the ORM."""
    rows = list(rows)
    for one in derived(type(rows[0])) if rows else ():
        for row in rows:
            said = row.__dict__
            said[one.attname] = one.made([said[name] for name in one.of])


def holding(rows: QuerySet[Any], typed: str, field: str = "words") -> QuerySet[Any]:
    """Rows in which every word typed begins some word, whatever the language, accents and the Arabic article."""
    asked = words_asked(typed)
    if not asked:
        return rows.none()
    return rows.filter(**{field: SearchQuery(asked, config="simple", search_type="raw")})


def without_derived[RowT: models.Model](rows: QuerySet[RowT]) -> QuerySet[RowT]:
    """The same rows, read without these columns: they are for the database, and longer than what they order."""
    names = [one.name for one in derived(rows.model)]
    return rows.defer(*names) if names else rows


def ordered(point: str, name: str, *, include: Sequence[str] = ()) -> list[models.Index]:
    """An index a language for `Keys`, so that any page of a group's list is read in order from it alone."""
    return [
        models.Index(
            fields=["group", f"{point}_{code}", "id"], name=f"{name}_{code}", include=[*include] or None
        )
        for code in CODES
    ]


# --- made anew ---------------------------------------------------------------------------------------------------
def derive_anew(
    model: type[models.Model], *, pks: Collection[int] | None = None, using: str = "default"
) -> int:
    """Write what rows should say where they say something else: all rows or some; how many there were."""
    columns = derived(model)
    rows = model._base_manager.using(using).order_by("pk")
    changed = 0
    for some in _parts(rows, pks):
        wrong = [pk for pk, now, due in _compared(some, columns) if now != due]
        if wrong:
            with transaction.atomic(using=using):
                locked = rows.filter(pk__in=wrong).select_for_update(of=("self",))
                _write(model, columns, [(pk, due) for pk, _, due in _compared(locked, columns)], using)
            changed += len(wrong)
    return changed


def derive_where_old(using: str = "owner") -> int:
    """Make the columns anew that another version made, and note on each by which it is made now; how many rows.

    The note is the column's comment, which its owner alone writes.
    """
    changed = 0
    for model in deriving():
        names = [one.column for one in derived(model)]
        if {*_notes(model, names, using).values()} != {MADE_BY}:
            changed += derive_anew(model, using=using)
            quote, table = connections[using].ops.quote_name, model._meta.db_table
            with connections[using].cursor() as cursor:
                for name in names:
                    cursor.execute(f"COMMENT ON COLUMN {quote(table)}.{quote(name)} IS '{MADE_BY}'")
    return changed


def deriving() -> list[type[models.Model]]:
    """Every model with derived columns."""
    return [model for model in apps.get_models() if issubclass(model, Deriving)]


def _notes(model: type[models.Model], names: Sequence[str], using: str) -> Mapping[str, str | None]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attname = ANY(%s)",
            [connections[using].ops.quote_name(model._meta.db_table), [*names]],
        )
        return dict(cursor.fetchall())


def _parts(rows: QuerySet[Any], pks: Collection[int] | None) -> Iterator[QuerySet[Any]]:
    if pks is not None:
        known = sorted(pks)
        yield from (rows.filter(pk__in=known[at : at + AT_ONCE]) for at in range(0, len(known), AT_ONCE))
        return
    last = 0
    while some := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        yield rows.filter(pk__range=(some[0], some[-1]))
        last = some[-1]


def _compared(rows: QuerySet[Any], columns: Sequence[Derived]) -> Iterator[tuple[int, list[Any], list[Any]]]:
    """Of each row its key, what it says, and what it should say."""
    sources = list(dict.fromkeys(name for one in columns for name in one.of))
    for pk, *values in rows.values_list("pk", *sources, *(one.name for one in columns)):
        said = dict(zip(sources, values, strict=False))
        due = [one.made([said[name] for name in one.of]) for one in columns]
        yield (
            pk,
            [_comparable(value) for value in values[len(sources) :]],
            [_comparable(value) for value in due],
        )


def _comparable(value: Any) -> Any:
    return " ".join(sorted(value.split(" "))) if isinstance(value, str) else value and bytes(value)


def _write(
    model: type[models.Model], columns: Sequence[Derived], rows: list[tuple[int, list[Any]]], using: str
) -> None:
    connection = connections[using]
    quote = connection.ops.quote_name
    names = [quote(one.column) for one in columns]
    kinds = [str(one.db_type(connection)) for one in columns]
    given = ", ".join(f"%s::{'text' if kind == 'tsvector' else kind}[]" for kind in kinds)
    to = ", ".join(f"{name} = new.{name}::{kind}" for name, kind in zip(names, kinds, strict=True))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {to} FROM unnest(%s::bigint[], {given}) AS new (id, {', '.join(names)}) "  # noqa: S608
            f"WHERE {table}.id = new.id",
            [[pk for pk, _ in rows], *([values[at] for _, values in rows] for at in range(len(columns)))],
        )


def _said(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            if key not in _UNSAID:
                yield from _said(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _said(inside)
