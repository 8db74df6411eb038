"""Two tabs, and forms that were opened before somebody else changed the subject."""

from __future__ import annotations

import re

import pytest

from enact.scenes import Scene, notice, typed_in
from onevoice.decisions.models import Objection
from onevoice.meetings.acts.convening import AddAgendaItem, CancelMeeting, PostponeMeeting
from onevoice.meetings.acts.room import CallForObjections, Object, ProposeText, RecordObjection
from onevoice.meetings.models import AgendaItem

LATER = {"day": "2049-02-01", "begins": "15:00", "ends": "17:00"}


def test_a_second_tab_shows_the_receipt_of_the_first_and_asks_whether_to_do_it_again(scene: Scene) -> None:
    one, two = (scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting) for _ in range(2))
    receipt = one.sends(title="Other matters")["Location"]
    page = two.sends(title="Other matters")
    assert page.status_code == 409
    assert notice(page) == (
        "You have done this already After this form was opened, the same act was sent from another window. What you "
        "typed here is kept, and nothing was done a second time. See the receipt Send the form again only if it is "
        "to be done once more."
    )
    assert f'href="{receipt}"' in page.text
    assert 'value="Other matters"' in page.text
    assert AgendaItem.objects.filter(title={"en": "Other matters"}).count() == 1


def test_sending_the_second_tab_again_does_it_once_more(scene: Scene) -> None:
    one, two = (scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting) for _ in range(2))
    one.sends(title="Other matters")
    page = two.sends(title="Other matters")
    assert two.sends_again(page, title="Other matters").status_code == 303
    assert AgendaItem.objects.filter(title={"en": "Other matters"}).count() == 2


def test_a_second_tab_of_an_act_that_can_be_done_once_gives_its_sentence(scene: Scene) -> None:
    one, two = (scene.opens(scene.icat.ilo, Object, scene.proposal) for _ in range(2))
    one.sends(reason="First")
    page = two.sends(reason="Second")
    again = two.sends_again(page, reason="Second")
    assert (page.status_code, again.status_code) == (409, 403)
    assert "Your organisation has objected already. Nothing has changed." in notice(again)
    assert [objection.reason for objection in Objection.objects.all()] == ["First"]


def test_a_form_opened_before_somebody_else_changed_the_subject_says_who_what_and_when(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, PostponeMeeting, scene.meeting)
    moved = scene.icat.unodc.does(PostponeMeeting, scene.meeting, **LATER).performed
    page = form.sends(day="2049-03-01", begins="09:00", ends="10:00", why="The room is taken.")
    assert page.status_code == 409
    said = notice(page)
    assert said.startswith("This has changed since you opened the form")
    assert "UNODC" in said and "Postpone the meeting" in said
    when = re.search(r'<time datetime="([^"]+)"', page.text)
    assert when and when[1][:16] == moved.performed_at.isoformat()[:16]
    assert typed_in(page, "why") == "The room is taken."
    scene.meeting.refresh_from_db()
    assert scene.meeting.when_written == "2049-02-01"


def test_what_was_typed_can_be_sent_again_when_it_still_holds(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, PostponeMeeting, scene.meeting)
    scene.icat.unodc.does(PostponeMeeting, scene.meeting, **LATER)
    page = form.sends(**LATER | {"day": "2049-03-01"})
    assert form.sends_again(page, **LATER | {"day": "2049-03-01"}).status_code == 303


def test_a_subject_that_moved_again_is_told_again(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, PostponeMeeting, scene.meeting)
    scene.icat.unodc.does(PostponeMeeting, scene.meeting, **LATER)
    page = form.sends(**LATER)
    scene.icat.unodc.does(CancelMeeting, scene.meeting)
    assert form.sends_again(page, **LATER).status_code == 409


def test_a_stale_call_says_who_what_and_when(scene: Scene) -> None:
    scene.called()
    answer = scene.calls(
        scene.icat.unodc, RecordObjection, scene.proposal, seen=0, inputs={"organisation": "ilo", "reason": "No."}
    )
    assert answer.status_code == 409
    (since,) = answer.json()["since"]
    assert (since["act"], since["by"]["organisation"]["en"]) == ("meetings.call_for_objections", "OSCE")
    assert answer.json()["kind"] == "stale"


def test_what_others_make_under_a_subject_does_not_make_a_form_stale(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, ProposeText, scene.item)
    scene.proposed(title="Another")
    assert form.sends(title="Ours", text="Words.").status_code == 303


def test_a_refusal_that_the_change_brought_is_told_after_the_change(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CallForObjections, scene.proposal)
    scene.icat.un_women.does(CallForObjections, scene.proposal)
    page = form.sends()
    assert page.status_code == 409
    assert form.sends_again(page).status_code == 403


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "٣"])
def test_a_forged_version_does_no_harm(scene: Scene, seen: str) -> None:
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    form.hidden["seen"] = seen
    assert form.sends(title="Other matters").status_code in (303, 409)


@pytest.mark.parametrize("seen", ["1", -1, 2**63, 1.5, True, [1], {}])
def test_a_call_with_a_version_that_is_none_is_told_so(scene: Scene, seen: object) -> None:
    answer = scene.calls(scene.icat.osce, AddAgendaItem, scene.meeting, seen=seen, inputs={"title": "Item"})
    assert (answer.status_code, answer.json()["kind"]) == (400, "not_json")
