"""The map of all public addresses."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from onevoice.site import sitemap
from world import World

SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ENTRY = re.compile("/record/entries/[0-9]+$")
XHTML = "{http://www.w3.org/1999/xhtml}"


def _addresses(client: Client, address: str = "/sitemap.xml") -> list[str]:
    return [found.text or "" for found in ET.fromstring(client.get(address).content).iter(f"{SITE}loc")]


def test_every_address_of_the_map_answers(icat: World, client: Client) -> None:
    addresses = [address.removeprefix("http://testserver") for address in _addresses(client)]
    asked = [each for each in addresses if "/ar/" in each and not ENTRY.search(each)]
    asked += [each for each in addresses if ENTRY.search(each)][::50]
    assert [each for each in asked if client.get(each).status_code != 200] == []
    assert len(addresses) == len(set(addresses))
    assert {"/icat/", "/ar/icat/", "/zh/icat/outputs/issue-brief-4", "/fr/icat/members/osce"} < set(addresses)


def test_the_map_names_nothing_hidden(icat: World, client: Client) -> None:
    assert [each for each in _addresses(client) if "secret" in each or "icat/members/mallory" in each] == []


def test_each_address_names_its_twins(icat: World, client: Client) -> None:
    first = ET.fromstring(client.get("/sitemap.xml").content)[0]
    assert [link.get("hreflang") for link in first.iter(f"{XHTML}link")] == [
        "ar", "zh-Hans", "en", "fr", "ru", "es", "x-default",
    ]  # fmt: skip


def test_a_large_map_is_an_index_of_parts(icat: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _addresses(client)
    monkeypatch.setattr(sitemap, "PAGES_A_FILE", 20)
    parts: list[Any] = _addresses(client)
    assert len(parts) > 1
    assert [each for part in parts for each in _addresses(client, part.removeprefix("http://testserver"))] == whole
    for wrong in ("0", "99", "x", "١"):
        assert client.get("/sitemap.xml", {"part": wrong}).status_code == 404
