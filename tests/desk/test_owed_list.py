"""What an organisation owes, as a list: in what order, by which words and days, on the page and in files."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from onevoice.enact.owed import Owed
from reading import queries, words


def one(title: str, deadline: datetime | None, kind: str = "A text to answer.", **more: Any) -> Owed:
    return Owed(
        kind=kind, title={"en": title} | more, address=f"/icat/things/{title.lower()}", label="Read it",
        deadline=deadline, zone="Europe/Vienna", subject=f"things.thing:icat/{title}",
    )  # fmt: skip


THINGS = [
    one("Zebra", datetime(2049, 3, 1, 12, tzinfo=UTC), fr="Zèbre"),
    one("=Alone", None, "A membership to confirm."),
    one("Earth", datetime(2049, 2, 28, 23, 30, tzinfo=UTC)),  # the first of March in Vienna
    one("école", datetime(2049, 1, 1, 12, tzinfo=UTC)),
]


@pytest.fixture
def owing(icat: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """UNICEF owes these things and nothing else; MALLORY's organisation, elsewhere, owes its own."""
    from onevoice.enact import owed

    def of(things: list[Owed]) -> Any:
        monkeypatch.setattr(owed, "_owes", [lambda viewer, actor, *, now: things])
        return icat.unicef.signs_in(Client())

    return of


def titles(client: Client, asked: str = "") -> list[str]:
    page = client.get(f"/icat/desk{asked}")
    return re.findall(r'<th scope="row"><a class="title" href="[^"]*">([^<]*)</a>', page.text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["école", "Earth", "Zebra", "=Alone"]),
        ("?sort=-deadline", ["Zebra", "Earth", "école", "=Alone"]),
        ("?sort=title", ["=Alone", "Earth", "école", "Zebra"]),
        ("?sort=kind", ["=Alone", "école", "Earth", "Zebra"]),
        ("?q=z%C3%A8bre", ["Zebra"]),
        ("?q=membership", ["=Alone"]),
        ("?until=2049-02-28", ["école"]),
        ("?until=2049-03-01&sort=-title", ["Zebra", "école", "Earth"]),
        ("?q=zebra&until=2049-01-31", []),
    ],
)
def test_the_nearest_deadline_comes_first_and_any_other_order_has_its_address(
    owing: Any, asked: str, found: list[str]
) -> None:
    assert titles(owing(THINGS), asked) == found


def test_what_comes_next_is_the_one_solid_button_however_the_list_is_ordered(owing: Any) -> None:
    page = owing(THINGS).get("/icat/desk?sort=-title").text
    main = page.partition("<main")[2]
    assert re.findall(r'<a class="button" href="([^"]*)"', main) == ["/icat/things/école"]
    assert main.count('<a class="button second"') == 3


def test_the_desk_says_how_many_things_and_in_which_order(owing: Any) -> None:
    client = owing(THINGS)
    said = words(client.get("/icat/desk"))
    assert "4 things. " in said and "What is owed: 1 to 4 of 4 The nearest deadline first." in said
    assert "The nearest deadline first." not in words(client.get("/icat/desk?sort=title"))


def test_a_desk_without_duties_says_so_and_offers_no_filter(owing: Any) -> None:
    page = owing([]).get("/icat/desk")
    assert ("Nothing is owed today." in words(page), 'role="search"' in page.text) == (True, False)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("?sort=zebra", "This list cannot be sorted by “zebra”, so it stands in its usual order."),
        ("?page=7", "This list has no page “7”, so another page of it is shown."),
        ("?until=soon", "Write the date as 2026-12-31."),
        ("?q=%00", "This text holds a character that no text can hold"),
    ],
)
@pytest.mark.parametrize("things", [THINGS, []])
def test_what_the_list_does_not_have_is_said(owing: Any, asked: str, sentence: str, things: list[Owed]) -> None:
    page = owing(things).get(f"/icat/desk{asked}")
    assert (page.status_code, sentence in words(page)) == (400, True)


def test_the_files_hold_the_same_rows_in_utc_and_no_formula(owing: Any) -> None:
    client = owing(THINGS)
    answer = client.get("/icat/desk?format=csv&sort=title")
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[1] == {
        "Deadline": "2049-02-28T23:30:00Z",
        "Time zone": "Europe/Vienna",
        "Of what": "Earth",
        "Kind": "A text to answer.",
        "To do": "Read it",
        "Address": "http://testserver/icat/things/earth",
    }
    assert [row["Of what"] for row in rows] == ["'=Alone", "Earth", "école", "Zebra"]
    sheet = load_workbook(BytesIO(client.get("/icat/desk?format=xlsx&sort=title").content)).active
    assert [cell.value for cell in sheet["C"]] == ["Of what", "'=Alone", "Earth", "école", "Zebra"]


def test_to_take_the_list_away_is_no_visit(owing: Any) -> None:
    from onevoice.enact.models import Visit

    client = owing(THINGS)
    client.get("/icat/desk?format=csv")
    assert not Visit.objects.exists()


def test_nobody_takes_the_list_of_a_group_in_which_they_do_not_act(icat: Any) -> None:
    address = "/icat/desk?format=csv"
    assert Client().get(address).status_code == 302
    assert icat.neighbour.mallory.signs_in(Client()).get(address).status_code == 403


@pytest.mark.parametrize("asked", ["", "?format=csv", "?sort=-title"])
def test_as_many_queries_for_few_as_for_many(owing: Any, settings: Any, asked: str) -> None:
    settings.ROWS_A_PAGE = 2_000
    few = owing(THINGS[:3])
    few.get("/icat/desk")  # the first visit is noted
    taken = queries(few, f"/icat/desk{asked}")
    many = owing([one(f"Thing {n}", datetime(2049, 1, 1, tzinfo=UTC)) for n in range(1_000)])
    assert queries(many, f"/icat/desk{asked}") == taken == (TAKEN["file"] if "format" in asked else TAKEN["page"])


TAKEN = {"page": 11, "file": 8}
