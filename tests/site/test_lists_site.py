"""The lists of the public pages: groups, and what each is called in six languages."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from onevoice.groups.models import Group
from reading import queries, words
from world import World


def _file(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(address).getvalue().decode("utf-8-sig"))))


def _groups(number: int, **fields: Any) -> None:
    for at in range(number):
        names = {"en": f"Group {at:03}", "fr": f"Équipe {at:03}"}
        Group.objects.create(slug=f"g-{at}", acronym=f"G{at:03}", names=names, seat={"en": "Geneva"}, **fields)


# --- groups --------------------------------------------------------------------------------------------------------
def test_a_demonstration_comes_after_the_groups_and_says_what_it_is(icat: World, client: Client) -> None:
    _groups(1, demonstration=True)
    shown = [row["Acronym"] for row in _file(client, "/?format=csv")]
    assert shown == ["NEIGHBOUR", "ICAT", "G000"]  # by their names
    says = "demonstration: nothing in it was said or decided by the organisations named"
    assert f"Group 000 {says}" in words(client.get("/"))


def test_few_groups_need_no_filter_and_many_have_one(icat: World, client: Client) -> None:
    assert 'name="q"' not in client.get("/").text
    assert [row["Acronym"] for row in _file(client, "/?format=csv&q=icat")] == ["ICAT"]
    _groups(20)
    assert 'name="q"' in client.get("/").text
    assert [row["Acronym"] for row in _file(client, "/?format=csv&q=equipe+003")] == ["G003"]


@pytest.mark.parametrize("asked", ["?sort=zebra", "?page=9", "?q=%00"])
def test_what_the_list_of_groups_does_not_have_is_400(db: None, client: Client, asked: str) -> None:
    page = client.get(f"/{asked}")
    assert (page.status_code, page.text.count('<p class="notice caution">')) == (400, 1)


def test_without_a_group_it_says_so(db: None, client: Client) -> None:
    assert "No group works here yet." in words(client.get("/"))


# --- names ---------------------------------------------------------------------------------------------------------
def test_names_are_ordered_by_any_language_and_found_in_any(icat: World, client: Client) -> None:
    address = "/icat/about/record?names-format=csv"
    first = [row["Which"] for row in _file(client, address)]
    assert first[0] == "ICAT" and {"ILO", "UNODC"} <= set(first)
    french = [row["French"] for row in _file(client, f"{address}&names-sort=fr") if row["French"]]
    assert french == sorted(french, key=str.lower)
    assert [row["Which"] for row in _file(client, f"{address}&names-q=internationale+travail")] == ["ILO"]


def test_the_order_as_the_group_has_it_is_one_click_away(icat: World, client: Client) -> None:
    page = client.get("/icat/about/record?names-sort=en&sort=address").text
    assert '<a href="/icat/about/record?sort=address#names-list">The group and its bodies first.</a>' in page


def test_both_lists_of_the_page_keep_what_was_asked_of_the_other(icat: World, client: Client) -> None:
    page = client.get("/icat/about/record?names-sort=en&sort=address").text
    links = re.findall(r'<a href="([^"]*)">Link to this view</a>', page)
    assert sorted(links) == [
        "/icat/about/record?names-sort=en&amp;sort=address",
        "/icat/about/record?sort=address&amp;names-sort=en#names-list",
    ]


@pytest.mark.parametrize("address", ["/", "/?format=csv", "/icat/about/record?names-format=csv"])
def test_as_many_queries_for_few_as_for_many(icat: World, client: Client, settings: Any, address: str) -> None:
    settings.ROWS_A_PAGE = 2_000
    few = queries(client, address)
    _groups(300)
    for number in range(300):
        icat.member(icat.organisation(f"org-{number}"))
    assert queries(client, address) == few
