"""The register and the proposals as lists: in the order of each language, by words in six, however many there are."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from meetings.reading import queries
from onevoice.decisions.models import Decision, Proposal
from onevoice.languages.collation import in_order
from onevoice.languages.names import CODES
from onevoice.look.derived import derive, derive_anew, derive_where_old
from today import YEAR

TITLES: dict[str, dict[str, Any]] = {
    "shanghai": {"en": "Zebra", "zh": "上海声明", "fr": "Zèbre"},
    "beijing": {"en": "apple 12", "zh": "北京声明", "fr": {"text": "École", "basis": "label"}},
    "safety": {"en": "Apple 2", "zh": "安全", "ar": "القرار الثاني"},
    "only-spanish": {"es": "ñandú"},
    "nube": {"en": "nube"},
    "russian": {"en": "Éclair", "ru": "Решение о плане", "ar": "قَرار"},
}


def decide(icat: Any, slug: str, title: dict[str, Any], **more: Any) -> Decision:
    fields = {"adopted_written": "2020", "visibility": "public", "body": icat.members} | more
    return Decision.objects.create(group=icat.group, slug=slug, title=title, **fields)


@pytest.fixture
def titled(icat: Any) -> list[Decision]:
    """Decisions whose titles are in one language or in several."""
    return [decide(icat, slug, title) for slug, title in TITLES.items()]


def slugs(client: Client, query: str, language: str = "en") -> list[str]:
    before = "" if language == "en" else f"/{language}"
    page = client.get(f"{before}/icat/decisions{query}").content.decode()
    return re.findall(r'class="title" href="[^"]*/icat/decisions/([^"]+)"', page)


def many(icat: Any, count: int, **more: Any) -> None:
    """That many more decisions, as an import adds them: every second for the group alone."""
    rows = [
        Decision(
            group=icat.group, body=icat.members, slug=f"many-{n}", number="", title={"en": f"Point {n} of {count}"},
            adopted_written=f"{2000 + n % 20}-01-{1 + n % 28:02}", **{"visibility": ("public", "group")[n % 2]} | more,
        )
        for n in range(count)
    ]  # fmt: skip
    derive(rows)
    Decision.objects.bulk_create(rows, batch_size=1000)


# --- order -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", CODES)
def test_titles_stand_in_the_order_of_the_language_by_what_is_shown(
    titled: Any, client: Client, language: str
) -> None:
    def shown(decision: Decision) -> str:
        said = decision.title.get(language) or decision.title.get("en") or next(iter(decision.title.values()))
        return said if isinstance(said, str) else str(said["text"])

    wanted = [decision.slug for decision in in_order(titled, shown, language)]
    assert slugs(client, "?sort=title", language) == wanted
    assert slugs(client, "?sort=-title", language) == wanted[::-1]


def test_what_this_order_is(titled: Any, client: Client) -> None:
    assert slugs(client, "?sort=title") == [
        "safety",
        "beijing",
        "russian",
        "only-spanish",
        "nube",
        "shanghai",
    ]
    assert slugs(client, "?sort=title", "zh")[:3] == ["safety", "beijing", "shanghai"]
    assert slugs(client, "?sort=title", "es")[-3:] == ["nube", "only-spanish", "shanghai"]


def test_numbers_stand_by_their_size_and_none_last(icat: Any, client: Client) -> None:
    for slug, number in (("ten", "2026/10"), ("none", ""), ("two", "2026/2")):
        decide(icat, slug, {"en": slug}, number=number)
    assert slugs(client, "?sort=number") == ["two", "ten", "none"]
    assert slugs(client, "?sort=-number") == ["ten", "two", "none"]


def test_the_head_says_the_direction_and_links_to_the_other(titled: Any, client: Client) -> None:
    page = client.get("/icat/decisions?sort=title").content.decode()
    assert (
        '<th scope="col" aria-sort="ascending"><a href="/icat/decisions?sort=-title">Decision</a></th>'
        in page
    )
    assert '<a href="/icat/decisions?sort=title">Link to this view</a>' in page


def test_only_the_lists_own_order_is_said(titled: Any, client: Client) -> None:
    said = [
        "The newest first" in client.get(f"/icat/decisions{sort}").content.decode()
        for sort in ("", "?sort=-date", "?sort=title", "?sort=date")
    ]
    assert said == [True, True, False, False]


def test_a_file_has_the_order_of_its_page(titled: Any, client: Client) -> None:
    for sort in ("title", "-title"):
        content = client.get(f"/zh/icat/decisions?sort={sort}&format=csv").getvalue().decode("utf-8-sig")
        titles = [row[2] for row in csv.reader(StringIO(content))][1:]
        assert titles == [
            TITLES[slug].get("zh") or TITLES[slug].get("en") or TITLES[slug]["es"]
            for slug in slugs(client, f"?sort={sort}", "zh")
        ]


# --- kept as the content is ------------------------------------------------------------------------------------------
def test_a_change_of_content_is_followed_at_once(titled: Any, client: Client) -> None:
    Decision.objects.filter(slug="shanghai").update(title={"en": "Aardvark"})
    assert (slugs(client, "?sort=title")[0], slugs(client, "?q=aardvark")) == ("shanghai", ["shanghai"])
    nube = Decision.objects.get(slug="nube")
    nube.title = {"en": "Aaa"}
    nube.save(update_fields=["title"])
    assert (slugs(client, "?sort=title")[0], slugs(client, "?q=nube")) == ("nube", [])
    short = Decision.objects.defer("title_key_en", "words").get(slug="safety")
    short.title = {"en": "AAAA"}
    short.save()
    assert (slugs(client, "?sort=title")[1], slugs(client, "?q=AAAA")) == ("safety", ["safety"])
    russian = Decision.objects.get(slug="russian")
    russian.title = {"en": "Abacus"}
    Decision.objects.bulk_update([russian], ["title"])
    assert (slugs(client, "?sort=title")[3], slugs(client, "?q=abacus")) == ("russian", ["russian"])


def test_rows_added_together_are_found_and_ordered(icat: Any, client: Client) -> None:
    rows = [
        Decision(group=icat.group, body=icat.members, slug=word, title={"en": word}, adopted_written="2020",
                 visibility="public")
        for word in ("zulu", "alpha")
    ]  # fmt: skip
    Decision.objects.bulk_create(rows)
    assert (slugs(client, "?sort=title"), slugs(client, "?q=zulu")) == (["alpha", "zulu"], ["zulu"])


def test_what_another_program_wrote_is_made_anew(titled: Any, client: Client) -> None:
    Decision._base_manager.filter(slug="shanghai").update(title={"en": "Aardvark"})
    assert slugs(client, "?sort=title")[-1] == "shanghai"
    assert (derive_anew(Decision), derive_anew(Decision)) == (1, 0)
    assert (slugs(client, "?sort=title")[0], slugs(client, "?q=aardvark")) == ("shanghai", ["shanghai"])


def test_keys_of_another_version_are_made_anew_by_the_owner(fresh_icat: Any, monkeypatch: Any) -> None:
    from onevoice.look import derived

    icat = fresh_icat
    assert derive_where_old() == 0  # nothing there yet, and from now on noted
    many(icat, 5)
    Decision._base_manager.update(title_key_en=b"x")
    assert derive_where_old() == 0
    monkeypatch.setattr(derived, "MADE_BY", "ICU of tomorrow")
    assert (derive_where_old(), derive_where_old()) == (5, 0)
    assert derive_anew(Decision) == 0


# --- words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ecole", {"beijing"}),
        ("ÉCOLE", {"beijing"}),
        ("zebr", {"shanghai"}),
        ("声明", {"shanghai", "beijing"}),
        ("海声", {"shanghai"}),
        ("声海", set()),
        ("京", {"beijing"}),
        ("قرار", {"safety", "russian"}),  # with the article, and with signs
        ("القَرار", {"safety", "russian"}),
        ("والقرار", {"safety", "russian"}),
        ("решени", {"russian"}),
        ("РЕШЕНИЕ плане", {"russian"}),
        ("nandu", {"only-spanish"}),
        ("apple 12", {"beijing"}),
        ("label", set()),  # a basis is not said
        ("...", set()),
    ],
)
def test_words_are_found_in_six_languages(titled: Any, client: Client, typed: str, found: set[str]) -> None:
    assert set(slugs(client, f"?q={typed}")) == found


def test_words_of_the_text_and_its_number_are_found(icat: Any, client: Client) -> None:
    decide(
        icat, "a", {"en": "A"}, number="ICAT/2026/7",
        text=[{"id": "p1", "text": {"en": "On the co-chairs"}, "margin": {"fr": "Les coprésidents"}}],
    )  # fmt: skip
    for typed in ("co-chair", "cochairs", "coprésid", "2026/7", "ICAT/2026/7", "on chairs"):
        assert slugs(client, f"?q={typed}") == ["a"], typed
    for typed in ("p1", "hairs", "2025/7"):
        assert slugs(client, f"?q={typed}") == [], typed


# --- however many ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["", "?sort=title", "?sort=-title", "?sort=number", "?q=point"])
def test_a_page_takes_as_many_queries_with_1000_rows_as_with_3(icat: Any, client: Client, query: str) -> None:
    many(icat, 3)
    address = f"/icat/decisions{query}"
    client.get(address)
    few = queries(lambda: client.get(address))
    Decision.objects.all().delete()
    many(icat, 1000)
    assert queries(lambda: client.get(address)) == few
    assert queries(lambda: client.get(f"{address}{'&' if query else '?'}page=9")) == few


@pytest.mark.parametrize("sort", ["title", "-title", "date", "-date", "number", "-number", "body"])
def test_every_row_stands_on_one_page(icat: Any, client: Client, settings: Any, sort: str) -> None:
    settings.ROWS_A_PAGE = 7
    many(icat, 60)
    pages = [slugs(client, f"?sort={sort}&page={n}") for n in range(1, 6)]
    content = client.get(f"/icat/decisions?sort={sort}&format=csv").getvalue().decode("utf-8-sig")
    titles = [row[2] for row in csv.reader(StringIO(content))][1:]
    by_title = {f"Point {n} of 60": f"many-{n}" for n in range(60)}
    assert [len(page) for page in pages] == [7, 7, 7, 7, 2]
    assert [slug for page in pages for slug in page] == [by_title[title] for title in titles]


def test_a_long_list_is_sent_as_it_is_made(icat: Any, client: Client) -> None:
    many(icat, 2100, visibility="public")
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/fr/icat/decisions?format={kind}&sort=title")
        assert answer.streaming
        content = answer.getvalue()
        if kind == "csv":
            rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
            assert (len(rows), rows[1][2], rows[-1][2]) == (2101, "Point 0 of 2100", "Point 2099 of 2100")
        else:
            from io import BytesIO

            from openpyxl import load_workbook

            sheet = load_workbook(BytesIO(content), read_only=True).worksheets[0]
            assert [row[2] for row in sheet.iter_rows(values_only=True)] == [row[2] for row in rows]


def plan(owner: Any, rows: Any) -> str:
    """How the database would answer, with what it knows of the table."""
    with owner.cursor() as cursor:
        cursor.execute("ANALYZE decisions_decision")
    return rows.explain()


def test_a_large_table_is_filtered_and_ordered_by_its_indexes(fresh_icat: Any, owner_connection: Any) -> None:
    from onevoice.decisions.register import REGISTER

    icat = fresh_icat
    many(icat, 5000)
    decide(icat, "zebra", {"en": "Zebra", "zh": "上海声明"})
    rows = Decision.objects.filter(group=icat.group)
    words = REGISTER.filters[0].apply
    with connection.cursor() as cursor:
        # So few rows that a planner would rather read all of the group's, and sort them.
        cursor.execute("SET enable_seqscan = off; SET enable_sort = off")
    for typed in ("zebra", "上海", "zèbr"):
        how = plan(owner_connection, words(rows, typed).order_by())
        assert "Bitmap Index Scan on decision_words" in how, how
    public = rows.filter(visibility="public")
    for code in CODES:
        for sign, backward in (("", ""), ("-", " Backward")):
            deep = public.order_by(f"{sign}title_key_{code}", f"{sign}pk").values("pk")[2000:2050]
            how = plan(owner_connection, deep)
            assert f"Index Only Scan{backward} using decision_title_{code}" in how, how


# --- proposals -------------------------------------------------------------------------------------------------------
def test_proposals_are_ordered_by_title_number_and_the_word_of_their_state(room: Any, client: Client) -> None:
    for title in ("Zebra", "apple"):
        room.proposes(title=title)
    Proposal.objects.filter(title__en="apple").update(state="withdrawn")
    member = room.icat.ilo.signs_in(client)

    def shown(query: str) -> list[str]:
        page = member.get(f"/icat/proposals{query}").content.decode()
        return re.findall(rf'class="title" href="/icat/proposals/p-{YEAR}-(\d+)"', page)

    assert shown("?sort=title") == ["2", "1"]
    assert shown("?sort=-title") == ["1", "2"]
    assert shown("?sort=number") == ["1", "2"]
    assert shown("?sort=state") == ["1", "2"]  # Tabled, Withdrawn
    assert shown("?q=ZEBR") == ["1"]
