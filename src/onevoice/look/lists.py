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
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
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
from onevoice.look.rows import counted, every, on_page

__all__ = ["Choice", "Column", "Day", "Header", "Listing", "View", "Words"]

FORMATS: Final = ("csv", "xlsx")
ROWS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column: its link sorts by it, or the other way round."""

    column: Column
    address: str
    aria_sort: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, declared once. `keep` names what of the address stays in every link (as-of, known-on)."""

    name: str
    label: Label
    columns: tuple[Column, ...]
    sort: str = ""  # the key of a column, '-' before it for descending
    filters: tuple[Filter, ...] = ()
    keep: tuple[str, ...] = ("as-of", "known-on")
    note: Label = ""
    empty: Label = wording.empty_list

    def view(self, request: HttpRequest, rows: Rows) -> "View":
        """What one reader asked for: filtered, sorted, one page of it."""
        return View(self, request, rows)


@dataclass
class View:
    """One view of a list, with an address of its own."""

    listing: Listing
    request: HttpRequest
    given: Rows
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.language: Language = active_language()
        self.fields: list[Field] = []
        if not all(is_clean(self.request.GET.get(key, "")) for key in ("sort", "page")):
            self.faults.append(str(wording.unclean))
        self.asked: dict[str, str] = {key: got for key in self.listing.keep if (got := self._typed(key))}
        self._everything = self._sorted(self._filtered(self.given))
        self.count, self._pks = self._counted()
        self.size: int = getattr(settings, "ROWS_A_PAGE", ROWS_A_PAGE)
        self.last_page = max(1, -(-self.count // self.size))
        self.page = self._page()
        is_file = self._typed("format") in FORMATS and not self.faults
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
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form must carry along."""
        kept = [(key, self.asked[key]) for key in self.listing.keep if key in self.asked]
        return [*kept, ("sort", self.asked["sort"])] if "sort" in self.asked else kept

    def file(self, group: Marked | None) -> HttpResponseBase | None:
        """The whole view as a file when the address asks for one, marked when the group is a demonstration.

        Call it before the page.
        """
        kind = self._typed("format")
        if kind not in FORMATS or self.faults:
            return None
        from onevoice.look.files import as_csv, as_xlsx

        return (as_csv if kind == "csv" else as_xlsx)(self, group)

    def every_row(self) -> Iterable[Any]:
        """All rows of the view, unpaged, for files."""
        everything = self._everything
        return every(everything) if isinstance(everything, QuerySet) else list(everything)

    def _on_page(self) -> list[Any]:
        rows, first, end = self._everything, (self.page - 1) * self.size, self.page * self.size
        if not isinstance(rows, QuerySet):
            return list(rows[first:end])
        return on_page(self.given, rows, first, end, count=self.count, pks=self._pks)

    def _counted(self) -> tuple[int, list[Any] | None]:
        if not isinstance(self._everything, QuerySet):
            return len(self._everything), None
        by_words = any(found.kind == "words" and found.value for found in self.fields)
        return counted(self._everything, by_words=by_words)

    def _typed(self, key: str) -> str:
        return clean_line(self.request.GET.get(key, ""))[:LONGEST]

    def _page(self) -> int:
        asked = self._typed("page")
        page = min(max(1, _number(asked)), self.last_page)
        if asked and asked != str(page):
            self.faults.append(str(wording.unknown_page).format(value=asked))
        return page

    def _filtered(self, rows: Rows) -> Rows:
        for declared in self.listing.filters:
            typed = self._typed(declared.key)
            rows, bound = applied(declared, rows, self.request.GET.get(declared.key, ""), self.request)
            self.fields.append(bound)
            if bound.error:
                self.faults.append(bound.error)
            elif typed:
                self.asked[declared.key] = typed
        return rows

    def _sorted(self, rows: Rows) -> Rows:
        sortable = {column.key: column for column in self.listing.columns if column.sort}
        asked = self._typed("sort")
        if asked.removeprefix("-") in sortable and asked != self.listing.sort:
            self.asked["sort"] = asked
        elif asked and asked.removeprefix("-") not in sortable:
            self.faults.append(str(wording.unknown_order).format(value=asked))
        self.order = self.asked.get("sort", self.listing.sort)
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
        asked: dict[str, str | int] = {**self.asked, **changed}
        if asked.get("sort") == self.listing.sort:
            del asked["sort"]
        if asked.get("page") == 1:
            del asked["page"]
        return f"{self.request.path}?{urlencode(asked)}" if asked else self.request.path


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
