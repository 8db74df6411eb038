"""A list filters, sorts, pages, links and exports by one declaration."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from look.house import Group
from onevoice.languages.partial import PartialDate
from onevoice.look.files import safe
from onevoice.look.lists import Choice, Column, Day, Listing, Words, together
from onevoice.look.notice import notice
from onevoice.look.workbook import workbook


@dataclass
class Row:
    name: object
    since: PartialDate | None
    size: int
    kind: str = "un"


ROWS = [
    Row({"en": "Zebra", "fr": "Zèbre"}, PartialDate("2006-09"), 7),
    Row({"en": "école"}, PartialDate("2006"), 1200, "regional"),
    Row({"en": "Earth"}, None, 3),
]
LISTING = Listing(
    name="members",
    label="Members",
    columns=(
        Column(
            "name", "Name", lambda row: row.name, sort=True, heading=True, href=lambda row: f"/{row.size}"
        ),
        Column("since", "Since", lambda row: row.since, sort=True),
        Column("size", "Size", lambda row: row.size, sort=lambda row: row.size, figure=True),
        Column("key", "Key", lambda row: f"={row.size}", only_file=True),
    ),
    filters=(
        Words("q", "Words", lambda rows, words: [row for row in rows if words in str(row.name)]),
        Choice(
            "kind",
            "Kind",
            [("un", "UN"), ("regional", "Regional")],
            lambda rows, kind: [r for r in rows if r.kind == kind],
        ),
        Day("from", "From", lambda rows, day: [r for r in rows if r.since and r.since.last_day >= day]),
    ),
    sort="name",
)


def view(address="/members", rows=ROWS):
    return LISTING.view(RequestFactory().get(address), rows)


def sizes(address, rows=ROWS):
    return [row.size for row in view(address, rows).found]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/members", [3, 1200, 7]),
        ("/members?sort=-name", [7, 1200, 3]),
        ("/members?sort=size", [3, 7, 1200]),
        ("/members?sort=since", [1200, 7, 3]),
        ("/members?sort=-since", [7, 1200, 3]),
        ("/members?sort=nothing", [3, 1200, 7]),
        ("/members?kind=regional", [1200]),
        ("/members?q=Zeb", [7]),
        ("/members?from=2006-10-01", [1200]),
    ],
)
def test_a_view_is_what_its_address_says(address, found):
    assert sizes(address) == found


def test_what_is_not_understood_is_left_out_and_said():
    shown = view("/members?kind=other&from=yesterday")
    assert (shown.count, shown.faults) == (
        3,
        [
            "“other” is not one of the values of “Kind”, so it was left out of this view.",
            "Write the date as 2026-12-31.",
        ],
    )


def test_the_head_sorts_and_says_how_it_is_sorted():
    heads = view("/members?sort=size&kind=un").headers
    assert [(head.address, head.aria_sort) for head in heads] == [
        ("/members?kind=un", ""),
        ("/members?kind=un&sort=since", ""),
        ("/members?kind=un&sort=-size", "ascending"),
    ]


def test_as_of_is_kept_in_every_link():
    shown = view("/members?as-of=2019-06-01&kind=un")
    assert shown.headers[1].address == "/members?as-of=2019-06-01&kind=un&sort=since"
    assert shown.exports[0] == ("CSV", "/members?as-of=2019-06-01&kind=un&format=csv")
    assert shown.hidden == [("as-of", "2019-06-01")]


@pytest.mark.parametrize(
    ("page", "first", "last"), [("", 1, 50), ("2", 51, 100), ("3", 101, 120), ("99", 101, 120), ("x", 1, 50)]
)
def test_pages_are_numbered_and_have_addresses(page, first, last):
    shown = view(f"/members?page={page}", [Row({"en": str(n)}, None, n) for n in range(120)])
    assert (shown.first, shown.last, shown.count) == (first, last, 120)
    assert shown.pages == [(1, "/members"), (2, "/members?page=2"), (3, "/members?page=3")]


def test_many_pages_leave_a_gap(settings):
    settings.ROWS_A_PAGE = 1
    shown = view("/members?page=10", [Row({"en": str(n)}, None, n) for n in range(20)])
    assert [number for number, _ in shown.pages] == [1, 2, 0, 9, 10, 11, 0, 19, 20]
    assert (shown.previous, shown.next) == ("/members?page=9", "/members?page=11")


def test_cells_are_written_for_the_page():
    with translation.override("fr"):
        cells = {str(cell) for row in view().rows for _, cell in row}
    assert '<a class="title" href="/7">Zèbre</a>' in cells
    assert '<time datetime="2006-09">septembre 2006</time>' in cells
    assert (
        '<a class="title" href="/3"><span lang="en" dir="ltr">Earth</span></a> '
        '<span class="told">en anglais</span>' in cells
    )
    assert "1\u202f200" in cells


def test_markup_in_a_value_is_shown_as_text():
    cells = [cell for row in view(rows=[Row("<b>x</b>\u202e", None, 1)]).rows for _, cell in row]
    assert cells[0] == '<a class="title" href="/1">&lt;b&gt;x&lt;/b&gt;</a>'


def lines(address, rows=ROWS, group=None):
    response = view(address, rows).file(group)
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def test_csv_has_all_rows_the_same_columns_and_no_formula(settings):
    settings.ROWS_A_PAGE = 1
    assert lines("/members?format=csv&sort=size") == [
        ["Name", "Since", "Size", "Key"],
        ["Earth", "", "3", "'=3"],
        ["Zebra", "2006-09", "7", "'=7"],
        ["école", "2006", "1200", "'=1200"],
    ]


def test_xlsx_has_the_same_rows_and_no_formula():
    book = load_workbook(BytesIO(view("/members?format=xlsx&sort=size").file(None).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows == [
        ["Name", "Since", "Size", "Key"],
        ["Earth", None, 3, "'=3"],
        ["Zebra", "2006-09", 7, "'=7"],
        ["école", "2006", 1200, "'=1200"],
    ]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_the_files_of_a_demonstration_say_so_and_stay_readable_by_machines():
    house = Group()
    says = notice(house)
    assert "Nothing here was said or decided" in says
    rows = lines("/members?format=csv&sort=size", group=house)
    assert (rows[0][-1], {row[-1] for row in rows[1:]}, len(rows)) == ("Notice", {says}, 4)
    for kind in ("csv", "xlsx"):
        response = view(f"/members?format={kind}").file(house)
        assert response["Content-Disposition"] == f'attachment; filename="demonstration-members.{kind}"'
    book = load_workbook(BytesIO(response.content))
    assert (book.sheetnames, book["Notice"]["A1"].value) == (["Members", "Notice"], says)
    assert book["Members"]["E1"].value is None


def test_an_arabic_workbook_runs_from_right_to_left():
    with translation.override("ar"):
        book = load_workbook(BytesIO(view("/members?format=xlsx").file(None).content))
    assert book.active.sheet_view.rightToLeft


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    assert not str(safe(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx", "＝1+1", "＋1", "－1", "＠a", " =1",
     "\u00a0=1", "\u3000＝1", "\ufeff=1", "\u200b=1", "\x00=1"],
)  # fmt: skip
def test_what_a_spreadsheet_might_run_is_text(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("value", [-5, 1.5, "a=1", "1-2", "", "'=1", "é@", "上海＝"])
def test_what_it_would_not_run_stays_as_it_is(value):
    assert safe(value) == value


def test_no_text_of_a_file_is_split_at_a_semicolon():
    content = view("/members?format=csv", [Row("a;=1", None, 1)]).file(None).content.decode()
    assert content.splitlines()[1] == '"a;=1","",1,"\'=1"'


def test_a_workbook_holds_any_text_as_it_is():
    texts = ["<b>&\"'", "a\nb\tc", "_x000D_", " leading", "上海", "\x0bx", "9" * 40_000]
    rows = [Row(text, None, 1) for text in texts]
    book = load_workbook(BytesIO(b"".join(workbook([("A", [[row.name] for row in rows])]))))
    assert [unescape(cell.value) for cell in book.active["A"]] == [
        "<b>&\"'", "a\nb\tc", "_x000D_", " leading", "上海", "x", "9" * 32_767
    ]  # fmt: skip


def test_a_workbook_goes_on_in_a_second_sheet(monkeypatch):
    monkeypatch.setattr("onevoice.look.workbook.MOST_ROWS", 2)
    rows = [["Head"], [1], [2], [3], [4.5]]
    book = load_workbook(BytesIO(b"".join(workbook([("A/B: [c]", iter(rows)), ("AB c", iter([["x"]]))]))))
    assert book.sheetnames == ["AB c", "AB c 2", "AB c 3"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["Head", 1, 2],
        ["Head", 3, 4.5],
        ["x"],
    ]
    assert (book["AB c"]["A1"].font.bold, book["AB c"]["A2"].font.bold) == (True, False)
    assert book["AB c"].freeze_panes == "A2"


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), max_size=4))
def test_any_text_goes_into_both_files(names):
    rows = [Row({"en": name}, None, 1) for name in names]
    assert len(lines("/members?format=csv", rows)) == len(names) + 1
    assert (
        len(
            list(
                load_workbook(
                    BytesIO(view("/members?format=xlsx", rows).file(None).content)
                ).active.iter_rows()
            )
        )
        == len(names) + 1
    )


def test_an_instant_and_a_day_are_written_in_utc_and_in_words():
    listing = Listing("x", "X", (Column("a", "A", lambda row: row[0]), Column("b", "B", lambda row: row[1])))
    shown = listing.view(
        RequestFactory().get("/x"), [(datetime(2026, 12, 7, 9, 40, tzinfo=UTC), [date(2026, 1, 2), True])]
    )
    assert [str(cell) for _, cell in shown.rows[0]] == [
        '<time datetime="2026-12-07T09:40:00+00:00">Monday 7 December 2026, 09:40 in UTC</time>',
        '<time datetime="2026-01-02">2 January 2026</time><br>yes',
    ]


def test_a_queryset_cannot_sort_by_a_function():
    from onevoice.languages.names import DEFAULT
    from onevoice.look.order import database_order

    with pytest.raises(TypeError, match="name"):
        database_order(LISTING.columns[0], DEFAULT, down=False)
    sorts = database_order(Column("a", "A", str, sort="keys__{language}"), DEFAULT, down=True)
    assert [one.expression.name for one in sorts] == ["keys__en", "pk"]


def test_acronyms_need_no_mark():
    listing = Listing("x", "X", (Column("a", "A", lambda row: {"en": row}, mark=False),))
    with translation.override("ar"):
        cells = [str(cell) for _, cell in listing.view(RequestFactory().get("/x"), ["UNODC"]).rows[0]]
    assert cells == ['<span lang="en" dir="ltr">UNODC</span>']


# --- several lists on one page, rows read late, an order without a column --------------------------------------------
OTHER = Listing(
    name="offices",
    label="Offices",
    columns=(Column("size", "Size", lambda row: row.size, sort=True, heading=True),),
    filters=(Words("q", "Words", lambda rows, words: [row for row in rows if words in str(row.name)]),),
    sort="size",
    prefix="offices-",
    rows_a_page=2,
)
BOTH = "/members?q=Ze&sort=size&offices-q=E&offices-sort=-size"


def beside(address):
    request = RequestFactory().get(address)
    views = LISTING.view(request, ROWS), OTHER.view(request, ROWS)
    together(*views)
    return views


def test_two_lists_of_a_page_are_asked_apart():
    first, second = beside(BOTH)
    assert ([row.size for row in first.found], [row.size for row in second.found]) == ([7], [3])
    assert (first.faults, second.faults) == ([], [])


def test_each_list_keeps_what_was_asked_of_the_other():
    first, second = beside(BOTH)
    asked = "q=Ze&sort=size&offices-q=E&offices-sort=-size"
    assert set(first.address.partition("?")[2].split("&")) == set(asked.split("&"))
    path, _, anchor = second.address.partition("#")
    assert (set(path.partition("?")[2].split("&")), anchor) == (set(asked.split("&")), "offices-list")
    assert sorted(second.hidden) == [("offices-sort", "-size"), ("q", "Ze"), ("sort", "size")]
    assert second.all_address == "/members?q=Ze&sort=size#offices-list"
    assert dict(second.exports)["CSV"] == (
        "/members?q=Ze&sort=size&offices-q=E&offices-sort=-size&offices-format=csv"
    )


def test_the_page_of_one_list_stays_while_the_other_is_sorted():
    first, second = beside("/members?offices-page=2")
    assert [row.size for row in second.found] == [1200]
    assert first.headers[1].address == "/members?offices-page=2&sort=since"


def test_a_list_beside_another_says_its_own_faults_and_gives_its_own_file():
    first, second = beside("/members?offices-sort=zebra")
    assert (first.faults, len(second.faults)) == ([], 1)
    first, second = beside("/members?offices-format=csv&offices-q=E")
    assert first.file(None) is None
    assert second.file(None).content.decode("utf-8-sig").split() == ['"Size"', "3"]


def test_rows_may_be_read_late_for_one_page_and_for_all_of_a_file(settings):
    settings.ROWS_A_PAGE = 1
    parts = []

    def read(rows):
        parts.append(len(rows))
        return [row for row in rows if row.size != 3]

    shown = LISTING.view(RequestFactory().get("/members?page=2"), ROWS, read=read)
    assert ([row.size for row in shown.found], parts) == ([1200], [1])
    shown = LISTING.view(RequestFactory().get("/members?format=csv"), ROWS, read=read)
    assert ([row.size for row in shown.every_row()], parts) == ([1200, 7], [1, 3])


def test_an_order_by_what_only_files_have_is_offered_by_its_note():
    from dataclasses import replace

    ranked = replace(LISTING, sort="rank", note="The best first.", columns=(
        Column("rank", "Rank", lambda row: ROWS.index(row), sort=True, only_file=True), *LISTING.columns
    ))  # fmt: skip
    usual, by_name = (ranked.view(RequestFactory().get(f"/m{asked}"), ROWS) for asked in ("", "?sort=name"))
    assert ([row.size for row in usual.found], usual.note, usual.usual) == ([7, 1200, 3], "The best first.", "")
    assert ([row.size for row in by_name.found], by_name.note, by_name.usual) == ([3, 1200, 7], "", "/m")
    assert view("/members?sort=size").usual == ""
