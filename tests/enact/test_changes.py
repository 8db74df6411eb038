"""A stale form says which words changed, as far as the reader may see, and keeps what was typed beside them."""

from __future__ import annotations

import html
import re
import time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enact.scenes import Scene, done, typed_in
from onevoice.enact.difference import Piece, difference
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.groups.acts.house import DescribeGroup, TranslateGroup
from onevoice.groups.acts.memberships import AdmitMember, WithdrawMember
from onevoice.meetings.acts.convening import (
    AddAgendaItem,
    CancelMeeting,
    ConveneMeeting,
    PostponeMeeting,
    RecordParticipation,
)

PURPOSE = "The group coordinates what its members do. " * 12
GROUP = {
    "name": "ICAT", "purpose": PURPOSE.strip(), "seat": "Vienna", "zone": "Europe/Vienna", "languages": ["en", "fr"],
    "colour": "#0b4f71", "colour_on_dark": "#93c8e6", "proposal_pattern": "P/{year}/{number}",
}  # fmt: skip


@pytest.fixture
def described(scene: Scene) -> Scene:
    done(scene.icat.unodc.does(DescribeGroup, scene.icat.group, **GROUP))
    return scene


def changes(page: Any) -> list[str]:
    """The words of what changed, one after the other, without mark-up."""
    found = "".join(re.findall(r'<ul class="changes">(.*?)</ul>', page.text, re.DOTALL))
    each = re.findall(r"<li>(.*?)</li>", found, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", "", one)).split()) for one in each]


def hint(page: Any, name: str) -> str:
    found = re.search(rf'<p class="hint" id="{name}_helptext">(.*?)</p>', page.text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", found[1])) if found else ""


def others_describe(scene: Scene, **words: Any) -> None:
    done(colleague(scene).does(DescribeGroup, scene.icat.group, **GROUP | words))


def colleague(scene: Scene) -> Any:
    """The secretariat's other officer, whose acts are not the reader's own."""
    known = vars(scene)
    if "officer" not in known:
        known["officer"] = scene.icat.sends(scene.icat.unodc.organisation, "Officer", "alternate")
    return known["officer"]


def kept_as(**other: Any) -> None:
    """The last act as if it had been performed otherwise; what is performed is not rewritten."""
    row = Performed.objects.first()
    row.pk, row.entry, row.key, row.once = None, None, uuid4().hex, uuid4().hex
    for name, value in other.items():
        setattr(row, name, value)
    row.save()


def test_each_act_done_meanwhile_says_which_words_it_changed(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    for seat in ("Geneva", "Nairobi"):
        others_describe(described, seat=seat)
    page = form.sends(**GROUP | {"name": "Our ICAT"})
    assert page.status_code == 409
    assert changes(page) == [
        "Seat in English: “Geneva” is now “Nairobi”.", "Seat in English: “Vienna” is now “Geneva”.",
    ]  # fmt: skip


def test_choices_lists_and_empty_words_are_told_as_the_page_shows_them(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, purpose="", languages=["en", "ar"], zone="Africa/Nairobi")
    purpose, zone, languages = changes(form.sends(**GROUP))
    assert purpose == f"Purpose in English: “{GROUP['purpose']}” was taken away."
    assert re.sub(r" \(UTC.\d\)", "", zone) == "Time zone of the seat: “Vienna” is now “Nairobi”."
    assert languages == "Languages of the group: “English and Français” is now “العربية and English”."


def test_of_a_long_text_only_what_is_near_to_a_change_is_shown(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, purpose=GROUP["purpose"][:-3] + "must do.")
    page = form.sends(**GROUP)
    (said,) = changes(page)
    assert said == "Purpose in English: … do. The group coordinates what its members must do."
    assert re.search(r"members <ins>must </ins>do", page.text)


def test_what_was_typed_stays_and_what_stands_now_is_beside_it(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, seat="Geneva")
    page = form.sends(**GROUP | {"seat": "Bonn"})
    assert 'value="Bonn"' in page.text
    assert hint(page, "seat") == "Now: “Geneva”."
    assert hint(page, "name") == ""
    assert 'aria-describedby="seat_helptext"' in page.text


def test_what_was_not_touched_follows_and_one_press_does_it_on_the_new_state(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, seat="Geneva", languages=["en", "ar"])
    page = form.sends(**GROUP | {"name": "Our ICAT"})
    assert 'value="Geneva"' in page.text and hint(page, "seat") == ""
    assert form.sends_again(page, **as_sent(page, GROUP)).status_code == 303
    described.icat.group.refresh_from_db()
    assert (described.icat.group.names["en"], described.icat.group.seat["en"]) == ("Our ICAT", "Geneva")
    assert described.icat.group.languages == ["en", "ar"]


def as_sent(page: Any, names: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send of this page."""
    from html.parser import HTMLParser

    sent: dict[str, list[str]] = {}

    class Reader(HTMLParser):
        text, choosing = "", ""

        def handle_starttag(self, tag: str, attributes: Any) -> None:
            of = dict(attributes)
            if tag == "input" and of.get("name") in names and (of.get("type") != "checkbox" or "checked" in of):
                sent.setdefault(of["name"], []).append(of.get("value", ""))
            self.text = of["name"] if tag == "textarea" else ""
            self.choosing = of["name"] if tag == "select" else self.choosing
            if tag == "option" and "selected" in of:
                sent[self.choosing] = [of["value"]]

        def handle_data(self, data: str) -> None:
            if self.text:
                sent[self.text] = [data.removeprefix("\n")]

    Reader().feed(page.text)
    return sent


def test_a_field_put_back_to_what_stands_now_has_nothing_beside_it(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, seat="Geneva")
    assert hint(form.sends(**GROUP | {"seat": "Geneva"}), "seat") == ""


def test_another_act_on_the_same_subject_tells_its_own_words(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    done(colleague(described).does(TranslateGroup, described.icat.group, language="fr", name="Le groupe"))
    assert changes(form.sends(**GROUP)) == ["Language of these words: “Français”.", "Name: “Le groupe”."]


def test_what_was_made_under_a_subject_is_told_by_what_is_on_the_record_of_it(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    done(scene.icat.unodc.does(AddAgendaItem, scene.meeting, title="Any other business", note="For the chair alone"))
    page = form.sends(why="No quorum.")
    assert changes(page) == ["Title: “Any other business”."]
    assert typed_in(page, "why") == "No quorum."


def test_a_postponed_meeting_tells_its_old_and_new_time_and_not_why(scene: Scene) -> None:
    given = {"title": "Next", "day": "2049-01-14", "begins": "15:00", "ends": "17:00", "zone": "Africa/Nairobi"}
    meeting = done(scene.icat.osce.does(ConveneMeeting, scene.body, **given)).result
    form = scene.opens(scene.icat.osce, CancelMeeting, meeting)
    later = {"day": "2049-02-01", "begins": "16:30", "ends": "17:00", "why": "A private reason"}
    done(scene.icat.unodc.does(PostponeMeeting, meeting, **later))
    page = form.sends()
    assert changes(page) == [
        "New date: “14 January 2049” is now “1 February 2049”.", "Begins at: “15:00” is now “16:30”.",
    ]  # fmt: skip
    assert "A private reason" not in page.text


def test_who_is_present_is_told_by_name(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    done(scene.icat.unodc.does(RecordParticipation, scene.meeting, present=["unodc", "osce"]))
    assert changes(form.sends()) == ["Present: “ILO, OSCE, UNICEF and UNODC” is now “OSCE and UNODC”."]


def test_a_choice_that_is_offered_no_more_keeps_its_name(scene: Scene) -> None:
    given = {"organisation": "unhcr", "kind": "observer", "since": "2026-06-01"}
    done(scene.icat.unodc.does(AdmitMember, scene.body, **given))
    seat = scene.body.memberships.get(organisation__slug="unhcr")
    form = scene.opens(scene.icat.osce, WithdrawMember, scene.body)
    done(scene.icat.unodc.does(WithdrawMember, scene.body, membership=str(seat.pk), until="2026-11-01", why="Private"))
    page = form.sends(membership=str(seat.pk), until="2026-11-02", why="x")
    assert changes(page) == ["Last day: “1 November 2026”."]
    assert "Private" not in page.text


def test_in_french_and_arabic_the_change_is_told_in_that_language(described: Scene) -> None:
    address = described.address(DescribeGroup, described.icat.group)
    for prefix in ("/fr", "/ar"):
        form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
        form.address = prefix + address
        others_describe(described, zone="Africa/Nairobi")
        page = form.sends(**GROUP)
        assert {"/fr": "Nairobi", "/ar": "نيروبي"}[prefix] in changes(page)[0]
        others_describe(described)


EVIL = "<b>&amp;</b>\u202e gnp {{ 7|add:7 }}"


def test_changed_words_are_text_and_turn_nothing(described: Scene) -> None:
    form = described.opens(described.icat.unodc, DescribeGroup, described.icat.group)
    others_describe(described, seat="Geneva")
    kept_as(changed=[{"field": "seat", "before": EVIL, "after": EVIL * 9}])
    page = form.sends(**GROUP | {"seat": EVIL})
    said = "".join(re.findall(r'<ul class="changes">.*?</ul>', page.text, re.DOTALL))
    assert "<b>" not in said and "\u202e" not in said and "{{ 7|add:7 }}" in html.unescape(said)
    assert "<b>&amp;" not in page.text


def test_what_an_act_made_out_of_the_readers_sight_is_not_told(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    kept_as(
        subject=key_of(scene.meeting), act="meetings.add_agenda_item", result="meetings.document:0",
        changed=[{"field": "title", "before": None, "after": "Hidden words"}],
    )  # fmt: skip
    page = form.sends()
    assert page.status_code == 409 and "Hidden words" not in page.text


@pytest.mark.parametrize("kept", [None, [], [{"field": "gone", "before": None, "after": "x"}]])
def test_what_was_performed_before_this_was_kept_is_told_without_words(scene: Scene, kept: Any) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    key = key_of(scene.meeting)
    kept_as(subject=key, result=key, act="meetings.add_agenda_item", changed=kept)
    page = form.sends()
    assert (page.status_code, changes(page)) == (409, [])


def test_a_call_gets_the_words_too(described: Scene) -> None:
    others_describe(described, seat="Geneva")
    answer = described.calls(described.icat.unodc, DescribeGroup, described.icat.group, seen=0, inputs=GROUP)
    newest = answer.json()["since"][0]
    assert newest["changed"] == [{"field": "seat", "before": "Vienna", "after": "Geneva"}]


def stale_queries(scene: Scene, acts: int) -> int:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    for number in range(acts):
        done(scene.icat.unodc.does(AddAgendaItem, scene.meeting, title=f"Item {number}"))
    with CaptureQueriesContext(connection) as asked:
        page = form.sends()
    assert page.status_code == 409
    assert ("More was done before that." in page.text) == (acts > 20)
    return len(asked)


def test_the_number_of_queries_does_not_depend_on_how_much_was_done(scene: Scene) -> None:
    assert len({stale_queries(scene, acts) for acts in (1, 3, 25)}) == 1


def test_a_form_is_told_of_what_came_after_the_page_it_was_told_on(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    done(scene.icat.unodc.does(AddAgendaItem, scene.meeting, title="First"))
    page = form.sends()
    done(scene.icat.unodc.does(AddAgendaItem, scene.meeting, title="Second"))
    assert changes(form.sends_again(page)) == ["Title: “Second”."]


# The difference itself -----------------------------------------------------------------------------------------


def put_together(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@pytest.mark.parametrize(
    ("before", "after"),
    [("We meet twice.", "We meet it thrice."), ("", "New"), ("Old", ""), ("同一文本", "同一新文本"), ("a\n\nb", "a\nb"),
     ("نص قديم", "نص جديد"), ("same", "same"), ("a  b", "a b"), ("x" * 5000, "y"), ("l'an\u00a0fini", "l’an fini")],
)  # fmt: skip
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    if not any(piece.kind == "skipped" for piece in pieces):
        assert put_together(pieces, "same", "gone") == before
        assert put_together(pieces, "same", "new") == after


def test_a_hostile_difference_is_quick() -> None:
    began = time.monotonic()
    difference("a b " * 10_000, "b a " * 10_000)
    difference("a b " * 700, "b a " * 700)
    difference("(" * 20_000, ")" * 20_000)
    assert time.monotonic() - began < 3

