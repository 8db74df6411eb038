"""Groups, home, about, about this record, the statements: what they say, and to whom."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from onevoice.mandates.models import Instrument, Paragraph
from onevoice.meetings.models import Meeting, Part, Participation
from onevoice.outputs.models import Output, OutputVersion
from onevoice.parties.models import State
from onevoice.parties.reference import load_states
from reading import queries, words
from world import World, claim, many_organisations

PUBLIC = (
    "/", "/accessibility", "/privacy", "/icat/", "/icat/about", "/icat/about/record", "/icat/record",
    "/icat/members", "/icat/members/unodc", "/icat/mandates", "/icat/mandates/ga-72-195", "/icat/outputs",
    "/icat/outputs/issue-brief-4",
)  # fmt: skip
HIDDEN = re.compile("Secret (draft|of)")


@pytest.mark.parametrize("page", PUBLIC)
@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
def test_a_public_page_answers_in_each_language(
    icat: World, client: Client, page: str, language: str
) -> None:
    answer = client.get(language + page)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert (content.count("<h1"), content.count('rel="canonical"'), content.count('rel="alternate" hreflang')) == (
        1, 1, 7,
    )  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-cache"
    assert HIDDEN.search(content) is None


@pytest.mark.parametrize("page", [page for page in PUBLIC if page.startswith("/icat")])
def test_a_page_of_a_group_that_is_not_there_is_not_found(icat: World, client: Client, page: str) -> None:
    assert client.get(page.replace("icat", "nowhere", 1)).status_code == 404


def test_home_shows_what_is_new_and_who_leads(icat: World, client: Client) -> None:
    said = words(client.get("/icat/"))
    assert "Latest outputs" in said
    assert "Coordinator UNODC Co-chairs OSCE and UN Women" in said
    assert "Where the mandate comes from 20 December 2006 A/RES/61/180 The group is set up under it." in said


def test_home_carries_the_group_for_machines(icat: World, client: Client) -> None:
    (data,) = re.findall(r'ld\+json">(.*?)</script>', client.get("/ar/icat/").content.decode())
    found = json.loads(data)
    assert (found["@type"], found["alternateName"], found["@id"]) == (
        "Organization", "ICAT", "http://testserver/ar/icat/",
    )  # fmt: skip


def test_about_shows_bodies_as_a_tree_and_offices_of_the_day(icat: World, client: Client) -> None:
    said = words(client.get("/icat/about?as-of=2018-07-01"))
    assert "All organisations Principals Working Group" in said
    assert "Coordinator UNODC Chair UNICEF" in said
    assert client.get("/icat/about?as-of=yesterday").status_code == 400


def test_the_home_page_shows_what_held_on_a_day(icat: World, client: Client) -> None:
    said = words(client.get("/icat/?as-of=2018-07-01"))
    assert "As of 1 July 2018: what held at the end of that day in Vienna, as it is known now." in said
    assert "Coordinator UNODC Chair UNICEF" in said
    assert "Organisations 7, as published September 2006" in said
    assert ("The Gender Dimensions of Human Trafficking" in said, "A joint statement" in said) == (
        True,
        False,
    )
    wrong = client.get("/icat/?as-of=yesterday")
    assert (wrong.status_code, "so this page shows today" in words(wrong)) == (400, True)


def test_about_shows_the_mandates_of_the_day(icat: World, client: Client) -> None:
    said = words(client.get("/icat/about?as-of=2016-01-01"))
    assert ("A/RES/61/180" in said, "A/RES/72/195" in said) == (True, False)


def test_about_this_record_counts_what_is_loaded_and_says_what_is_missing(
    icat: World, client: Client
) -> None:
    said = words(client.get("/icat/about/record"))
    assert "9 Organisations that were ever members" in said
    assert "2 Resolutions, drafts and reports" in said
    assert "3 Outputs" in said  # the fourth is for the group
    assert "The full list of 31 members The co-chairs of 2020" in said


def test_disagreements_show_every_claim_with_its_source(icat: World, client: Client) -> None:
    said = words(client.get("/icat/about/record"))
    assert "22 organisations and one partner shown here icat.un.org/about" in said
    assert "24 entities osce.org/cthb/441317" in said


def test_names_say_which_are_official_and_which_were_not_found(icat: World, client: Client) -> None:
    said = words(client.get("/icat/about/record"))
    assert "UNHCR Office of the United Nations High Commissioner for Refugees none found none found" in said
    assert "Organisation internationale du Travail name from a label list" in said


def test_the_names_of_states_say_their_source_and_that_none_is_from_cldr_alone(
    icat: World, client: Client
) -> None:
    page = client.get("/icat/about/record")
    assert 'href="https://unterm.un.org"' in page.text
    assert "there is none in any of the six languages" in words(page)
    load_states()
    marked = [
        each for state in State.objects.all() for each in state.names.values() if isinstance(each, dict)
    ]
    assert marked == []  # else the page has to say which


def test_what_sources_disagree_on_is_called_by_its_title(icat: World, client: Client) -> None:
    brief = icat.group.outputs.get(slug="issue-brief-4")
    claim(brief, "https://example.org/a", "date", "2017-09")
    claim(brief, "https://example.org/b", "date", "2017-10", preferred=False)
    assert "Date (The Gender Dimensions of Human Trafficking)" in words(client.get("/icat/about/record"))


def test_sources_of_what_is_hidden_stay_hidden(icat: World, client: Client) -> None:
    secret = icat.group.outputs.get(slug="secret-draft")
    claim(secret, "https://example.org/secret-source")
    claim(secret, "https://example.org/secret-source", "title", "Secret A")
    claim(secret, "https://example.org/secret-other", "title", "Secret B", preferred=False)
    assert "secret" not in client.get("/icat/about/record").content.decode().lower()
    page = icat.unodc.signs_in(client).get("/icat/about/record")
    assert "https://example.org/secret-source" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-cache"


def test_a_neighbour_finds_nothing_of_the_group(icat: World, client: Client) -> None:
    icat.neighbour.mallory.signs_in(client)  # type: ignore[attr-defined]
    for page in PUBLIC:
        assert HIDDEN.search(client.get(page).content.decode()) is None
    assert client.get("/icat/outputs/secret-draft").status_code == 404


def _grow(icat: World, count: int) -> None:
    organisations, numbers = many_organisations(icat, count, "2019", "2019"), range(count)
    outputs = Output.objects.bulk_create(
        Output(
            group=icat.group,
            slug=f"output-{n}",
            kind="issue brief",
            title={"en": f"On {n}"},
            when_written="2019",
        )
        for n in numbers
    )
    OutputVersion.objects.bulk_create(
        OutputVersion(output=each, language="en", web=f"https://example.org/{each.slug}") for each in outputs
    )
    mandates = Instrument.objects.bulk_create(
        Instrument(
            group=icat.group, slug=f"mandate-{n}", symbol=f"MANDATE-{n}", organ={"en": "General Assembly"},
            title={"en": f"Resolution {n}"}, effect={"en": "It asked."},
        )
        for n in numbers
    )  # fmt: skip
    Paragraph.objects.bulk_create(
        Paragraph(
            instrument=each, number=number, anchor=f"p{number}", text={"en": "It asks."}, order=int(number)
        )
        for each in mandates
        for number in "12"
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(
            group=icat.group, slug=f"meeting-{n}", kind="event", title={"en": f"Meeting {n}"},
            when_written="2019-05", zone="Europe/Vienna", visibility="public",
        )
        for n in numbers
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(meeting=meeting, part=Part.PRESENT, organisation=organisation)
        for meeting, organisation in zip(meetings, organisations, strict=True)
    )


TAKEN = {
    "/": 1, "/icat/": 10, "/icat/about": 7, "/icat/about/record": 13, "/icat/record": 5, "/sitemap.xml": 8,
    "/icat/mandates": 12, "/icat/mandates/ga-72-195": 19, "/icat/outputs": 6, "/icat/outputs/issue-brief-4": 10,
    "/icat/outputs.atom": 2,
}  # fmt: skip


def test_pages_take_the_same_queries_for_few_and_for_many(icat: World, client: Client, settings: Any) -> None:
    settings.ROWS_A_PAGE = 5_000
    assert {page: queries(client, page) for page in TAKEN} == TAKEN
    _grow(icat, 1_000)
    assert {page: queries(client, page) for page in TAKEN} == TAKEN


def test_home_leads_a_member_to_the_desk_and_a_reader_to_the_door(icat: World, client: Client) -> None:
    assert 'href="/ar/accounts/login/"' in client.get("/ar/icat/").content.decode()
    signed_in = icat.unodc.signs_in(client).get("/ar/icat/").content.decode().partition("<main")[2]
    assert 'href="/ar/icat/desk"' in signed_in
