"""A meeting of Principals in session, a proposal on the table, and people who act on it by page and by call."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import uuid4

from django.db import connections
from django.test import Client
from django.urls import reverse

from onevoice.enact.act import Act
from onevoice.enact.perform import Done
from onevoice.enact.subjects import group_of
from onevoice.meetings.acts import convening, room
from world import Delegation, in_session, the_icat_world

QUORUM = ("unodc", "osce", "unicef", "ilo")
AGENDA = "Opening\nPlan of work\nClosing"


def done(answer: Any) -> Any:
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


class Scene:
    """ICAT, its meeting, its proposal; `opens`, `sends`, `calls` as a browser or a program does."""

    def __init__(self) -> None:
        self.icat = the_icat_world()
        self.body = self.icat.bodies["principals"]
        self.meeting = self.convened("Meeting of Principals", public="on")
        self.item = self.meeting.agenda.get(number="2")
        self.proposal = self.proposed()

    def convened(self, title: str, **inputs: Any) -> Any:
        given = {"day": "2049-01-14", "begins": "15:00", "ends": "17:00", "zone": "Europe/Vienna", "agenda": AGENDA}
        meeting = done(self.icat.osce.does(convening.ConveneMeeting, self.body, title=title, **given | inputs)).result
        in_session(meeting)
        done(self.icat.osce.does(convening.RecordParticipation, meeting, present=list(QUORUM)))
        return meeting

    def proposed(self, **inputs: Any) -> Any:
        given = {"title": "Plan of work", "text": "We meet twice a year."} | inputs
        return done(self.icat.unicef.does(room.ProposeText, self.item, **given)).result

    def called(self) -> Any:
        done(self.icat.osce.does(room.CallForObjections, self.proposal))
        self.proposal.refresh_from_db()
        return self.proposal

    def address(self, act: type[Act], subject: Any) -> str:
        return reverse("enact:act", args=[group_of(subject).slug, act.slug, subject.pk])

    def opens(self, who: Delegation, act: type[Act], subject: Any) -> Form:
        """A browser with the form of an act in it."""
        return Form(who.signs_in(Client()), self.address(act, subject))

    def calls(self, who: Delegation, act: type[Act], subject: Any, **body: Any) -> Any:
        client = who.signs_in(Client())
        address = reverse("call", args=[group_of(subject).slug, act.slug, subject.pk])
        return client.post(address, {"once": uuid4().hex} | body, content_type="application/json")


class Form:
    """An open form: what it carries is sent with what is typed, again and again as a browser would."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.hidden = hidden(client.get(address))

    def sends(self, **typed: Any) -> Any:
        return self.client.post(self.address, self.hidden | typed)

    def sends_again(self, page: Any, **typed: Any) -> Any:
        """The form that came back is sent."""
        return self.client.post(self.address, hidden(page) | typed)


def hidden(page: Any) -> dict[str, str]:
    found = dict(re.findall(r'<input type="hidden" name="(once|seen|as|told)" value="([^"]*)">', page.text))
    assert {"once", "seen", "as"} <= set(found), page.text
    return found


def typed_in(page: Any, name: str) -> str:
    """What a page shows as typed in a text area."""
    import html

    found = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL)
    assert found, page.text
    return html.unescape(found[1])


def notice(page: Any) -> str:
    """The words of a page's notice, without mark-up."""
    import html

    found = re.search(r'<div class="notice[^>]*>(.*?)</div>', page.text, re.DOTALL)
    assert found, page.text
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1])).split())


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gives when all run at the same time, in threads with connections of their own."""
    from threading import Barrier

    found: list[Any] = [None] * len(works)
    start = Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            found[place] = work()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            found[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
