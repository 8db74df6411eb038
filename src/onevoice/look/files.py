"""A list as a file: CSV and XLSX with the same columns, and no cell that a spreadsheet would run.

A long one is sent row by row, so that a list of 100,000 rows begins at once and needs no more memory than a short one.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, override

from onevoice.look import cells, wording
from onevoice.look.lists import View
from onevoice.look.notice import Marked, file_name, notice
from onevoice.look.rows import AT_ONCE
from onevoice.look.workbook import PART, Row, workbook

# What a spreadsheet takes for the beginning of a formula, in full width too, also after what it leaves out: spaces,
# controls and what nobody sees. A text that begins with a tab or a line's end is split by some before it is judged.
_FORMULA: Final = re.compile("(?:[\\s\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
                             "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]|[\t\r\n])")  # fmt: skip
_BOM: Final = "\ufeff"  # without it spreadsheets misread every letter beyond ASCII
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: str | int | float) -> str | int | float:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def table(view: View, note: str = "") -> Iterator[Row]:
    """The heads, then every row of the view; a note stands in a last column of every row."""
    columns = view.listing.columns
    yield [safe(str(column.header)) for column in columns] + ([str(wording.notice)] if note else [])
    for row in view.every_row():
        yield [safe(cells.written(column, row)) for column in columns] + ([note] if note else [])


def as_csv(view: View, group: Marked | None) -> HttpResponseBase:
    """UTF-8 with a mark at its beginning, RFC 4180; texts in quotation marks, so that none is split at a semicolon."""
    return _sent(_csv(table(view, notice(group))), "text/csv; charset=utf-8", view, group, "csv")


def as_xlsx(view: View, group: Marked | None) -> HttpResponseBase:
    """A workbook of one sheet, from right to left in Arabic; of a demonstration a second sheet says so."""
    sheets: list[tuple[str, Iterator[Row]]] = [(str(view.listing.label), table(view))]
    if note := notice(group):
        sheets.append((str(wording.notice), iter([[note]])))
    return _sent(workbook(sheets, rtl=view.language.direction == "rtl"), _XLSX, view, group, "xlsx")


def _csv(rows: Iterator[Row]) -> Iterator[bytes]:
    text = StringIO(newline="")
    text.write(_BOM)
    write = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerow
    for row in rows:
        write(row)
        if text.tell() > PART:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _sent(
    parts: Iterator[bytes], kind: str, view: View, group: Marked | None, ending: str
) -> HttpResponseBase:
    name = file_name(group, f"{view.listing.name}.{ending}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    if view.count <= AT_ONCE:  # a file with more is sent while it is made
        return HttpResponse(b"".join(parts), content_type=kind, headers=headers)
    return StreamingHttpResponse(_in_language(parts, get_language()), content_type=kind, headers=headers)


def _in_language(parts: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Each part is made in the language of the page, whatever the thread does between two of them."""
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
