"""What a list is declared with: its columns and its filters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from onevoice.languages.bidi import clean_line, is_clean
from onevoice.look import wording

LONGEST: Final = 200  # characters of a filter
Label = str | Promise
Rows = Any  # a QuerySet or a Sequence; what a filter gets and gives back
Choices = Iterable[tuple[str, Label]]


@dataclass(frozen=True, slots=True)
class ByWord:
    """For querysets: the order of a column of few values by the words in which a reader sees them."""

    field: str
    words: Mapping[Any, Label]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands in it on the page and in files, and how it sorts.

    `sort` is, for querysets, one or more field paths ('{language}' becomes the reader's, as in
    'title_key_{language}', see derived.py) or `ByWord`; for sequences True (by value, in the order of the
    language) or a function.
    """

    key: str
    header: Label
    value: Callable[[Any], Any]
    sort: str | tuple[str, ...] | ByWord | Callable[[Any], Any] | bool = False
    heading: bool = False  # the cell that names the row; one in a list
    figure: bool = False  # numbers, aligned at their end
    href: Callable[[Any], str] | None = None  # the cell is a link
    show: Callable[[Any], SafeString] | None = None  # HTML for the page, where the value alone will not do
    written: Callable[[Any], Any] | None = None  # the value in files, where it differs
    mark: bool = True  # words in another language say so visibly; acronyms need not
    only_file: bool = False  # left out on the page


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter by one of a few values; `choices` is given the request. `of_page`: as that of a day."""

    key: str
    label: Label
    choices: Choices | Callable[[HttpRequest], Choices]
    apply: Callable[[Rows, str], Rows]
    any: Label = wording.any_value
    of_page: bool = False
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class Words:
    """A filter by words typed."""

    key: str
    label: Label
    apply: Callable[[Rows, str], Rows]
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Day:
    """A filter by a day; `apply` gets a date. It counts in the zone that the page names.

    `of_page`: the whole page is asked as of that day, so it can be asked of a list that is empty today.
    """

    key: str
    label: Label
    apply: Callable[[Rows, date], Rows]
    of_page: bool = False
    kind: Literal["day"] = "day"


Filter = Choice | Words | Day


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as it stands in the form."""

    key: str
    label: Label
    kind: str
    value: str
    choices: list[tuple[str, Label]]
    any: Label = ""
    error: str = ""


def _unclean(declared: Filter, typed: str, request: HttpRequest) -> Field:
    """The filter with what was typed, and what is wrong with it."""
    say = str(wording.unclean)
    if not isinstance(declared, Choice):
        return Field(declared.key, declared.label, declared.kind, typed, [], error=say)
    return Field(declared.key, declared.label, "choice", "", _offered(declared, request), declared.any, say)


def _offered(declared: Choice, request: HttpRequest) -> list[tuple[str, Label]]:
    offered = declared.choices(request) if callable(declared.choices) else declared.choices
    return [(str(value), label) for value, label in offered]


def applied(declared: Filter, rows: Rows, typed: str, request: HttpRequest) -> tuple[Rows, Field]:
    """The rows that pass, and the filter as the form shows it; what is not understood is left out."""
    if not is_clean(typed):
        return rows, _unclean(declared, clean_line(typed)[:LONGEST], request)
    typed = clean_line(typed)[:LONGEST]
    if isinstance(declared, Choice):
        choices = _offered(declared, request)
        if typed and typed not in [value for value, _ in choices]:
            say = str(wording.unknown_value).format(value=typed, label=declared.label)
            return rows, Field(declared.key, declared.label, "choice", "", choices, declared.any, say)
        bound = Field(declared.key, declared.label, "choice", typed, choices, declared.any)
        return (declared.apply(rows, typed) if typed else rows), bound
    bound = Field(declared.key, declared.label, declared.kind, typed, [])
    if not typed:
        return rows, bound
    if isinstance(declared, Words):
        return declared.apply(rows, typed), bound
    try:
        return declared.apply(rows, date.fromisoformat(typed)), bound
    except ValueError:
        return rows, Field(declared.key, declared.label, "day", typed, [], error=str(wording.not_a_day))
