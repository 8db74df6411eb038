"""One form, one act: whatever is pressed twice, sent again, or sent by two at the same moment."""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction

from enact.scenes import Scene, at_once, notice, typed_in
from onevoice.decisions.acts.proposals import WithdrawProposal
from onevoice.decisions.models import Objection
from onevoice.enact.act import Refusal
from onevoice.enact.models import Performed
from onevoice.enact.perform import Done, Sending, perform
from onevoice.meetings.acts.convening import AddAgendaItem, CancelMeeting
from onevoice.meetings.acts.documents import AddDocument
from onevoice.meetings.acts.moving import MoveProposal
from onevoice.meetings.acts.room import DeclareAdopted, Object, ProposeText
from onevoice.meetings.models import Document

REASON = {"reason": "Paragraph 1 exceeds our mandate."}


def test_a_form_sent_twice_is_one_act_and_the_second_answer_is_the_first_receipt(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    first, second = form.sends(**REASON), form.sends(**REASON)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second["Location"] == first["Location"] + "?again=1"
    assert Objection.objects.count() == 1
    page = form.client.get(second["Location"])
    assert notice(page).startswith("This was done already, once The form was sent twice.")


def test_a_form_sent_again_with_other_words_is_still_the_first_act(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    receipt = form.sends(**REASON)["Location"]
    page = form.sends(reason="Something else")
    assert page.status_code == 409
    assert notice(page).startswith(
        "You have done this already This form was sent already, with other words. What you typed since is kept here"
    )
    assert typed_in(page, "reason") == "Something else" and f'href="{receipt}"' in page.text
    assert Objection.objects.get().reason == REASON["reason"]


def test_what_was_typed_after_the_receipt_is_done_by_one_more_press(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    form.sends(title="Other matters")
    page = form.sends(title="Any other business")
    assert page.status_code == 409 and 'value="Any other business"' in page.text
    assert form.sends_again(page, title="Any other business").status_code == 303
    assert scene.meeting.agenda.filter(title={"en": "Any other business"}).count() == 1


def test_a_call_sent_twice_is_one_act(scene: Scene) -> None:
    first, second = (
        scene.calls(scene.icat.ilo, Object, scene.proposal, inputs=REASON, once="lost connection") for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"again": True}
    assert Objection.objects.count() == 1


def test_a_refused_form_has_not_used_its_number(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    assert form.sends(reason="").status_code == 422
    assert form.sends(**REASON).status_code == 303


def test_another_persons_number_is_refused_and_tells_nothing(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    receipt = form.sends(**REASON)["Location"]
    theirs = scene.opens(scene.icat.icmpd, Object, scene.proposal)
    theirs.hidden["once"] = form.hidden["once"]
    page = theirs.sends(**REASON)
    assert page.status_code == 403
    assert notice(page).endswith(
        "This form was already used by somebody else. Nothing has changed. Open the form again."
    )
    assert receipt not in page.text
    assert Objection.objects.count() == 1


def test_a_colleague_who_sends_the_same_number_is_refused_too(scene: Scene) -> None:
    """The receipt names who acted: the colleague sees it on the desk, not as an answer to an act of their own."""
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    colleague = scene.icat.sends(scene.icat.ilo.organisation, "Alternate", "alternate")
    theirs = scene.opens(colleague, Object, scene.proposal)
    form.sends(**REASON)
    theirs.hidden["once"] = form.hidden["once"]
    assert theirs.sends(**REASON).status_code == 403


@pytest.mark.parametrize("once", ["x" * 65, "", "a\x00b", "\ud800", 5, ["x"], {"a": 1}, True])
def test_a_call_with_a_number_that_is_none_is_told_so(scene: Scene, once: Any) -> None:
    answer = scene.calls(scene.icat.ilo, Object, scene.proposal, inputs=REASON, once=once)
    assert (answer.status_code, answer.json()["kind"]) == (400, "not_a_number_once")
    assert Objection.objects.count() == 0


@pytest.mark.parametrize("once", ["x" * 65, "", "a\x00b"])
def test_a_form_with_a_number_that_is_none_gets_one(scene: Scene, once: str) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    form.hidden["once"] = once
    assert form.sends(**REASON).status_code == 303


def test_two_long_numbers_with_one_beginning_are_two(scene: Scene) -> None:
    for end in "ab":
        once = "x" * 63 + end
        assert scene.calls(scene.icat.unicef, ProposeText, scene.item, inputs=text(end), once=once).status_code == 201
    assert scene.item.proposed.count() == 3


def text(title: str) -> dict[str, str]:
    return {"title": title, "text": "Words."}


def test_the_same_number_from_two_threads_is_one_act(committed: Scene) -> None:
    actor = committed.icat.ilo.actor
    for turn in range(5):
        sending = Sending(text(f"Turn {turn}"), f"turn {turn}")
        answers = at_once(*[lambda s=sending: perform(ProposeText, committed.item, s, actor=actor)] * 2)
        assert sorted(answer.again for answer in answers) == [False, True]
        assert len({answer.performed.pk for answer in answers}) == 1
    assert Performed.objects.filter(once__startswith="turn").count() == 5


def waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return bool(cursor.fetchone()[0])


class Late(Thread):
    """Somebody who sends while another's act is not committed yet."""

    def __init__(self, work: Any) -> None:
        super().__init__()
        self.work, self.pid, self.answer = work, 0, None

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.answer = self.work()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            self.answer = error
        finally:
            connections.close_all()

    def starts_and_waits(self) -> None:
        self.start()
        deadline = time.monotonic() + 20
        while not (self.pid and waits(self.pid)):
            assert time.monotonic() < deadline, f"it does not wait: {self.answer}"
            time.sleep(0.01)


def test_the_same_number_at_the_same_moment_on_two_subjects_gives_the_first_receipt(committed: Scene) -> None:
    actor, other = committed.icat.osce.actor, committed.convened("Another meeting")
    sending = Sending({"title": "One more item"}, "the very same")
    late = Late(lambda: perform(AddAgendaItem, other, sending, actor=actor))
    with transaction.atomic():
        first = perform(AddAgendaItem, committed.meeting, sending, actor=actor)
        late.starts_and_waits()
    late.join(20)
    assert isinstance(late.answer, Done) and isinstance(first, Done), late.answer
    assert (late.answer.again, late.answer.performed) == (True, first.performed)
    assert not other.agenda.filter(title={"en": "One more item"}).exists()


def test_the_same_number_at_the_same_moment_by_another_is_refused(committed: Scene) -> None:
    osce, unodc, other = committed.icat.osce.actor, committed.icat.unodc.actor, committed.convened("Another meeting")
    sending = Sending({"title": "One more item"}, "the very same")
    late = Late(lambda: perform(AddAgendaItem, other, sending, actor=unodc))
    with transaction.atomic():
        perform(AddAgendaItem, committed.meeting, sending, actor=osce)
        late.starts_and_waits()
    late.join(20)
    assert isinstance(late.answer, Refusal) and late.answer.kind == "number_used", late.answer


def test_acts_on_one_subject_take_turns_and_the_later_sees_what_the_earlier_did(committed: Scene) -> None:
    item, osce = Sending({"title": "One more item"}, "late"), committed.icat.osce.actor
    late = Late(lambda: perform(AddAgendaItem, committed.meeting, item, actor=osce))
    with transaction.atomic():
        done = perform(CancelMeeting, committed.meeting, Sending({}, "cancels"), actor=osce)
        assert isinstance(done, Done)
        late.starts_and_waits()
    late.join(20)
    assert isinstance(late.answer, Refusal) and late.answer.kind == "cancelled", late.answer


@pytest.mark.parametrize(("first", "second", "kind"), [
    (Object, DeclareAdopted, "objection_stands"), (DeclareAdopted, Object, "settled"),
    (DeclareAdopted, WithdrawProposal, "settled"), (WithdrawProposal, DeclareAdopted, "settled"),
])  # fmt: skip
def test_of_two_that_exclude_each_other_only_the_first_happens(
    committed: Scene, first: Any, second: Any, kind: str
) -> None:
    proposal, icat = committed.called(), committed.icat
    who = {Object: icat.ilo.actor, DeclareAdopted: icat.osce.actor, WithdrawProposal: icat.unicef.actor}
    late = Late(lambda: perform(second, proposal, Sending(REASON, "late"), actor=who[second]))
    with transaction.atomic():
        assert isinstance(perform(first, proposal, Sending(REASON, "first"), actor=who[first]), Done)
        late.starts_and_waits()
    late.join(20)
    assert isinstance(late.answer, Refusal) and late.answer.kind == kind, late.answer


def test_acts_in_a_group_do_not_wait_for_an_act_on_the_group(committed: Scene) -> None:
    """Else an act on the group and one on a body could wait for each other for ever."""
    from onevoice.groups.acts.house import CreateBody

    body = {"name": "Task Force", "parent": "members", "decision_pattern": "T/{year}/{number}"}
    with transaction.atomic():
        perform(CreateBody, committed.icat.group, Sending(body, "creates"), actor=committed.icat.unodc.actor)
        answers = at_once(
            lambda: perform(
                ProposeText, committed.item, Sending(text("Meanwhile"), "meanwhile"), actor=committed.icat.ilo.actor
            )
        )
    assert isinstance(answers[0], Done), answers[0]


def test_a_browser_may_keep_the_form_so_that_going_back_to_it_sends_the_same_number(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    assert form.client.get(form.address).headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in form.sends(title="").headers["Cache-Control"]


def test_the_same_words_in_a_newly_opened_form_are_asked_about_once(scene: Scene) -> None:
    """Whoever goes back after the receipt finds a new form with the old words in it."""
    same = {"title": "Other matters", "note": "Short."}
    receipt = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting).sends(**same)["Location"]
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    page = form.sends(**same)
    assert page.status_code == 409
    assert notice(page).startswith("You have done this already You sent the same a short time ago.")
    assert f'href="{receipt}"' in page.text and 'value="Other matters"' in page.text
    assert scene.meeting.agenda.filter(title={"en": "Other matters"}).count() == 1
    assert form.sends_again(page, **same).status_code == 303
    assert scene.meeting.agenda.filter(title={"en": "Other matters"}).count() == 2


def test_other_words_another_person_or_a_call_are_not_asked_about(scene: Scene) -> None:
    scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting).sends(title="Other matters")
    for who, title in ((scene.icat.osce, "Other Matters"), (scene.icat.unodc, "Other matters")):
        assert scene.opens(who, AddAgendaItem, scene.meeting).sends(title=title).status_code == 303
    answer = scene.calls(scene.icat.unodc, AddAgendaItem, scene.meeting, inputs={"title": "Other matters"})
    assert answer.status_code == 201


@pytest.mark.parametrize("told", ["", "x", "-1", "9" * 40, "٣"])
def test_a_forged_note_of_having_been_told_does_no_harm(scene: Scene, told: str) -> None:
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    form.hidden["told"] = told
    assert form.sends(title="Other matters").status_code == 303


def file(words: bytes = b"Words of the plan.") -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.txt", words, content_type="text/plain")


def test_another_file_or_title_sent_after_going_back_is_compared_with_the_first(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    receipt = form.sends(title="Plan", language="en", file=file())["Location"]
    others = [{"title": "Plan", "file": file(b"Other words.")}, {"title": "Other", "file": file()}, {"title": "No"}]
    for other in others:
        page = form.sends(**{"language": "en"} | other)
        assert (page.status_code, f'href="{receipt}"' in page.text) == (409, True)
        assert "This form was sent already, with other words." in notice(page)
        assert f'value="{other["title"]}"' in page.text
        assert ("Choose the file again" in page.text) == ("file" in other)
    assert Document.objects.count() == 1


def test_the_same_file_or_none_after_going_back_is_the_same_sending(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    receipt = form.sends(title="Plan", language="en", file=file())["Location"]
    assert form.sends(title="Plan", language="en", file=file())["Location"] == receipt + "?again=1"
    assert form.sends(title="Plan", language="en")["Location"] == receipt + "?again=1"  # browsers forget the file
    assert Document.objects.count() == 1


def test_a_file_chosen_anew_in_a_new_form_is_meant(scene: Scene) -> None:
    for _ in range(2):
        form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
        assert form.sends(title="Plan", language="en", file=file()).status_code == 303
    assert Document.objects.count() == 2


def test_another_row_chosen_after_going_back_is_compared_with_the_first(scene: Scene) -> None:
    items = [scene.convened(f"Meeting {n}", day=f"2049-0{n}-01").agenda.get(number="1") for n in (5, 6)]
    form = scene.opens(scene.icat.osce, MoveProposal, scene.proposal)
    receipt = form.sends(item=items[0].pk)["Location"]
    assert form.sends(item=items[0].pk)["Location"] == receipt + "?again=1"  # though it may be chosen no more
    page = form.sends(item=items[1].pk)
    assert page.status_code == 409 and "This form was sent already, with other words." in notice(page)
    assert f'<option value="{items[1].pk}" selected>' in page.text
    assert form.sends(item="\x00").status_code == 409
