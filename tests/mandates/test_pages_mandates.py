"""Mandates with what answers them, and one with its paragraphs."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from onevoice.decisions.models import Decision
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.meetings.models import Meeting
from reading import words
from world import World


def _briefing(icat: World, visibility: str = "public") -> Meeting:
    meeting = Meeting.objects.create(
        group=icat.group, slug=f"briefing-{visibility}", kind="briefing", title={"en": f"Briefing ({visibility})"},
        when_written="2018-06-14", zone="Europe/Vienna", visibility=visibility,
    )  # fmt: skip
    meeting.answers.add(Instrument.objects.get(slug="ga-72-195"))
    return meeting


def test_a_mandate_shows_the_meetings_and_decisions_that_answer_it(icat: World, client: Client) -> None:
    _briefing(icat)
    decision = Decision.objects.create(
        group=icat.group, body=icat.bodies["principals"], slug="ten", title={"en": "Ten decisions"},
        adopted_written="2018-05-02", visibility="public",
    )  # fmt: skip
    decision.answers.add(Instrument.objects.get(slug="ga-72-195"))
    said = words(client.get("/icat/mandates/ga-72-195"))
    assert "2 May 2018 Ten decisions Decision 14 June 2018 Briefing (public) Event" in said
    assert "Briefing (public) Event 14 June 2018" in words(client.get("/icat/mandates"))


def test_what_is_for_the_group_does_not_answer_in_public(icat: World, client: Client) -> None:
    _briefing(icat, "group")
    assert "Nothing on the public record answers it yet." in words(client.get("/icat/mandates/ga-72-195"))
    assert "Briefing (group)" in words(icat.unodc.signs_in(client).get("/icat/mandates/ga-72-195"))


def test_each_paragraph_has_an_address(icat: World, client: Client) -> None:
    mandate = Instrument.objects.get(slug="ga-72-195")
    Paragraph.objects.create(instrument=mandate, number="12 bis", text={"en": "Also invites."}, order=12)
    content = client.get("/icat/mandates/ga-72-195").content.decode()
    assert [each in content for each in ('id="p1"', 'href="#p1"', 'id="p12-bis"')] == [True, True, True]


def test_a_mandate_names_its_family(icat: World, client: Client) -> None:
    resolution = Instrument.objects.get(slug="ga-72-195")
    icat.instrument("draft", symbol="A/C.3/72/L.1", kind="draft", leads_to=resolution)
    icat.instrument("report", symbol="A/73/1", kind="report").responds_to.add(resolution)
    said = words(client.get("/icat/mandates/ga-72-195"))
    assert ("Drafts A/C.3/72/L.1" in said, "Reports on it A/73/1" in said) == (True, True)
    assert "Led to A/RES/72/195" in words(client.get("/icat/mandates/draft"))
    assert "Responds to A/RES/72/195" in words(client.get("/icat/mandates/report"))


def test_the_newest_stands_first_and_a_session_counts_as_its_year(icat: World, client: Client) -> None:
    icat.instrument("ga-70-179", symbol="A/RES/70/179", session=70)
    rows = csv.DictReader(StringIO(client.get("/icat/mandates?format=csv").getvalue().decode("utf-8-sig")))
    assert [row["Symbol"] for row in rows] == ["A/RES/72/195", "A/RES/70/179", "A/RES/61/180"]


def test_mandates_drafts_and_reports_are_counted_apart_as_the_rows_are(icat: World, client: Client) -> None:
    for slug, kind in (("draft", "draft"), ("report", "report"), ("another-report", "report")):
        icat.instrument(slug, kind=kind)
    page = client.get("/icat/mandates")
    said = words(page)
    assert (
        "All: 5 2 resolutions and decisions 1 draft 2 reports of the Secretary-General" in said
        and "Resolutions, drafts and reports: 1 to 5 of 5" in said
    )
    for kind, count in (("mandate", 2), ("draft", 1), ("report", 2)):
        assert f'href="?kind={kind}"' in page.content.decode()
        said = words(client.get(f"/icat/mandates?kind={kind}"))
        assert f"Resolutions, drafts and reports: 1 to {count} of {count}" in said


def test_only_the_secretariat_is_offered_to_enter_a_mandate(icat: World, client: Client) -> None:
    offered = {
        who: "Enter a mandate" in words(getattr(icat, who).signs_in(Client()).get("/icat/mandates"))
        for who in ("unodc", "osce", "unicef")
    }
    assert offered == {"unodc": True, "osce": False, "unicef": False}
    assert "Enter a mandate" not in words(client.get("/icat/mandates"))


def test_a_mandate_of_another_group_is_not_found(icat: World, client: Client) -> None:
    for address in ("/neighbour/mandates/ga-72-195", "/icat/mandates/nothing", "/nowhere/mandates"):
        assert client.get(address).status_code == 404


# --- as of a day ------------------------------------------------------------------------------------------------
def test_the_list_shows_what_was_there_at_the_end_of_a_day_and_says_so(icat: World, client: Client) -> None:
    _briefing(icat)
    said = words(client.get("/icat/mandates?as-of=2018-01-31"))
    assert "As of 31 January 2018: what held at the end of that day in Vienna, as it is known now." in said
    assert "All: 2" in said and "Briefing (public)" not in said
    said = words(client.get("/icat/mandates?as-of=2016-12-31"))
    assert ("All: 1" in said, "A/RES/61/180" in said, "A/RES/72/195" in said) == (True, True, False)
    page = client.get("/icat/mandates?as-of=2018-06-14")
    assert "Briefing (public)" in words(page)
    assert 'href="?kind=mandate&amp;as-of=2018-06-14"' in page.content.decode()
    rows = csv.DictReader(
        StringIO(client.get("/icat/mandates?format=csv&as-of=2016-12-31").getvalue().decode("utf-8-sig"))
    )
    assert [row["Symbol"] for row in rows] == ["A/RES/61/180"]


def test_a_mandate_shows_what_answered_it_by_the_day(icat: World, client: Client) -> None:
    meeting = _briefing(icat)
    meeting.answered_paragraphs.add(Paragraph.objects.get(instrument__slug="ga-72-195", number="1"))
    icat.instrument("report", symbol="A/73/1", kind="report", when_written="2018-07-17").responds_to.add(
        Instrument.objects.get(slug="ga-72-195")
    )
    then = words(client.get("/icat/mandates/ga-72-195?as-of=2018-06-13"))
    assert "As of 13 June 2018: what held at the end of that day in Vienna" in then
    assert ("Briefing (public)" in then, "A/73/1" in then) == (False, False)
    assert "2 are not answered on the public record yet." in then
    later = words(client.get("/icat/mandates/ga-72-195?as-of=2018-06-14"))
    assert ("Briefing (public)" in later, "A/73/1" in later) == (True, False)
    assert "1 is not answered on the public record yet." in later
    assert "On that day it was still to come." in words(
        client.get("/icat/mandates/ga-72-195?as-of=2016-01-01")
    )


def test_what_has_a_session_and_no_date_is_placed_by_it_on_every_page(icat: World, client: Client) -> None:
    icat.instrument("ga-70-179", symbol="A/RES/70/179", session=70, effect={"en": "It asks again."})
    for page in ("/icat/mandates", "/icat/about", "/icat/"):
        shown = [
            "A/RES/70/179" in words(client.get(f"{page}?as-of={day}")) for day in ("2014-06-01", "2015-10-01")
        ]
        assert (page, shown) == (page, [False, True])
    said = words(client.get("/icat/mandates/ga-70-179?as-of=2014-06-01"))
    assert "On that day it was still to come." in said


PERHAPS = "Its date is not known to the day. On that day it was there already, or still to come."


@pytest.mark.parametrize(
    ("dated", "before", "within", "after"),
    [
        ({"session": 70}, "2015-08-31", ("2015-09-01", "2016-09-29"), "2016-09-30"),
        ({"when_written": "2015"}, "2014-12-31", ("2015-01-01", "2015-12-30"), "2015-12-31"),
        (
            {"when_written": "2015-12", "session": 70},
            "2015-11-30",
            ("2015-12-01", "2015-12-30"),
            "2015-12-31",
        ),
    ],
)
def test_within_the_time_that_its_date_allows_a_mandate_is_perhaps_there(
    icat: World, client: Client, dated: dict[str, Any], before: str, within: tuple[str, str], after: str
) -> None:
    icat.instrument("ga-70-179", symbol="A/RES/70/179", effect={"en": "It asks again."}, **dated)
    page, lists = "/icat/mandates/ga-70-179", ("/icat/mandates", "/icat/about", "/icat/")
    assert "On that day it was still to come." in words(client.get(f"{page}?as-of={before}"))
    for day in within:
        assert PERHAPS in words(client.get(f"{page}?as-of={day}"))
        for address in lists:
            assert words(client.get(f"{address}?as-of={day}")).count("perhaps") == 1, address
        assert _on_the_day(client, day)["A/RES/70/179"] == "perhaps"
    for asked in (f"?as-of={after}", ""):
        said = words(client.get(page + asked))
        assert (PERHAPS in said, "still to come" in said) == (False, False)
        for address in lists:
            assert "perhaps" not in words(client.get(address + asked)), address
    assert _on_the_day(client, after)["A/RES/70/179"] == "yes"


def _on_the_day(client: Client, day: str) -> dict[str, str]:
    """What the file of the list says of each mandate on a day, by its symbol."""
    content = client.get(f"/icat/mandates?format=csv&as-of={day}").getvalue().decode("utf-8-sig")
    return {row["Symbol"]: row["On this day"] for row in csv.DictReader(StringIO(content))}


@pytest.mark.parametrize("page", ["/icat/mandates", "/icat/mandates/ga-72-195"])
@pytest.mark.parametrize("wrong", ["nonsense", "2019", "2019-02-30", "\x00"])
def test_a_wrong_day_is_a_sentence_and_the_page_of_today(
    icat: World, client: Client, page: str, wrong: str
) -> None:
    answer = client.get(page, {"as-of": wrong})
    assert answer.status_code == 400
    assert words(answer).count("is not a day, so this page shows today. Write the day as 2019-06-01.") == 1
    assert "A/RES/72/195" in words(answer)
