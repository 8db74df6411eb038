"""Feeds of events: Atom for readers, iCalendar for calendars."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from icalendar import Calendar

from meetings.rooms import Room

ATOM = "{http://www.w3.org/2005/Atom}"


def events_of(content: bytes) -> dict[str, Any]:
    """The events of a calendar by their summary."""
    calendar = Calendar.from_ical(content)
    assert (str(calendar["VERSION"]), bool(calendar["PRODID"])) == ("2.0", True)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_a_calendar_holds_what_has_a_whole_date(icat: Any, briefing: Any, client: Client) -> None:
    from meetings.past import event

    event(icat, "month", "2012-10")
    event(icat, "days", "2022-02-07", until_written="2022-02-08")
    event(icat, "open-end", "2022-03-07", until_written="2022-03")
    found = events_of(client.get("/icat/events.ics").content)
    spans = {name: (one.decoded("DTSTART"), one.decoded("DTEND")) for name, one in found.items()}
    assert spans == {
        "ICAT Briefing to Member States": (date(2018, 6, 14), date(2018, 6, 15)),
        "First high-level meeting of Principals": (date(2018, 5, 2), date(2018, 5, 3)),
        "Event days": (date(2022, 2, 7), date(2022, 2, 9)),
        "Event open-end": (date(2022, 3, 7), date(2022, 3, 8)),
    }


def test_an_hour_is_kept_in_utc(icat: Any, client: Client) -> None:
    meeting = Room(icat, public="on", zone="America/New_York").meeting
    response = client.get(meeting.get_absolute_url() + ".ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20490114T200000Z\r\nDTEND:20490114T220000Z" in response.content
    event = events_of(response.content)["Meeting of Principals"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2049, 1, 14, 20, tzinfo=UTC), datetime(2049, 1, 14, 22, tzinfo=UTC),
    )  # fmt: skip


def test_each_change_by_an_act_counts_the_sequence_up_and_keeps_the_uid(icat: Any, client: Client) -> None:
    room = Room(icat, public="on")

    def seen() -> tuple[str, int, str, datetime]:
        event = events_of(client.get("/icat/events.ics").content)["Meeting of Principals"]
        return str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]), event.decoded("DTSTART")

    uid, sequence, status, _ = seen()
    assert (len(uid), sequence, status) == (36, 0, "CONFIRMED")
    later = {"day": "2049-02-01", "begins": "10:00", "ends": "11:00"}
    icat.osce.does(room.convening.PostponeMeeting, room.meeting, **later)
    assert seen() == (uid, 1, "CONFIRMED", datetime(2049, 2, 1, 9, tzinfo=UTC))
    icat.osce.does(room.convening.CancelMeeting, room.meeting)
    assert seen() == (uid, 2, "CANCELLED", datetime(2049, 2, 1, 9, tzinfo=UTC))


def test_the_group_takes_the_file_of_its_own_meeting(icat: Any) -> None:
    meeting = Room(icat).meeting
    file = icat.ilo.signs_in(Client()).get(meeting.get_absolute_url() + ".ics")
    assert list(events_of(file.content)) == ["Meeting of Principals"]
    assert Client().get("/icat/events.ics").content.count(b"BEGIN:VEVENT") == 0


def test_an_event_without_a_day_has_no_file(icat: Any, client: Client) -> None:
    from meetings.past import event

    assert client.get(event(icat, "month", "2012-10").get_absolute_url() + ".ics").status_code == 404


def test_the_feed_is_valid_in_each_language(briefing: Any, client: Client) -> None:
    ids: set[str] = set()
    for prefix, language in (
        ("", "en"),
        ("/fr", "fr"),
        ("/es", "es"),
        ("/ar", "ar"),
        ("/ru", "ru"),
        ("/zh", "zh-Hans"),
    ):
        response = client.get(f"{prefix}/icat/events.atom")
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(response.content)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        entries = feed.findall(f"{ATOM}entry")
        found = [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(one)) for one in found)
        ids |= {str(one) for one in found}
        for entry in entries:
            assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}updated")
            link = entry.find(f"{ATOM}link")
            assert link is not None and str(link.get("href")).startswith(
                f"http://testserver{prefix}/icat/events/2018-0"
            )
    assert len(ids) == 6 * 3


def test_an_unchanged_feed_is_not_sent_again(briefing: Any, client: Client) -> None:
    for path in ("/icat/events.atom", "/icat/events.ics"):
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304, path


def test_a_demonstrations_calendar_and_feeds_say_so(icat: Any, briefing: Any, client: Client) -> None:
    says = "Demonstration. Nothing here was said or decided by the organisations named."
    real = client.get("/icat/events.ics")
    assert b"Demonstration" not in real.content and b"X-WR-CALDESC" not in real.content
    type(icat.group).objects.filter(pk=icat.group.pk).update(demonstration=True)
    french = ElementTree.fromstring(client.get("/fr/icat/events.atom").content)
    assert str(french.findtext(f"{ATOM}rights")).startswith("Démonstration. Rien de ce qui figure")
    file = client.get("/icat/events.ics")
    assert file["Content-Disposition"] == 'attachment; filename="demonstration-icat-events.ics"'
    assert str(Calendar.from_ical(file.content)["X-WR-CALDESC"]).startswith(says)
    found = events_of(file.content)
    assert found and all(str(event["DESCRIPTION"]).startswith(says) for event in found.values())
    for of in ("events", "decisions", "outputs"):
        feed = ElementTree.fromstring(client.get(f"/icat/{of}.atom").content)
        assert str(feed.findtext(f"{ATOM}subtitle")).startswith(says)
        assert str(feed.findtext(f"{ATOM}rights")).startswith(says)
