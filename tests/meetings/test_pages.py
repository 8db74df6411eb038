"""The pages of events, as everybody and as the group sees them."""

from typing import Any

from django.test import Client

EVENT = "/icat/events/2018-06-14-briefing-to-member-states"


def test_the_event_page_tells_what_the_record_holds(briefing: Any, client: Client) -> None:
    page = client.get(EVENT)
    assert page.status_code == 200
    __import__("pathlib").Path("/tmp/event.html").write_bytes(page.content)
    page = client.get("/ar" + EVENT)
    __import__("pathlib").Path("/tmp/event-ar.html").write_bytes(page.content)
    for name in (
        "/icat/events",
        "/icat/decisions",
        "/icat/decisions/ten-decisions",
        "/icat/events.atom",
        "/icat/events.ics",
        "/icat/decisions.atom",
        EVENT + ".ics",
    ):
        page = client.get(name)
        assert page.status_code == 200, name
        __import__("pathlib").Path("/tmp/p" + name.replace("/", "_")).write_bytes(page.content)
