"""What would happen under rules, before anything is sent: a page that changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meetings.reading import main_of, queries

SHIPPED = "/docs/rules/icat-working-group/simulation"
OWN = "/icat/rules/principals/own/simulation"
START = "day=2026-12-07&at=10:00&number=3&unit=working_days&calendar=vienna&members=5"


@pytest.fixture
def ruled(icat: Any) -> Any:
    from onevoice.decisions.acts.rules import AdoptRules
    from silence import rules_of_three_days

    icat.unodc.does(AdoptRules, icat.bodies["principals"], own=rules_of_three_days())
    return icat


def words(page: Any) -> str:
    import re

    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_timeline_and_the_endings_are_shown(icat: Any, client: Client) -> None:
    text = main_of(client.get(f"{SHIPPED}?{START}"))
    for fact in (
        "10 December 2026, 17:00:00 in Vienna The clock ends. What arrives at this very instant is late.",
        "10 December 2026, 16:59:59 in Vienna Last moment to object.",
        "A reminder goes out. Those who have not acted 5 members",
        "If nobody objects It is adopted. The record then says: adopted.",
        "If one objects at the last moment and nothing else happens An objection stands, and the clock stands still.",
    ):
        assert fact in text, fact


def test_without_a_word_it_supposes_what_is_usual(icat: Any, client: Client) -> None:
    assert "If nobody objects It is adopted." in main_of(client.get(SHIPPED))
    assert "If nobody objects It is adopted." in main_of(client.get("/docs/rules/osce-meeting/simulation"))


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        (f"{START}&number=1", 422, "The clock would be shorter than the rules allow."),
        (f"{START}&calendar=nairobi", 422, "The calendar has no whole list of holidays for this time."),
        (f"{START}&until_day=2026-12-12&until_time=17:00", 422, "The clock would end on a day off"),
        (f"{START}&until_day=2026-12-12", 400, "Give the day and the time, both."),
        ("day=soon&at=10:00", 400, "Suppose something else"),
        (f"{START}&members=900", 400, "60"),
        (f"{START}&zone=Mars/Olympus", 400, "Suppose something else"),
        (f"{START}&day=2026-03-29&at=02:30", 400, "Suppose something else"),
        (f"{START}&day=0001-01-01", 400, "Give a year from 2000 to 2100."),
        (f"{START}&number=%00&unit=years", 400, "Suppose something else"),
    ],
)
def test_what_cannot_be_supposed_is_said(
    icat: Any, client: Client, given: str, status: int, says: str
) -> None:
    page = client.get(f"{SHIPPED}?{given}")
    assert (page.status_code, says in words(page)) == (status, True), words(page)


def test_rules_that_leave_open_what_they_need_say_so(icat: Any, client: Client) -> None:
    text = main_of(client.get("/docs/rules/unga/simulation"))
    assert (
        "Nothing can start under these rules while they leave this open: whether other wording is an objection"
        in text
    )
    assert client.get("/docs/rules/none/simulation").status_code == 404


def test_a_bodys_own_members_are_the_roster_and_nothing_is_changed(ruled: Any, client: Client) -> None:
    from onevoice.decisions.models import Procedure, Received
    from onevoice.notices.models import Letter

    assert client.get(OWN).status_code == 404
    before = Letter.objects.count()
    text = main_of(ruled.osce.signs_in(client).get(f"{OWN}?day=2026-12-07&at=10:00&number=72&unit=hours"))
    assert "10 December 2026, 10:00:00 in Vienna The clock ends." in text
    assert "of the body today." in text and "How many members" not in text
    assert (Procedure.objects.count(), Received.objects.count(), Letter.objects.count()) == (0, 0, before)
    assert client.post(OWN).status_code == 405


def test_the_page_asks_the_same_whatever_there_is(ruled: Any, client: Client) -> None:
    assert queries(lambda: client.get(SHIPPED)) <= 3
    ruled.osce.signs_in(client)
    once = queries(lambda: client.get(OWN))
    assert queries(lambda: client.get(f"{OWN}?day=2026-12-07&at=10:00&number=200&unit=hours")) == once <= 20


def test_the_page_of_rules_leads_to_what_would_happen(ruled: Any, client: Client) -> None:
    assert f'href="{SHIPPED}"' in client.get(SHIPPED.removesuffix("/simulation")).content.decode()
    assert (
        f'href="{OWN}"' in ruled.osce.signs_in(client).get(OWN.removesuffix("/simulation")).content.decode()
    )
    assert "simulation" not in client.get("/docs/rules/nato").content.decode()
