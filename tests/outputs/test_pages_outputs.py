"""The library, one output, and the feed."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from onevoice.meetings.models import Meeting
from onevoice.outputs.models import Output
from reading import words
from world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def _titles(client: Client, query: str) -> list[str]:
    """The titles of the list, in its order."""
    table = client.get(f"/icat/outputs{query}").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<a class="title"[^>]*>(.*?)</a>', table)


def test_the_library_shows_the_newest_first(icat: World, client: Client) -> None:
    assert _titles(client, "") == [
        "A joint statement", "The Gender Dimensions of Human Trafficking", "A Toolkit for Guidance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=toolkit", ["A Toolkit for Guidance"]),
        ("?year=2017", ["The Gender Dimensions of Human Trafficking", "A Toolkit for Guidance"]),
        ("?language=fr", ["The Gender Dimensions of Human Trafficking"]),
        ("?q=GENDER+trafficking", ["The Gender Dimensions of Human Trafficking"]),
        ("?q=secret", []),
        ("?kind=nonsense&year=2019", ["A joint statement"]),
    ],
)
def test_the_library_filters(icat: World, client: Client, query: str, found: list[str]) -> None:
    assert _titles(client, query) == found


def test_a_date_that_is_only_a_limit_says_so(icat: World, client: Client) -> None:
    assert "by June 2017" in words(client.get("/icat/outputs"))
    assert "Published by June 2017; no finer date was found" in words(client.get("/icat/outputs/toolkit"))


def test_an_output_without_a_title_is_named_by_its_number(icat: World, client: Client) -> None:
    icat.output("issue-brief-1", number=1, title={})
    assert "Issue brief 1 (title not found)" in words(client.get("/icat/outputs"))
    assert "Issue brief 1 (title not found)" in words(client.get("/icat/outputs/issue-brief-1"))


def test_an_output_shows_who_made_and_cleared_it(icat: World, client: Client) -> None:
    said = words(client.get("/icat/outputs/issue-brief-4"))
    assert "Contributors UNHCR UNODC Versions made from it A joint statement" in said
    assert "Read it English example.org/issue-brief-4 French example.org/fr 1 source icat.un.org/about" in said
    assert "Cleared by Principals Made from The Gender Dimensions" in words(client.get("/icat/outputs/statement"))


def test_an_output_is_described_for_machines(icat: World, client: Client) -> None:
    (data,) = re.findall(r'ld\+json">(.*?)</script>', client.get("/icat/outputs/issue-brief-4").content.decode())
    found = json.loads(data)
    assert (found["@type"], found["datePublished"], found["inLanguage"]) == ("CreativeWork", "2017-09", ["en", "fr"])
    assert {each["name"] for each in found["contributor"]} == {
        "Office of the United Nations High Commissioner for Refugees",
        "United Nations Office on Drugs and Crime",
    }


def test_what_is_for_the_group_is_not_found_in_public(icat: World, client: Client) -> None:
    assert client.get("/icat/outputs/secret-draft").status_code == 404
    assert icat.unodc.signs_in(client).get("/icat/outputs/secret-draft").status_code == 200


def test_the_feed_is_there_in_each_language(icat: World, client: Client) -> None:
    Output.objects.filter(slug="issue-brief-4").update(title={"en": "Gender", "fr": "Genre"})
    feed = ET.fromstring(client.get("/fr/icat/outputs.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert (feed.get("{http://www.w3.org/XML/1998/namespace}lang"), titles) == ("fr", ["A joint statement", "Genre"])
    assert client.get("/nowhere/outputs.atom").status_code == 404


def test_the_feed_of_a_member_is_the_public_one(icat: World, client: Client) -> None:
    assert b"Secret" not in icat.unodc.signs_in(client).get("/icat/outputs.atom").content


def test_an_event_shows_the_outputs_of_its_time(icat: World, client: Client) -> None:
    Meeting.objects.create(
        group=icat.group, slug="briefing", kind="briefing", title={"en": "Briefing"}, when_written="2018-06-14",
        zone="Europe/Vienna", visibility="public",
    )  # fmt: skip
    said = words(client.get("/icat/events/briefing"))
    assert ("The Gender Dimensions of Human Trafficking" in said, "A joint statement" in said) == (True, False)
