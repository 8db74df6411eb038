"""XLSX (ECMA-376), written row by row: the first bytes leave at once, and no workbook stands in memory.

1. Sheets are written as their rows come, a new one after a million rows, the head on each;
2. then the parts that name the sheets; a zip archive may hold them in any order.
Texts stand in their cells (`inlineStr`), so nothing is gathered for the end. Nothing is ever a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape

Cell = str | int | float
Row = list[Cell]
LONGEST: Final = 32_767  # characters that a spreadsheet's cell can hold
MOST_ROWS: Final = 1_000_000  # of a sheet, which can hold 1,048,576
PART: Final = 64_000  # characters handed to the archive at once
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet reads _x000D_ as a character

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(sheets: Iterable[tuple[str, Iterable[Row]]], *, rtl: bool = False) -> Iterator[bytes]:
    """The file, in parts. Each sheet is its name and its rows, the first the head."""
    out = _Out()
    names: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:  # type: ignore[arg-type]
        for label, rows in sheets:
            for part in _parts(iter(rows)):
                names.append(_free(label, names))
                with archive.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as file:
                    for text in _gathered(_sheet(part, rtl=rtl)):
                        file.write(text.encode())
                        yield from out.taken()
        for path, text in _frame(names):
            archive.writestr(path, text)
    yield from out.taken()


class _Out:
    """Where the archive writes to: what it wrote is taken from here. It cannot be written over."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def write(self, some: bytes) -> int:
        self.held.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        held, self.held = b"".join(self.held), []
        if held:
            yield held


def _parts(rows: Iterator[Row]) -> Iterator[Iterator[Row]]:
    head = next(rows, [])
    yield chain([head], islice(rows, MOST_ROWS))
    while (following := next(rows, None)) is not None:
        yield chain([head, following], islice(rows, MOST_ROWS - 1))


def _sheet(rows: Iterable[Row], *, rtl: bool) -> Iterator[str]:
    side = ' rightToLeft="1"' if rtl else ""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{side}>{pane}'
    yield "</sheetView></sheetViews><sheetData>"
    for at, row in enumerate(rows):
        style = "" if at else ' s="1"'
        yield f"<row>{''.join([_cell(value, style) for value in row])}</row>"
    yield "</sheetData></worksheet>"


def _cell(value: Cell, style: str) -> str:
    if not isinstance(value, str):
        return f"<c{style}><v>{value}</v></c>"
    if not value:
        return f"<c{style}/>"
    if not value.isprintable():
        value = _NOT_XML.sub("", value)
    if "_x" in value:
        value = _ESCAPE.sub("_x005F_", value)
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(value[:LONGEST])}</t></is></c>'


def _gathered(texts: Iterable[str]) -> Iterator[str]:
    """In parts of some size: each costs a compression and a message to the reader."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > PART:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _free(label: str, taken: list[str]) -> str:
    """A spreadsheet takes no strokes, colons and brackets in a name, 31 characters, and no name twice."""
    name = "".join(char for char in label if char not in "[]:*?/\\").strip("'")[:31] or "1"
    number = 2
    found = name
    while found.casefold() in [one.casefold() for one in taken]:
        found = f"{name[:26]} {number}"
        number += 1
    return found


def _frame(names: list[str]) -> Iterator[tuple[str, str]]:
    """The parts that say where the others are."""
    numbered = list(enumerate(names, start=1))
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n, _ in numbered
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{kinds}</Types>'
        ),
    )
    yield "_rels/.rels", _related([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(f'<sheet name="{_quoted(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    yield (
        "xl/workbook.xml",
        (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets></workbook>"
        ),
    )
    related = [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    yield "xl/_rels/workbook.xml.rels", _related([*related, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _related(parts: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _quoted(name: str) -> str:
    return escape(_NOT_XML.sub("", name), {'"': "&quot;"})
