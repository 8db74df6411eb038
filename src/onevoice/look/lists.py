"""Lists: declared once, they filter, sort, page, link to the very view and export, all by the same columns.

    OUTPUTS = Listing(
        name="outputs",
        label=_("Outputs"),
        columns=(
            Column("date", _("Date"), lambda row: row.date, sort="date_written"),
            Column("title", _("Title"), lambda row: row.titles, heading=True, href=output_address,
                   sort="title_key_{language}"),
        ),
        filters=(Choice("series", _("Series"), series_choices, lambda rows, one: rows.filter(series=one)),),
        sort="-date",
    )

    def outputs(request, group):
        listing = OUTPUTS.view(request, visible.outputs(request.viewer).filter(group=group))
        return listing.file(group) or render(request, "outputs/outputs.html", {"group": group, "listing": listing})

Rows are a queryset (a count and one page: two queries) or a sequence of any objects. A value may be text,
words, a partial date, an instant, a number, a list of these, or nothing: the page and the file write it each
in their way (`cells.py`).

Of several lists on one page all but the first have a `prefix`, which stands before each of their words in the
address; `together(first, second)` lets each keep in its links what was asked of the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import batched
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString

from onevoice.languages.bidi import clean_line, is_clean
from onevoice.languages.names import Language
from onevoice.languages.web import active_language
from onevoice.look import cells, wording
from onevoice.look.columns import LONGEST, Choice, Column, Day, Field, Filter, Label, Rows, Words, applied
from onevoice.look.notice import Marked
from onevoice.look.order import database_order, in_memory
from onevoice.look.rows import AT_ONCE, counted, every, on_page

__all__ = ["Choice", "Column", "Day", "Header", "Listing", "View", "Words", "together"]

FORMATS: Final = ("csv", "xlsx")
ROWS_A_PAGE: Final = 50
Read = Callable[[list[Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column: its link sorts by it, or the other way round."""

    column: Column
    address: str
    aria_sort: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, declared once. `keep` names what of the address stays in every link (as-of, known-on).

    A default order by a column that only files have is offered on the page by the words of `note`.
    """

    name: str
    label: Label
    columns: tuple[Column, ...]
    sort: str = ""  # the key of a column, '-' before it for descending
    filters: tuple[Filter, ...] = ()
    keep: tuple[str, ...] = ("as-of", "known-on")
    note: Label = ""
    empty: Label = wording.empty_list
    prefix: str = ""  # of its words in the address, where another list stands on the page: 'offices-'
    rows_a_page: int = ROWS_A_PAGE
    filter_from: int = 0  # fewer rows are seen at a glance: the form is left out, its addresses hold

    def view(self, request: HttpRequest, rows: Rows, *, read: Read | None = None) -> "View":
        """What one reader asked for: filtered, sorted, one page of it.

        `read` makes the rows that are shown out of those that were ordered, for one page or for a part of a file;
        it may leave out some.
        """
        return View(self, request, rows, read)


def together(*views: "View") -> None:
    """The lists of one page: each keeps in its links what was asked of the others."""
    for view in views:
        view.beside = {key: said for other in views if other is not view for key, said in other.here.items()}


@dataclass
class View:
    """One view of a list, with an address of its own."""

    listing: Listing
    request: HttpRequest
    given: Rows
    read: Read | None = None
    faults: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.language: Language = active_language()
        self.fields: list[Field] = []
        if not all(is_clean(self.request.GET.get(self._key(key), "")) for key in ("sort", "page", "format")):
            self.faults.append(str(wording.unclean))
        self.asked: dict[str, str] = {key: got for key in self.listing.keep if (got := self._typed(key))}
        self._everything = self._sorted(self._filtered(self.given))
        self.count, self._pks = self._counted()
        self.size: int = getattr(settings, "ROWS_A_PAGE", self.listing.rows_a_page)
        self.last_page = max(1, -(-self.count // self.size))
        self.page = self._page()
        asked_format = self._typed(self._key("format"))
        if asked_format and asked_format not in FORMATS:
            self.faults.append(str(wording.unknown_format).format(value=asked_format))
        is_file = asked_format in FORMATS and not self.faults
        self.found: list[Any] = [] if is_file else self._on_page()
        if self.faults:  # the page says so and shows what it can; look.errors answers with 400
            self.request.asks_unknown = True  # type: ignore[attr-defined]

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.listing.columns if not column.only_file]

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.count else 0

    @property
    def last(self) -> int:
        return self.first + len(self.found) - 1 if self.count else 0

    @property
    def rows(self) -> list[list[tuple[Column, SafeString]]]:
        """The cells of this page, as HTML."""
        return [[(column, cells.shown(column, row)) for column in self.columns] for row in self.found]

    @property
    def headers(self) -> list[Header]:
        """Each column with the address that sorts by it."""
        return [self._header(column) for column in self.columns]

    @property
    def address(self) -> str:
        """The address of this very view."""
        return self._address(page=self.page)

    @property
    def here(self) -> dict[str, str]:
        """What the address of this view asks of it, for the links of the lists beside it."""
        return self.asked | ({self._key("page"): str(self.page)} if self.page > 1 else {})

    @property
    def place(self) -> str:
        """Where a filter leads: the list itself where others stand before it."""
        return f"{self.request.path}{self._anchor}"

    @property
    def all_address(self) -> str:
        """The same list without its filters."""
        kept = self.beside | {key: self.asked[key] for key in self.listing.keep if key in self.asked}
        return self._written(kept)

    @property
    def usual(self) -> str:
        """The address of the list's own order, where no head of a column leads back to it."""
        own = self.listing.sort.removeprefix("-")
        if self.order == self.listing.sort or own in {column.key for column in self.columns}:
            return ""
        return self._address(sort=self.listing.sort)

    @property
    def pages(self) -> list[tuple[int, str]]:
        """Page numbers with their addresses: all when few, else the ends and the neighbours; 0 is a gap."""
        if self.last_page == 1:
            return []
        near = {1, 2, self.page - 1, self.page, self.page + 1, self.last_page - 1, self.last_page}
        wanted = [n for n in range(1, self.last_page + 1) if n in near or self.last_page <= 8]
        with_gaps: list[tuple[int, str]] = []
        for number in wanted:
            if with_gaps and number > with_gaps[-1][0] + 1:
                with_gaps.append((0, ""))
            with_gaps.append((number, self._address(page=number)))
        return with_gaps

    @property
    def previous(self) -> str:
        return self._address(page=self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._address(page=self.page + 1) if self.page < self.last_page else ""

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The formats with their addresses, for all rows of this view."""
        return [(kind.upper(), self._address(format=kind)) for kind in FORMATS]

    @property
    def note(self) -> Label:
        """What is said of the list's own order; of another it would not be true."""
        return self.listing.note if self.order == self.listing.sort else ""

    @property
    def is_filtered(self) -> bool:
        return any(found.value for found in self.fields)

    @property
    def is_asked(self) -> bool:
        """Whether there is something to filter."""
        filters = self.listing.filters
        of_page = any(getattr(one, "of_page", False) for one in filters)
        many = self.count >= max(1, self.listing.filter_from)
        return bool(filters) and bool(many or self.is_filtered or self.faults or of_page)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form must carry along."""
        filtered = {one.key for one in self.fields}
        return [(key, said) for key, said in (self.beside | self.asked).items() if key not in filtered]

    def file(self, group: Marked | None) -> HttpResponseBase | None:
        """The whole view as a file when the address asks for one, marked when the group is a demonstration.

        Call it before the page.
        """
        kind = self._typed(self._key("format"))
        if kind not in FORMATS or self.faults:
            return None
        from onevoice.look.files import as_csv, as_xlsx

        return (as_csv if kind == "csv" else as_xlsx)(self, group)

    def every_row(self) -> Iterable[Any]:
        """All rows of the view, unpaged, for files."""
        everything = self._everything
        rows = every(everything) if isinstance(everything, QuerySet) else list(everything)
        return self._read_in_parts(rows, self.read) if self.read else rows

    def _read_in_parts(self, rows: Iterable[Any], read: Read) -> Iterator[Any]:
        for part in batched(rows, AT_ONCE):
            yield from read(list(part))

    def _on_page(self) -> list[Any]:
        rows, first, end = self._everything, (self.page - 1) * self.size, self.page * self.size
        if isinstance(rows, QuerySet):
            found = on_page(self.given, rows, first, end, count=self.count, pks=self._pks)
        else:
            found = list(rows[first:end])
        return self.read(found) if self.read else found

    def _counted(self) -> tuple[int, list[Any] | None]:
        if not isinstance(self._everything, QuerySet):
            return len(self._everything), None
        by_words = any(found.kind == "words" and found.value for found in self.fields)
        return counted(self._everything, by_words=by_words)

    def _key(self, word: str) -> str:
        return f"{self.listing.prefix}{word}"

    @property
    def _anchor(self) -> str:
        return f"#{self.listing.name}-list" if self.listing.prefix else ""

    def _typed(self, key: str) -> str:
        return clean_line(self.request.GET.get(key, ""))[:LONGEST]

    def _page(self) -> int:
        asked = self._typed(self._key("page"))
        page = min(max(1, _number(asked)), self.last_page)
        if asked and asked != str(page):
            self.faults.append(str(wording.unknown_page).format(value=asked))
        return page

    def _filtered(self, rows: Rows) -> Rows:
        for declared in self.listing.filters:
            key = self._key(declared.key)
            typed = self._typed(key)
            rows, bound = applied(declared, rows, self.request.GET.get(key, ""), self.request)
            self.fields.append(replace(bound, key=key) if self.listing.prefix else bound)
            if bound.error:
                self.faults.append(bound.error)
            elif typed:
                self.asked[key] = typed
        return rows

    def _sorted(self, rows: Rows) -> Rows:
        sortable = {column.key: column for column in self.listing.columns if column.sort}
        key = self._key("sort")
        asked = self._typed(key)
        if asked.removeprefix("-") in sortable and asked != self.listing.sort:
            self.asked[key] = asked
        elif asked and asked.removeprefix("-") not in sortable:
            self.faults.append(str(wording.unknown_order).format(value=asked))
        self.order = self.asked.get(key, self.listing.sort)
        column = sortable.get(self.order.removeprefix("-"))
        if column is None:
            return rows
        down = self.order.startswith("-")
        if isinstance(rows, QuerySet):
            return rows.order_by(*database_order(column, self.language, down=down, model=rows.model))
        return in_memory(list(rows), column, self.language, down=down)

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column, "", "")
        here = self.order.removeprefix("-") == column.key
        down = self.order.startswith("-")
        target = f"-{column.key}" if here and not down else column.key
        return Header(
            column, self._address(sort=target), ("descending" if down else "ascending") if here else ""
        )

    def _address(self, **changed: str | int) -> str:
        """What is asked, with some of it changed; of the list's own order and its first page nothing is said."""
        asked: dict[str, str | int] = {**self.beside, **self.asked}
        asked |= {self._key(word): value for word, value in changed.items()}
        usual = {self._key("sort"): self.listing.sort, self._key("page"): 1}
        return self._written(
            {key: value for key, value in asked.items() if usual.get(key) != value}, "format" not in changed
        )

    def _written(self, asked: Mapping[str, str | int], is_page: bool = True) -> str:
        anchor = self._anchor if is_page else ""
        return f"{self.request.path}?{urlencode(asked)}{anchor}" if asked else f"{self.request.path}{anchor}"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
