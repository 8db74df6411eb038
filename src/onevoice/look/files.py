"""A list as a file: CSV and XLSX with the same columns, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any, Final

from django.http import HttpResponse
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from onevoice.look import cells, wording
from onevoice.look.lists import View
from onevoice.look.notice import Marked, file_name, notice

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST: Final = 32_767  # characters that a spreadsheet's cell can hold
_BOM: Final = "\ufeff"  # without it spreadsheets misread every letter beyond ASCII
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: str | int | float) -> str | int | float:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def table(view: View, note: str = "") -> Iterator[list[str | int | float]]:
    """The heads, then every row of the view; a note stands in a last column of every row."""
    columns = view.listing.columns
    yield [safe(str(column.header)) for column in columns] + ([str(wording.notice)] if note else [])
    for row in view.every_row():
        yield [safe(cells.written(column, row)) for column in columns] + ([note] if note else [])


def as_csv(view: View, group: Marked | None) -> HttpResponse:
    """UTF-8 with a mark at its beginning, RFC 4180."""
    text = StringIO(newline="")
    text.write(_BOM)
    csv.writer(text).writerows(table(view, notice(group)))
    return HttpResponse(
        text.getvalue(), content_type="text/csv; charset=utf-8", headers=_disposition(view, group, "csv")
    )


def as_xlsx(view: View, group: Marked | None) -> HttpResponse:
    """A workbook of one sheet, from right to left in Arabic; of a demonstration a second sheet says so."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(str(view.listing.label)))
    sheet.sheet_view.rightToLeft = view.language.direction == "rtl"
    sheet.freeze_panes = "A2"
    for at, row in enumerate(table(view)):
        sheet.append([_cell(sheet, value, bold=at == 0) for value in row])
    if note := notice(group):
        second = book.create_sheet(_sheet_name(str(wording.notice)))
        second.sheet_view.rightToLeft = view.language.direction == "rtl"
        second.append([note])
    with BytesIO() as content:
        book.save(content)
        return HttpResponse(content.getvalue(), content_type=_XLSX, headers=_disposition(view, group, "xlsx"))


def _cell(sheet: Any, value: str | int | float, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value[:_LONGEST] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(label: str) -> str:
    """A spreadsheet takes no strokes, colons and brackets in a name, and 31 characters."""
    return "".join(char for char in label if char not in "[]:*?/\\")[:31] or "1"


def _disposition(view: View, group: Marked | None, ending: str) -> dict[str, str]:
    name = file_name(group, f"{view.listing.name}.{ending}")
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
