"""The reference of acts and who may do them, as lists made from the declarations."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from onevoice.enact.act import all_acts
from onevoice.enact.reference import roles
from reading import queries, words


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(address).getvalue().decode("utf-8-sig"))))


def test_every_act_has_its_row_and_its_place(db: None, client: Client) -> None:
    page = client.get("/docs/acts")
    assert set(re.findall(r'<span id="([^"]+)">', page.text)) == {act.slug for act in all_acts()}
    assert {row["Name"] for row in rows(client, "/docs/acts?format=csv")} == {act.name for act in all_acts()}


def test_who_may_is_said_for_each_act(db: None, client: Client) -> None:
    found = {row["Name"]: row for row in rows(client, "/docs/permissions?format=csv")}
    for act in all_acts():
        allowed = {str(who.name) for who in act.by}
        assert {name for name, cell in found[act.name].items() if cell == "may"} == allowed
    assert set(next(iter(found.values()))) == {"Act", "Name", *map(str, roles().values())}


def test_each_act_of_the_matrix_leads_to_its_place(db: None, client: Client) -> None:
    page = client.get("/docs/permissions").text
    assert set(re.findall(r'<a class="title" href="/docs/acts#([^"]+)">', page)) == {act.slug for act in all_acts()}


@pytest.mark.parametrize("address", ["/docs/acts", "/docs/permissions"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("who=chair", lambda act: any(who.key == "chair" for who in act.by)),
        ("q=objec", lambda act: any("objec" in part.lower() for part in (str(act.label), str(act.lede), act.name))),
    ],
)
def test_acts_are_found_by_standing_and_by_words(
    db: None, client: Client, address: str, asked: str, found: Any
) -> None:
    names = {row["Name"] for row in rows(client, f"{address}?format=csv&{asked}")}
    assert names and names >= {act.name for act in all_acts() if found(act)}
    assert names < {act.name for act in all_acts()}


def test_acts_on_the_record_can_be_asked_for_alone(db: None, client: Client) -> None:
    for said, formal in (("yes", True), ("no", False)):
        names = {row["Name"] for row in rows(client, f"/docs/acts?format=csv&formal={said}")}
        assert names == {act.name for act in all_acts() if act.formal is formal}


def test_the_order_is_that_of_the_readers_language(db: None, client: Client) -> None:
    labels = [row["Act"] for row in rows(client, "/docs/acts?format=csv&sort=-act")]
    assert labels == sorted(labels, key=str.lower, reverse=True)


def test_both_are_taken_away_as_sheets(db: None, client: Client) -> None:
    for address in ("/docs/acts", "/docs/permissions"):
        sheet = load_workbook(BytesIO(client.get(f"{address}?format=xlsx").content)).active
        assert sheet.max_row == len(all_acts()) + 1


@pytest.mark.parametrize("address", ["/docs/acts", "/docs/permissions"])
@pytest.mark.parametrize("asked", ["?who=nobody", "?sort=none", "?page=2", "?q=%00"])
def test_what_they_do_not_have_is_400(db: None, client: Client, address: str, asked: str) -> None:
    page = client.get(f"{address}{asked}")
    assert (page.status_code, "notice caution" in page.text) == (400, True)


def test_the_address_of_before_leads_to_the_file(db: None, client: Client) -> None:
    answer = client.get("/docs/permissions.csv")
    assert (answer.status_code, answer["Location"]) == (302, "/docs/permissions?format=csv")
    assert client.get("/ar/docs/permissions.csv")["Location"] == "/ar/docs/permissions?format=csv"


def test_in_arabic_the_names_of_programs_stay_as_they_are(db: None, client: Client) -> None:
    page = client.get("/ar/docs/acts")
    assert '<code dir="ltr">meetings.object</code>' in page.text and words(page)


@pytest.mark.parametrize("address", ["/docs/acts", "/docs/permissions"])
def test_the_database_is_not_asked(db: None, client: Client, address: str) -> None:
    assert queries(client, address) == 0
