"""The search page: what it says, to whom, and with how many queries."""

import re

import pytest
from django.test import Client

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
    _, _, results = page.content.decode().partition('<ol class="outputs"')
    return re.findall(r'<li><a href="([^"]+)">', results.partition("</ol>")[0])


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
    page = client.get("/icat/search", {"q": "الجريمة"}).content.decode()
    assert '<p lang="ar" dir="rtl">' in page or "in Arabic" in page


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
        ({"q": "gender", "page": "zebra"}, 200, "issue-brief-4"),
        ({"q": "gender", "page": "999"}, 200, "issue-brief-4"),
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
    indexed: World, client: Client, rows: int, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onevoice.outputs.models import Output
    from onevoice.search import finding
    from onevoice.search.jobs import reindex

    Output.objects.bulk_create(
        Output(group=indexed.group, slug=f"zebra-{n}", kind="brief", title={"en": f"Zebra {n}", "ar": f"زيبرا {n}"})
        for n in range(rows)
    )
    reindex("icat")
    monkeypatch.setattr(finding, "A_PAGE", 2000)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert len(found(client, "zebras")) == rows


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
