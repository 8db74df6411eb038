"""What bad input gets: a sentence, the typed text kept, nothing half done; and no text that turns a page around."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from enact.scenes import Scene, done, typed_in
from onevoice.decisions.models import Objection, Proposal
from onevoice.decisions.steps import propose
from onevoice.enact.inputs import instant
from onevoice.enact.models import Performed
from onevoice.groups.acts.house import CreateBody
from onevoice.groups.acts.memberships import AdmitMember
from onevoice.meetings.acts.convening import (
    AddAgendaItem,
    ConveneMeeting,
    PostponeMeeting,
    RecordParticipation,
)
from onevoice.meetings.acts.room import Object, ProposeText
from onevoice.meetings.models import Meeting, ProposedUnder

OVERRIDE = "\u202e"
MEETING = {"title": "Next", "day": "2049-05-04", "begins": "15:00", "ends": "17:00", "zone": "Europe/Vienna"}


def error_of(page: Any, name: str) -> str:
    found = re.search(rf'<p class="error-message" id="{name}_error">(.*?)</p>', page.text, re.DOTALL)
    assert found, page.text
    words = html.unescape(re.sub(r"<[^>]*>", " ", found[1]))
    return " ".join(words.split()).removeprefix("Error: ")


# Too long ---------------------------------------------------------------------------------------------------


def test_a_text_over_its_limit_is_413_with_limit_and_size_and_is_kept(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    page = form.sends(reason="é" * 5001)
    assert page.status_code == 413
    assert error_of(page, "reason") == (
        "This text has 5,001 characters; the limit is 5,000. The first 5,001 are kept: shorten it, then send again."
    )
    assert typed_in(page, "reason") == "é" * 5001
    assert Objection.objects.count() == 0


def test_of_a_text_far_over_its_limit_the_first_ten_thousand_characters_are_kept(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, ProposeText, scene.item)
    text = "".join(chr(0x4E00 + number % 500) for number in range(30_000))
    page = form.sends(title="Plan", text=text)
    assert page.status_code == 413
    assert "This text has 30,000 characters; the limit is 20,000. The first 10,000 are kept" in error_of(page, "text")
    assert typed_in(page, "text") == text[:10_000]
    assert 'value="Plan"' in page.text


def test_the_same_call_says_limit_and_size(scene: Scene) -> None:
    answer = scene.calls(scene.icat.ilo, Object, scene.proposal, inputs={"reason": "x" * 5001})
    assert answer.status_code == 413
    (error,) = answer.json()["fields"]["reason"]
    assert "5,001" in error["message"] and "5,000" in error["message"]


def test_exactly_the_limit_is_taken(scene: Scene) -> None:
    done(scene.icat.ilo.does(Object, scene.proposal, reason="x" * 5000))


def test_an_agenda_line_over_its_limit_is_told_not_cut(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, ConveneMeeting, scene.body)
    page = form.sends(**MEETING, agenda="Opening\n" + "x" * 301)
    assert page.status_code == 413
    assert not Meeting.objects.filter(title={"en": "Next"}).exists()


# What no text can hold --------------------------------------------------------------------------------------

NUL = "This text holds a character that no text can hold (NUL or half a character). Remove it, then send again."


def test_nul_in_a_form_is_told_and_the_rest_kept(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    page = form.sends(reason="before\x00after")
    assert (page.status_code, error_of(page, "reason"), typed_in(page, "reason")) == (422, NUL, "beforeafter")
    assert "\x00" not in page.text


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\udfffb"])
def test_nul_and_lone_surrogates_in_a_call_are_told(scene: Scene, text: str) -> None:
    answer = scene.calls(scene.icat.ilo, Object, scene.proposal, inputs={"reason": text})
    assert (answer.status_code, answer.json()["fields"]["reason"][0]["message"]) == (422, NUL)


@pytest.mark.parametrize("broken", [b"%ED%A0%80", b"%FF", b"%EF%BF%BD"])
def test_half_a_character_in_a_form_is_told_and_nothing_stored(scene: Scene, broken: bytes) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    sent = urlencode(form.hidden).encode() + b"&reason=before" + broken + b"after"
    page = form.client.post(form.address, sent, content_type="application/x-www-form-urlencoded")
    assert (page.status_code, error_of(page, "reason")) == (422, NUL)
    assert typed_in(page, "reason").startswith("before\ufffd")
    assert not scene.proposal.objections.exists()


@pytest.mark.parametrize("path", ["decisions?q=a%00", "decisions?q=%ED%A0%80", "events?year=%00", "outputs?sort=%00"])
def test_what_no_text_can_hold_in_an_address_is_told_and_never_dropped(scene: Scene, path: str) -> None:
    page = Client().get(f"/icat/{path}")
    assert page.status_code == 400
    assert NUL in page.text


def test_a_list_keeps_what_was_typed_beside_half_a_character(scene: Scene) -> None:
    page = Client().get("/icat/decisions?q=plan%ED%A0%80").text
    assert re.findall(r'name="q" value="([^"]*)"', page) == ["plan\ufffd\ufffd\ufffd"]


def test_half_a_character_in_a_search_is_told(scene: Scene) -> None:
    assert Client().get("/icat/search?q=%ED%A0%80").status_code == 400


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("year=soon", "“soon” is not one of the values of “Year”, so it was left out of this view."),
        ("sort=none", "This list cannot be sorted by “none”, so it stands in its usual order."),
        ("page=900", "This list has no page “900”, so another page of it is shown."),
        ("page=x", "This list has no page “x”, so another page of it is shown."),
        ("format=pdf", "This list gives no file of the kind “pdf”."),
        ("page=0&format=csv", "This list has no page “0”, so another page of it is shown."),
    ],
)
def test_what_a_list_does_not_know_is_no_good_answer(scene: Scene, asked: str, said: str) -> None:
    page = Client().get(f"/icat/decisions?{asked}")
    assert (page.status_code, page.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert said in page.text


@pytest.mark.parametrize("name", ["organisation", "zone", "day", "begins", "present", "as", "seen", "once"])
def test_nul_anywhere_in_a_form_is_no_error_of_ours(scene: Scene, name: str) -> None:
    form = scene.opens(scene.icat.osce, ConveneMeeting, scene.body)
    assert form.sends(**MEETING | {name: "\x00"}).status_code in (303, 403, 422)


# Direction, controls, mark-up -------------------------------------------------------------------------------

EVIL = f"Plan {OVERRIDE}gnp.exe\u2066 \x07\u200b\ufeff of\u00a0work"
CLEAN = "Plan gnp.exe of work"


def test_a_name_is_stored_without_what_turns_the_reading_order(scene: Scene) -> None:
    pattern = {"decision_pattern": "T/{year}/{number}", "parent": "members"}
    body = done(scene.icat.unodc.does(CreateBody, scene.icat.group, name=EVIL, **pattern)).result
    assert body.names == {"en": CLEAN}


def test_texts_keep_their_lines_and_lose_what_is_invisible(scene: Scene) -> None:
    proposal = scene.proposed(title=EVIL, text=f"One{OVERRIDE} line\x08\r\nand more\r\n\r\nSecond\u2028third")
    assert proposal.title == {"en": CLEAN}
    assert [p["text"]["en"] for p in proposal.text] == ["One line and more", "Second third"]


def test_what_persian_names_need_stays(scene: Scene) -> None:
    proposal = scene.proposed(title="می\u200cخواهم 👩\u200d🚀")
    assert proposal.title == {"en": "می\u200cخواهم 👩\u200d🚀"}


def test_decomposed_letters_are_composed_so_that_one_name_is_one_name(scene: Scene) -> None:
    assert scene.proposed(title="Cafe\u0301").title == {"en": "Café"}


def test_only_invisible_characters_are_no_text(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    page = form.sends(reason=f"{OVERRIDE}\u200b\u2066")
    assert (page.status_code, error_of(page, "reason")) == (422, "Fill in this field.")


PAGES = (
    "/icat/proposals/{slug}", "/icat/proposals", "/icat/desk", "/icat/events/{meeting}", "/ar/icat/proposals/{slug}",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_old_data_that_would_turn_a_page_is_shown_without_it(scene: Scene, address: str) -> None:
    title = {"en": f"Old {OVERRIDE}title"}
    scene.proposal = as_imported(scene.proposal, title)
    page = read(scene, address)
    assert "Old title" in page.text and OVERRIDE not in page.text


def as_imported(like: Proposal, title: dict[str, str]) -> Proposal:
    """A proposal that never went through a form, since what has gone through one is frozen."""
    made = propose(
        like.body, title=title, text=like.text, by=like.proposed_by_id, person=like.proposer_id,
        at=like.proposed_at, public=False,
    )  # fmt: skip
    ProposedUnder.objects.create(item=like.proposed_under.item, proposal=made)
    return made


MARKUP = "<script>alert(1)</script><b onclick=x>\"'&amp;{{ 7|add:7 }}"


@pytest.mark.parametrize("address", [*PAGES, "/icat/proposals?format=csv"])
def test_mark_up_is_shown_as_text(scene: Scene, address: str) -> None:
    scene.proposal = scene.proposed(title=MARKUP, text=MARKUP)
    page = read(scene, address)
    if "format" in address:
        assert "{{ 7|add:7 }}" in page.content.decode()
        return
    assert "<script>alert" not in page.text and "<b onclick" not in page.text
    assert html.escape("<script>alert(1)</script>") in page.text and "{{ 7|add:7 }}" in html.unescape(page.text)


def read(scene: Scene, address: str) -> Any:
    client = scene.icat.unicef.signs_in(Client())
    page = client.get(address.format(slug=scene.proposal.slug, meeting=scene.meeting.slug))
    assert page.status_code == 200
    return page


def test_mark_up_in_a_name_of_a_person_is_text_in_the_receipt(scene: Scene) -> None:
    from onevoice.parties.models import Person

    Person.objects.filter(pk=scene.icat.ilo.person.pk).update(name=f"<i>Ada</i>{OVERRIDE}")  # type: ignore[union-attr]
    receipt = scene.opens(scene.icat.ilo, Object, scene.proposal).sends(reason="No.")["Location"]
    page = scene.icat.ilo.signs_in(Client()).get(receipt)
    assert "<i>Ada" not in page.text and "&lt;i&gt;Ada" in page.text
    assert OVERRIDE not in re.sub(r"<bdi>.*?</bdi>", "", page.text)  # isolated: it turns nothing around it


# Dates and times --------------------------------------------------------------------------------------------

NOT_A_DATE, NOT_A_YEAR = "Write the date as 2026-12-31.", "Write a year from 1900 to 2199."
WRONG = [
    ("day", "2049-02-30", NOT_A_DATE), ("day", "30.1.2049", NOT_A_DATE), ("day", "tomorrow", NOT_A_DATE),
    ("day", "", "Fill in this field."), ("day", "0001-01-01", NOT_A_YEAR), ("day", "9999-12-31", NOT_A_YEAR),
    ("day", "2049-01-01T00:00:00Z", NOT_A_DATE),
    ("begins", "25:00", "Write the time as 14:30."), ("begins", "3 pm", "Write the time as 14:30."),
    ("zone", "Mars/Olympus", "Choose one of the values offered."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "say"), WRONG)
def test_a_wrong_date_or_time_gets_its_sentence_and_the_rest_is_kept(
    scene: Scene, name: str, typed: str, say: str
) -> None:
    before = Performed.objects.count()
    form = scene.opens(scene.icat.osce, ConveneMeeting, scene.body)
    page = form.sends(**MEETING | {name: typed})
    assert (page.status_code, error_of(page, name)) == (422, say)
    assert 'value="Next"' in page.text
    assert Performed.objects.count() == before


SKIPPED = "This time does not exist in Europe/Vienna on that day: clocks are put forward. Choose another time."


@pytest.mark.parametrize("name", ["begins", "ends"])
def test_a_time_that_the_clocks_skip_is_told(scene: Scene, name: str) -> None:
    form = scene.opens(scene.icat.osce, ConveneMeeting, scene.body)
    hours = {"begins": "01:00", "ends": "04:00"} | {name: "02:30"}
    page = form.sends(**MEETING | hours | {"day": "2049-03-28"})
    assert page.status_code == 422
    assert SKIPPED in html.unescape(page.text)
    assert not Meeting.objects.filter(title={"en": "Next"}).exists()


def test_postponing_into_the_hour_that_is_skipped_is_told_and_nothing_moves(scene: Scene) -> None:
    answer = scene.calls(
        scene.icat.osce, PostponeMeeting, scene.meeting,
        inputs={"day": "2049-03-28", "begins": "02:30", "ends": "05:00"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["fields"]["__all__"][0]["message"] == SKIPPED
    scene.meeting.refresh_from_db()
    assert (scene.meeting.when_written, scene.meeting.state) == ("2049-01-14", "convened")


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    from datetime import date, time

    assert instant(date(2026, 10, 25), time(2, 30), "Europe/Vienna").isoformat() == "2026-10-25T00:30:00+00:00"


def test_an_end_before_the_beginning_is_told(scene: Scene) -> None:
    answer = scene.icat.osce.does(ConveneMeeting, scene.body, **MEETING | {"ends": "14:00"})
    assert str(answer) == "The meeting would end before it begins. Nothing has changed: correct the times."


def test_an_unknown_code_is_told(scene: Scene) -> None:
    form = scene.opens(scene.icat.unodc, AdmitMember, scene.body)
    page = form.sends(organisation="nobody", kind="emperor", since="2026-01-01")
    assert page.status_code == 422
    assert error_of(page, "organisation") == error_of(page, "kind") == "Choose one of the values offered."


# Calls ------------------------------------------------------------------------------------------------------

GARBAGE = [
    b"", b"null", b"[]", b"5", b'"x"', b"{", b"\xff\xfe", b'{"inputs": []}', b'{"inputs": "x"}', b'{"inputs": 5}',
    b'{"inputs": {"reason": {}}}', b'{"inputs": {"reason": [1]}}', b"[" * 100_000, b'{"inputs":' * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
def test_a_call_that_is_none_is_told_so(scene: Scene, body: bytes) -> None:
    client = scene.icat.ilo.signs_in(Client())
    address = f"/api/icat/do/object/{scene.proposal.pk}"
    answer = client.generic("POST", address, body, content_type="application/json")
    # An empty object, or no input at all, lacks only what is to be filled in.
    assert answer.status_code in ((422,) if body in (b"", b'{"inputs": []}') else (400,))
    assert Objection.objects.count() == 0


def test_an_event_of_the_past_has_a_page_that_says_why_nothing_is_done_in_it(scene: Scene) -> None:
    past = Meeting.objects.create(
        group=scene.icat.group, slug="past", kind="briefing", title={"en": "Past"}, when_written="2018",
        zone="Europe/Vienna", visibility="public",
    )  # fmt: skip
    client = scene.icat.osce.signs_in(Client())
    for act in (RecordParticipation, AddAgendaItem, PostponeMeeting):
        assert client.get(scene.address(act, past)).status_code == 403
        assert scene.calls(scene.icat.osce, act, past).status_code == 403


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", "-1", "x"])
def test_a_subject_that_is_none_is_not_found(scene: Scene, number: str) -> None:
    client = scene.icat.osce.signs_in(Client())
    assert client.get(f"/icat/do/object/{number}").status_code == 404
    assert client.post(f"/api/icat/do/object/{number}", {}, content_type="application/json").status_code == 404


def test_an_act_is_not_found_under_another_groups_address_or_on_another_kind_of_thing(scene: Scene) -> None:
    client = scene.icat.osce.signs_in(Client())
    assert client.get(f"/neighbour/do/object/{scene.proposal.pk}").status_code == 404
    assert client.get(f"/icat/do/nothing/{scene.proposal.pk}").status_code == 404
