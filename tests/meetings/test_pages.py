"""The pages of events, as everybody and as the group sees them."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
from django.test import Client

from meetings.reading import main_of, queries
from today import YEAR

EVENT = "/icat/events/2018-06-14-briefing-to-member-states"


# --- the event of 14 June 2018 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fact",
    [
        "Thursday 14 June 2018",
        "United Nations Office at Vienna",
        "H.E. Ambassador Alena Kupchyna, Permanent Representative of Belarus in Vienna",
        "First high-level meeting of Principals. 21 of 23 organisations were present.",
        "In line with A/RES/72/195",
        "“In recent years, coordination of anti-trafficking action is desperately needed, now more than ever. "
        "I am proud to say that ICAT has been able to step up.” Yury Fedotov, "
        "Executive Director, UNODC, and ICAT Coordinator",
        "“ICAT provides the perfect environment” Mr. Gehrke, Director for Policy, Research and Strategy, ICMPD",
        "Audience Member States",
        "UNHCR, ILO Present",
        "Bolivia (Plurinational State of) Took the floor The Ambassador congratulated the group.",
        "2 May 2018 First high-level meeting of Principals, London. Decisions: Ten strategic decisions.",
        "2019 OSCE and UN Women co-chaired the group.",
        "Recent outputs at that time The Gender Dimensions of Human Trafficking Issue brief 4, September 2017",
        "Sources disagree: place",
    ],
)  # fmt: skip
def test_the_event_page_tells(fact: str, briefing: Any, client: Client) -> None:
    assert fact in main_of(client.get(EVENT))


def test_a_quotation_stands_after_the_paragraph_that_names_its_speaker(briefing: Any, client: Client) -> None:
    for prefix in ("", "/ar"):
        text = main_of(client.get(prefix + EVENT))
        assert (
            text.index("Mr Fedotov spoke")
            < text.index("In recent years")
            < text.index("Ms Jarbussynova recalled")
        )


def test_a_title_is_the_one_of_that_day(icat: Any, briefing: Any, client: Client) -> None:
    from meetings.past import official

    official(
        "fedotov", "Yury Fedotov", "Former Executive Director", since="2020", until="2021",
        organisation=icat.unodc.organisation,
    )  # fmt: skip
    text = main_of(client.get(EVENT))
    assert "Executive Director, UNODC, and ICAT Coordinator" in text
    assert "Former" not in text


def test_a_corrected_title_is_shown(icat: Any, briefing: Any, client: Client) -> None:
    from onevoice.claims.steps import replaced
    from onevoice.groups.models import Appointment

    wrong = Appointment.objects.get(person__slug="fedotov")
    replaced(wrong, why="misread", by="importer", title={"en": "Under-Secretary-General"})
    text = main_of(client.get(EVENT))
    assert "Yury Fedotov, Under-Secretary-General" in text
    assert "Executive Director, UNODC, and" not in text


def test_a_person_who_acts_in_the_group_is_not_named_to_the_public(
    icat: Any, briefing: Any, client: Client
) -> None:
    row = briefing.participations.get(organisation=icat.ilo.organisation)
    row.appointment = icat.ilo.appointment
    row.save()
    assert "Focal point, ILO" not in client.get(EVENT).content.decode()
    assert "Focal point, ILO" in icat.osce.signs_in(client).get(EVENT).content.decode()


def test_the_arabic_page_is_arabic_and_says_what_is_not(briefing: Any, client: Client) -> None:
    page = client.get("/ar" + EVENT).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "إحاطة مقدمة إلى الدول الأعضاء" in page
    assert '<article class="text" lang="en" dir="ltr"' in page


def test_as_of_a_day_shows_what_had_happened_by_then(briefing: Any, client: Client) -> None:
    then, now = main_of(client.get(EVENT + "?as-of=2018-07-01")), main_of(client.get(EVENT))
    assert ("co-chaired the group" in then, "co-chaired the group" in now) == (False, True)
    assert "As of 1 July 2018" in then
    assert client.get(EVENT + "?as-of=2018-02-30").status_code == 400


def test_an_event_as_of_a_day_before_it_was_still_to_come(briefing: Any, client: Client) -> None:
    to_come = "On that day it was still to come."
    asked = ("?as-of=2018-06-13", "?as-of=2018-06-14", "")
    assert [to_come in main_of(client.get(EVENT + each)) for each in asked] == [True, False, False]
    briefing.when_written = "2018-06"
    briefing.save(update_fields=["when_written"])
    perhaps = "Its date is not known to the day. On that day it was there already, or still to come."
    said = [main_of(client.get(f"{EVENT}?as-of={day}")) for day in ("2018-05-31", "2018-06-14", "2018-06-30")]
    assert [(to_come in page, perhaps in page) for page in said] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_titles_are_those_that_were_known_on_a_day(icat: Any, briefing: Any, client: Client) -> None:
    from datetime import timedelta

    from onevoice.claims.models import Supersession
    from onevoice.enact.perform import database_clock
    from onevoice.groups.models import Appointment

    right = Appointment.objects.get(person__slug="fedotov")
    ago = database_clock() - timedelta(days=9)
    kept = {
        each.attname: getattr(right, each.attname)
        for each in Appointment._meta.concrete_fields
        if each.name not in ("id", "title", "standing", "claimed_at")
    }
    wrong = Appointment.objects.create(**kept, title={"en": "Director"}, claimed_at=ago)
    Supersession.objects.create(
        fact_table="groups_appointment", fact_id=wrong.pk, by_fact_id=right.pk, why="misread", by="importer"
    )
    known = (database_clock() - timedelta(days=1)).date().isoformat()
    text = main_of(client.get(f"{EVENT}?known-on={known}"))
    assert ("Yury Fedotov, Director" in text, "Executive Director, UNODC, and" in text) == (True, False)
    assert "Executive Director, UNODC, and" in main_of(client.get(EVENT))


def test_machines_read_the_event(briefing: Any, client: Client) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(EVENT).content.decode()
    )
    assert found
    data = json.loads(found[1])
    assert {key: data[key] for key in ("@type", "startDate", "eventStatus", "about", "inLanguage")} == {
        "@type": "Event", "startDate": "2018-06-14", "eventStatus": "https://schema.org/EventScheduled",
        "about": "Outcomes of the first high-level meeting", "inLanguage": "en",
    }  # fmt: skip
    assert [one["name"] for one in data["performer"]] == ["Yury Fedotov", "Madina Jarbussynova", "Mr. Gehrke"]


def test_an_unchanged_page_is_not_sent_again(briefing: Any, client: Client) -> None:
    first = client.get(EVENT)
    assert (first["Cache-Control"], bool(first["ETag"])) == ("no-cache", True)
    assert client.get(EVENT, headers={"If-None-Match": first["ETag"]}).status_code == 304
    briefing.place = {"en": "Elsewhere"}
    briefing.save()
    assert client.get(EVENT, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/icat/events/no-such",
        "/nobody/events",
        "/icat/events/no-such.ics",
        "/nobody/events.atom",
        "/nobody/events.ics",
    ],
)
def test_what_is_not_there_is_not_found(path: str, icat: Any, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_mark_up_in_a_record_is_text(icat: Any, client: Client) -> None:
    from meetings.past import event

    bad = "<script>alert(1)</script>\u202e"
    made = event(
        icat, "bad", "2019-01-01", title={"en": bad}, place={"en": bad}, lede={"en": bad}, subject={"en": bad},
        report=[{"id": "p1", "text": {"en": bad}, "margin": {"en": bad}}],
    )  # fmt: skip
    for path in (made.get_absolute_url(), "/icat/events", "/icat/events.atom", "/icat/events.ics"):
        page = client.get(path).content.decode()
        if not path.endswith(".ics"):
            assert "<script>alert" not in page, path
        assert "\u202e" not in page, path


# --- what a group's own meeting shows ------------------------------------------------------------------------------


@pytest.fixture
def convened(icat: Any) -> Any:
    from onevoice.meetings.acts.convening import ConveneMeeting

    return icat.osce.does(
        ConveneMeeting, icat.bodies["principals"], title="Secret meeting of Principals", day="2049-01-14",
        begins="15:00", ends="17:00", zone="America/New_York", place="New York",
        agenda="Opening\nBudget\n  Means", public="",
    ).result  # fmt: skip


def test_a_meeting_of_the_group_is_not_there_for_others(icat: Any, convened: Any, client: Client) -> None:
    address = convened.get_absolute_url()
    stranger = icat.neighbour.mallory.signs_in(Client())
    for who in (client, stranger):
        assert who.get(address).status_code == 404
        assert who.get(address + ".ics").status_code == 404
        for path in ("/icat/events", "/icat/events.atom", "/icat/events.ics", "/icat/events?format=csv"):
            page = who.get(path)
            content = b"".join(page) if page.streaming else page.content
            assert b"Secret meeting" not in content, path


def test_the_group_sees_when_where_and_what_it_can_do(icat: Any, convened: Any, client: Client) -> None:
    from world import in_session

    icat.osce.account.zone = "Africa/Nairobi"
    icat.osce.account.save()
    text = main_of(icat.osce.signs_in(client).get(convened.get_absolute_url()))
    assert "Thursday 14 January 2049, 15:00 to 17:00 in New York" in text
    assert "(Thursday 14 January 2049, 23:00 to Friday 15 January 2049, 01:00 in Nairobi)" in text
    assert "Quorum: 3 of 6 members. Recorded as present: 0. No quorum yet" in text
    assert "Propose a text under agenda item 2.1" in text
    assert ("Record who is present" in text, "Add an agenda item" in text) == (False, True)
    in_session(convened)
    text = main_of(icat.osce.signs_in(client).get(convened.get_absolute_url()))
    assert "Record who is present Add an agenda item" in text


def test_a_member_of_no_office_may_propose_and_nothing_else(icat: Any, convened: Any, client: Client) -> None:
    text = main_of(icat.ilo.signs_in(client).get(convened.get_absolute_url()))
    assert "Propose a text" in text
    assert "Record who is present" not in text


def test_a_page_has_one_solid_button(icat: Any, convened: Any, client: Client) -> None:
    from onevoice.meetings.acts.convening import RecordParticipation
    from onevoice.meetings.acts.room import ProposeText
    from world import in_session

    icat.osce.signs_in(client)

    def solid() -> list[str]:
        page = client.get(convened.get_absolute_url()).content.decode()
        return re.findall(r'class="button" href="([^"]+)"', page)

    assert solid() == []
    in_session(convened)
    assert solid() == [f"/icat/do/record-participation/{convened.pk}"]
    icat.osce.does(RecordParticipation, convened, present=["osce", "unodc", "ilo"])
    assert solid() == []
    icat.ilo.does(ProposeText, convened.agenda.get(number="2"), title="Budget", text="Adopted.")
    assert solid() == [f"/icat/proposals/p-{YEAR}-1"]


# --- the list -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["briefing", "london", "late"]),
        ("?year=2018", ["briefing", "london"]),
        ("?kind=briefing", ["briefing"]),
        ("?level=principals", ["london"]),
        ("?place=vienna", ["briefing"]),
        ("?q=first+meeting", ["briefing", "london"]),
        ("?q=دول", ["briefing"]),
        ("?sort=date", ["late", "london", "briefing"]),
        ("?sort=title", ["late", "london", "briefing"]),
        ("?sort=-title", ["briefing", "london", "late"]),
        ("?sort=place", ["late", "london", "briefing"]),
        ("?sort=-place", ["briefing", "london", "late"]),
        ("?sort=kind", ["briefing", "late", "london"]),
    ],
)
def test_the_list_filters_and_sorts(
    query: str, found: list[str], icat: Any, briefing: Any, client: Client
) -> None:
    from meetings.past import event

    event(icat, "late", "2012-10", place={"en": "Geneva"})
    names = {
        "2018-06-14-briefing-to-member-states": "briefing",
        "2018-05-02-first-meeting-of-principals": "london",
        "late": "late",
    }
    page = client.get("/icat/events" + query).content.decode()
    rows = re.findall(r'<a class="title" href="/icat/events/([^"]+)"', page)
    assert [names[row] for row in rows] == found


def test_events_without_a_place_come_last_either_way(icat: Any, client: Client) -> None:
    from meetings.past import event

    for slug, place in (
        ("nowhere", {}),
        ("zurich", {"en": "Zürich", "zh": "苏黎世"}),
        ("beijing", {"zh": "北京"}),
    ):
        event(icat, slug, "2020", place=place)

    def places(address: str) -> list[str]:
        page = client.get(address).content.decode()
        return re.findall(r'class="title" href="[^"]*/icat/events/([^"]+)"', page)

    assert places("/icat/events?sort=place")[-2:] == ["beijing", "nowhere"]
    assert places("/zh/icat/events?sort=place") == ["beijing", "zurich", "nowhere"]
    assert places("/zh/icat/events?sort=-place") == ["zurich", "beijing", "nowhere"]
    assert places("/icat/events?place=zurich") == ["zurich"]
    assert places("/icat/events?place=苏黎") == ["zurich"]


def test_a_partial_date_is_shown_as_it_is_known(icat: Any, client: Client) -> None:
    from meetings.past import event

    event(icat, "late", "2012-10")
    page = client.get("/icat/events").content.decode()
    assert '<time datetime="2012-10">October 2012</time>' in page


def test_events_are_taken_away_as_a_file(briefing: Any, client: Client) -> None:
    content = client.get("/icat/events?format=csv&kind=briefing").getvalue().decode("utf-8-sig")
    place = "United Nations Office at Vienna"
    assert list(csv.reader(content.splitlines())) == [
        ["Date", "Last day", "Begins at (UTC)", "Event", "Kind", "Level", "Place", "Status"],
        ["2018-06-14", "", "", "ICAT Briefing to Member States", "Briefing", "", place, ""],
    ]


def test_what_is_to_come_stands_first(icat: Any, briefing: Any, client: Client) -> None:
    from meetings.past import event

    event(icat, "next", "2031-05")
    event(icat, "after", "2032")
    text = main_of(client.get("/icat/events"))
    assert (
        text.index("To come")
        < text.index("Event next")
        < text.index("Event after")
        < text.index("Events: 1 to 4 of 4")
    )


# --- how much it asks of the database --------------------------------------------------------------------------------


def many(icat: Any, briefing: Any) -> None:
    """A thousand of everything that could be on the page."""
    from onevoice.decisions.models import Decision
    from onevoice.meetings.models import Meeting, Participation, TakenAt
    from onevoice.outputs.models import Output

    Meeting.objects.bulk_create(
        Meeting(
            group=icat.group, slug=f"event-{n}", kind="event", title={"en": f"Event {n}"}, zone="Europe/Vienna",
            when_written=f"20{n % 20 + 10}-0{n % 9 + 1}", visibility="public", series=briefing.series,
            reports_on=briefing,
        )
        for n in range(1000)
    )  # fmt: skip
    decisions = Decision.objects.bulk_create(
        Decision(
            group=icat.group,
            body=icat.bodies["principals"],
            slug=f"d-{n}",
            title={"en": f"D {n}"},
            adopted_written="2018-05-02",
            visibility="public",
        )
        for n in range(1000)
    )
    TakenAt.objects.bulk_create(
        TakenAt(meeting=briefing, decision=decision, order=n) for n, decision in enumerate(decisions)
    )
    Participation.objects.bulk_create(
        Participation(meeting=briefing, part="present", organisation=icat.ilo.organisation, order=n + 20)
        for n in range(1000)
    )
    Output.objects.bulk_create(
        Output(
            group=icat.group,
            slug=f"o-{n}",
            kind="issue brief",
            title={"en": f"O {n}"},
            when_written="2018-01",
        )
        for n in range(1000)
    )


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        (EVENT, 14),
        ("/icat/events", 7),
        ("/icat/events.atom", 3),
        ("/icat/events.ics", 3),
        (EVENT + ".ics", 3),
    ],
)
def test_pages_ask_as_much_of_many_rows_as_of_few(
    path: str, statements: int, icat: Any, briefing: Any, client: Client, settings: Any
) -> None:
    settings.ROWS_A_PAGE = 5000
    few = queries(lambda: client.get(path))
    many(icat, briefing)
    assert (few, queries(lambda: client.get(path))) == (statements, statements)


def test_the_live_page_asks_as_much_of_many_items_as_of_few(icat: Any, convened: Any, client: Client) -> None:
    from onevoice.meetings.acts.room import ProposeText
    from onevoice.meetings.models import AgendaItem

    icat.osce.signs_in(client)
    icat.ilo.does(ProposeText, convened.agenda.get(number="2"), title="Budget", text="Adopted.")
    few = queries(lambda: client.get(convened.get_absolute_url()))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=convened, number=f"{n}", title={"en": f"Item {n}"}, order=n)
        for n in range(10, 1010)
    )
    for n in range(10, 15):
        icat.ilo.does(ProposeText, convened.agenda.get(number=f"{n}"), title="Budget", text="Adopted.")
    assert (few, queries(lambda: client.get(convened.get_absolute_url()))) == (21, 21)
