"""The search page: what it says, to whom, and with how many queries."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from world import World


@pytest.fixture
def indexed(icat: World) -> World:
    from onevoice.search.jobs import reindex

    for group in ("icat", "neighbour"):
        reindex(group)
    return icat


def found(client: Client, typed: str, prefix: str = "", **more: str) -> list[str]:
    """The addresses found, in their order."""
    page = client.get(f"{prefix}/icat/search", {"q": typed, **more})
    assert page.status_code == 200
    return re.findall(r'<th scope="row"><a class="title" href="([^"]+)">', page.content.decode())


def in_file(client: Client, typed: str, prefix: str = "", **more: str) -> list[dict[str, str]]:
    """What was found, as the CSV has it."""
    answer = client.get(f"{prefix}/icat/search", {"q": typed, "format": "csv", **more})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_words_are_marked_and_text_is_escaped(indexed: World, client: Client) -> None:
    from onevoice.search.jobs import reindex

    indexed.output("brief-9", title={"en": "<b>Victims</b> & others"})
    reindex("icat")
    page = client.get("/icat/search", {"q": "victim"}).content.decode()
    assert "&lt;b&gt;<mark>Victims</mark>&lt;/b&gt; &amp; others" in page


def test_what_is_typed_is_shown_as_text(indexed: World, client: Client) -> None:
    page = client.get("/icat/search", {"q": "<script>alert(1)</script>"})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_what_is_for_the_group_is_found_by_its_members_alone(indexed: World, client: Client) -> None:
    assert found(client, "secret") == []
    assert found(indexed.unodc.signs_in(Client()), "secret") == ["/icat/outputs/secret-draft"]
    assert found(indexed.neighbour.mallory.signs_in(Client()), "secret") == []  # type: ignore[attr-defined]


def test_mallory_finds_her_own_secret_and_nobody_else_does(indexed: World) -> None:
    mallory = indexed.neighbour.mallory.signs_in(Client())  # type: ignore[attr-defined]
    assert "neighbours-secret" in mallory.get("/neighbour/search", {"q": "secret"}).content.decode()
    stranger = indexed.unodc.signs_in(Client())
    assert "neighbours-secret" not in stranger.get("/neighbour/search", {"q": "secret"}).content.decode()


def test_what_was_closed_since_is_not_shown_though_the_index_is_behind(indexed: World, client: Client) -> None:
    from onevoice.outputs.models import Output

    assert found(client, "toolkit") == ["/icat/outputs/toolkit"]
    Output.objects.filter(slug="toolkit").update(visibility="group")
    assert found(client, "toolkit") == []


def test_a_kind_can_be_chosen(indexed: World, client: Client) -> None:
    assert found(client, "gender", kind="organisation") == ["/icat/members/un-women"]
    assert found(client, "gender", kind="output") == ["/icat/outputs/issue-brief-4"]


def test_another_language_is_told_with_its_direction(indexed: World, client: Client) -> None:
    from onevoice.search.jobs import reindex

    assert '<span class="told">in Arabic</span>' in client.get("/icat/search", {"q": "الجريمة"}).text
    indexed.output("mine", title={"en": "Zebra", "ar": "زيبرا"}, subtitle={"ar": "الحمار الوحشي"})
    reindex("icat")
    page = client.get("/icat/search", {"q": "الوحشي"}).text
    assert re.search('<span lang="ar" dir="rtl">.*</span> <span class="told">in Arabic</span>', page)


def test_where_nothing_holds_all_words_those_with_some_are_shown(indexed: World, client: Client) -> None:
    page = client.get("/icat/search", {"q": "gender zebra"}).content.decode()
    assert "Nothing holds all of these words" in page
    assert "issue-brief-4" in page


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({}, 200, "Any form of a word finds the others"),
        ({"q": "  "}, 200, "Any form of a word finds the others"),
        ({"q": "!?"}, 200, "Nothing was found for"),
        ({"q": "zebra"}, 200, "Nothing was found for"),
        ({"q": "a" * 201}, 413, "What was typed has 201 characters, and 200 can be looked for at once"),
        ({"q": "gen\x00der"}, 400, "holds a character that cannot be read"),
        ({"q": "gender", "kind": "zebra"}, 400, "There is no kind of thing called “zebra” here"),
        ({"q": "gender", "page": "zebra"}, 400, "This list has no page “zebra”, so another page of it is shown."),
        ({"q": "gender", "page": "999"}, 400, "issue-brief-4"),
        ({"q": "gender", "sort": "zebra"}, 400, "This list cannot be sorted by “zebra”"),
        ({"q": "zebra", "sort": "zebra"}, 400, "This list cannot be sorted by “zebra”"),
        ({"q": "zebra", "page": "2"}, 400, "Nothing was found for"),
        ({"q": "'') | !(('':* <-> \\ & "}, 200, "Nothing was found for"),
    ],
)
def test_what_bad_input_gets(indexed: World, client: Client, asked: dict[str, str], status: int, sentence: str) -> None:
    page = client.get("/icat/search", asked)
    assert (page.status_code, sentence in page.content.decode()) == (status, True)


def test_what_was_typed_too_long_is_kept(indexed: World, client: Client) -> None:
    page = client.get("/icat/search", {"q": "b" * 300})
    assert f'value="{"b" * 300}"' in page.content.decode()


def test_a_group_that_is_not_there_has_no_search(db: None, client: Client) -> None:
    assert client.get("/nowhere/search", {"q": "x"}).status_code == 404


@pytest.mark.parametrize("rows", [3, 1000])
def test_queries_are_the_same_for_few_and_many(
    indexed: World, client: Client, rows: int, django_assert_num_queries: object, settings: Any
) -> None:
    from onevoice.outputs.models import Output
    from onevoice.search.jobs import reindex

    Output.objects.bulk_create(
        Output(group=indexed.group, slug=f"zebra-{n}", kind="brief", title={"en": f"Zebra {n}", "ar": f"زيبرا {n}"})
        for n in range(rows)
    )
    reindex("icat")
    settings.ROWS_A_PAGE = 2_000
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert len(found(client, "zebras")) == rows
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert len(in_file(client, "zebras")) == rows
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert len(found(client, "zebras", sort="-title")) == rows


QUERIES = 6  # the clock, the group, the index, the passages, whether they are still open, which words match


def test_pages_follow_each_other(indexed: World, client: Client) -> None:
    from onevoice.outputs.models import Output
    from onevoice.search.jobs import reindex

    Output.objects.bulk_create(
        Output(group=indexed.group, slug=f"zebra-{n}", kind="brief", title={"en": f"Zebra {n}"}) for n in range(45)
    )
    reindex("icat")
    pages = [found(client, "zebra", page=str(number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({address for page in pages for address in page}) == 45


# --- in another order, and taken away ----------------------------------------------------------------------------
@pytest.fixture
def zebras(icat: World) -> World:
    """Three things that hold a word, best first: the one called so, then by how often."""
    from onevoice.search.jobs import reindex

    icat.output("z-1", title={"en": "Zebra"}, when_written="2019")
    icat.output("z-2", title={"en": "Été of a zebra", "fr": "Un été de zèbre"}, when_written="2021-05")
    icat.output("z-3", title={"en": "=Crossings of zebras, and of others who cross"}, when_written="2020-01-02")
    reindex("icat")
    return icat


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "123"), ("rank", "123"), ("-rank", "321"), ("date", "132"), ("-date", "231"), ("title", "321"),
     ("-title", "123")],
)  # fmt: skip
def test_what_was_found_can_be_ordered(zebras: World, client: Client, sort: str, order: str) -> None:
    more = {"sort": sort} if sort else {}
    assert found(client, "zebra", **more) == [f"/icat/outputs/z-{n}" for n in order]
    assert [row["Address"][-1] for row in in_file(client, "zebra", **more)] == list(order)


def test_the_best_matches_come_first_and_are_one_click_from_any_other_order(zebras: World, client: Client) -> None:
    first, by_date = (client.get("/icat/search", {"q": "zebra", **more}).text for more in ({}, {"sort": "date"}))
    assert "<span>The best matches first.</span>" in first
    assert '<a href="/icat/search?q=zebra">The best matches first.</a>' in by_date
    assert '<a href="/icat/search?q=zebra&amp;sort=date">Link to this view</a>' in by_date
    assert '<input type="hidden" name="sort" value="date">' in by_date


def test_files_hold_every_row_in_columns_of_their_own_and_no_formula(zebras: World, client: Client) -> None:
    row = in_file(client, "zebras who cross")[0]
    assert row == {
        "Rank": "1",
        "Title": "'=Crossings of zebras, and of others who cross",
        "Text": "Issue brief",
        "Kind": "Output",
        "Date": "2020-01-02",
        "Address": "http://testserver/icat/outputs/z-3",
    }
    sheet = load_workbook(BytesIO(client.get("/icat/search?q=zebra&format=xlsx").content)).active
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows()][:2] == [["Rank", "Title"], [1, "Zebra"]]


def test_a_file_is_for_who_may_see_it(indexed: World, client: Client) -> None:
    assert in_file(client, "secret") == []
    assert [row["Title"] for row in in_file(indexed.unodc.signs_in(Client()), "secret")] == ["Secret draft of ICAT"]
    assert in_file(indexed.neighbour.mallory.signs_in(Client()), "secret") == []  # type: ignore[attr-defined]


def test_what_was_closed_since_is_not_in_the_file(indexed: World, client: Client) -> None:
    from onevoice.outputs.models import Output

    Output.objects.filter(slug="toolkit").update(visibility="group")
    assert in_file(client, "toolkit") == []


@pytest.mark.parametrize("asked", [{"q": "a" * 201}, {"q": "a\x00"}, {"q": ""}, {"q": "gender", "kind": "zebra"}])
def test_what_was_not_looked_for_is_no_file(indexed: World, client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/icat/search", {**asked, "format": "csv"})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
