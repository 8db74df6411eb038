"""A decision taken in the room, through the door: convened, proposed, called, adopted or objected to."""

from __future__ import annotations

import re
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from meetings.rooms import CONVENED, QUORUM, TEXT, Room
from onevoice.notices.models import Letter
from today import YEAR


@pytest.fixture
def room(icat: Any) -> Room:
    return Room(icat)


def test_a_text_proposed_in_the_room_becomes_a_decision_on_the_record(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    done = room.adopts(proposal)
    decision = done.result
    proposal.refresh_from_db()
    assert (proposal.number, proposal.state, decision.number) == (f"P/{YEAR}/1", "adopted", f"{YEAR}/1")
    assert (decision.visibility, decision.how, decision.text_hash) == (
        "public",
        "consensus",
        proposal.text_hash,
    )
    assert decision.text == [
        {"id": "p1", "text": {"en": "The Principals endorse the plan."}},
        {"id": "p2", "text": {"en": "They meet again next year."}},
    ]
    assert decision.taken_at.meeting == room.meeting
    assert (done.performed.facts["present"], done.performed.facts["members"]) == (3, 6)
    entry = done.performed.entry
    assert entry.openings.get(name="roster").value == sorted(QUORUM)
    assert (entry.act, entry.subject, entry.public) == (
        "meetings.declare_adopted", f"decisions.proposal:icat/p-{YEAR}-1", True,
    )  # fmt: skip


def test_the_agenda_is_a_tree(room: Room) -> None:
    numbers = list(room.meeting.agenda.values_list("number", "parent__number"))
    assert numbers == [("1", None), ("2", None), ("2.1", "2"), ("3", None)]


def test_an_objection_blocks_adoption(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.icat.ilo.does(room.room.Object, proposal, reason="Paragraph 1 exceeds our mandate.")
    refused = room.adopts(proposal)
    assert refused.kind == "objection_stands"
    assert room.icat.osce.does(room.room.DeclareNotAdopted, proposal).result.state == "not_adopted"
    assert room.adopts(proposal).kind == "settled"


def test_a_member_objects_once(room: Room) -> None:
    proposal = room.proposes().result
    room.icat.ilo.does(room.room.Object, proposal, reason="No.")
    assert room.icat.ilo.does(room.room.Object, proposal, reason="No, again.").kind == "objects_once"


def test_what_is_taken_back_no_longer_blocks_adoption(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.icat.ilo.does(room.room.Object, proposal, reason="Paragraph 1 exceeds our mandate.")
    assert room.icat.unicef.does(room.room.TakeBackObjection, proposal).kind == "no_own_objection"
    done = room.icat.ilo.does(room.room.TakeBackObjection, proposal)
    assert done.performed.entry.act == "meetings.take_back_objection"
    assert room.icat.osce.does(room.room.DeclareNotAdopted, proposal).kind == "no_objection"
    assert room.icat.ilo.does(room.room.TakeBackObjection, proposal).kind == "no_own_objection"
    assert room.adopts(proposal).performed.act == "meetings.declare_adopted"
    assert proposal.objections.count() == 1
    assert room.icat.ilo.does(room.room.TakeBackObjection, proposal).kind == "settled"


def test_an_organisation_may_object_again_after_taking_back(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    for reason in ("No.", "No, for another reason."):
        room.icat.ilo.does(room.room.Object, proposal, reason=reason)
        assert room.adopts(proposal).kind == "objection_stands"
        assert room.icat.ilo.does(room.room.Object, proposal, reason="Once more.").kind == "objects_once"
        room.icat.ilo.does(room.room.TakeBackObjection, proposal)
    assert [(one.reason, one.stands) for one in proposal.objections.all()] == [
        ("No.", False), ("No, for another reason.", False),
    ]  # fmt: skip


def test_an_objection_recorded_for_a_member_is_that_members_to_take_back(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.icat.unodc.does(room.room.RecordObjection, proposal, organisation="ilo", reason="Paragraph 1.")
    assert room.icat.unodc.does(room.room.TakeBackObjection, proposal).kind == "no_own_objection"
    room.icat.ilo.does(room.room.TakeBackObjection, proposal)
    assert room.adopts(proposal).performed.act == "meetings.declare_adopted"


def test_the_page_keeps_an_objection_that_was_taken_back_and_says_when(room: Room, client: Client) -> None:
    proposal = room.proposes().result
    room.icat.ilo.does(room.room.Object, proposal, reason="Paragraph 1 exceeds our mandate.")
    room.icat.ilo.signs_in(client)
    before = client.get(proposal.get_absolute_url()).text
    assert f"/icat/do/take-back-objection/{proposal.pk}" in before and "An objection stands." in before
    room.icat.ilo.does(room.room.TakeBackObjection, proposal)
    after = client.get(proposal.get_absolute_url()).text
    assert f"/icat/do/take-back-objection/{proposal.pk}" not in after and "An objection stands." not in after
    assert "Paragraph 1 exceeds our mandate." in after and "Taken back:" in after


def test_those_told_of_an_objection_are_told_when_it_is_taken_back(room: Room) -> None:
    proposal = room.proposes().result
    room.icat.ilo.does(room.room.Object, proposal, reason="Paragraph 1 exceeds our mandate.")
    objected = {one.address for one in Letter.objects.filter(subject__contains="objects to proposal")}
    room.icat.ilo.does(room.room.TakeBackObjection, proposal)
    told = {one.address for one in Letter.objects.filter(subject__contains="takes back its objection")}
    assert told == objected and told


def test_nothing_is_adopted_without_a_call(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    assert room.adopts(proposal).kind == "not_called"


def test_without_a_quorum_there_is_no_call(room: Room) -> None:
    room.present("unodc", "osce")
    proposal = room.proposes().result
    refusal = room.calls(proposal)
    assert refusal.kind == "no_quorum"
    assert str(refusal) == (
        "The quorum is 3 of 6 members; 2 are recorded as present. Record who is present, then try again."
    )


def test_without_a_quorum_nothing_is_adopted(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.present("unodc")
    assert room.adopts(proposal).kind == "no_quorum"


def test_a_member_of_the_room_is_not_the_chair(room: Room) -> None:
    room.present(*QUORUM)
    proposal = room.proposes().result
    assert room.calls(proposal, who=room.icat.unicef).kind == "not_for_you"
    room.calls(proposal)
    assert room.adopts(proposal, who=room.icat.unodc).kind == "not_for_you"


def test_only_the_proposer_withdraws(room: Room) -> None:
    from onevoice.decisions.acts.proposals import WithdrawProposal

    proposal = room.proposes().result
    assert room.icat.ilo.does(WithdrawProposal, proposal).kind == "not_the_proposer"
    assert room.icat.unicef.does(WithdrawProposal, proposal, why="Superseded.").result.state == "withdrawn"
    assert room.calls(proposal).kind == "settled"


def test_mallory_of_another_group_can_do_nothing(room: Room) -> None:
    from onevoice.enact.act import all_acts
    from onevoice.enact.perform import Sending, perform

    room.present(*QUORUM)
    proposal = room.proposes().result
    mallory = room.icat.neighbour.mallory.actor
    for subject in (room.meeting, room.item, proposal, room.icat.bodies["principals"]):
        fitting = [act for act in all_acts() if act.subject_model() is type(subject)]
        assert fitting
        for act in fitting:
            answer = perform(act, subject, Sending({}, uuid4().hex), actor=mallory)
            assert getattr(answer, "kind", answer) == "not_for_you", act


def test_an_objection_from_the_floor_stands_for_the_member(room: Room) -> None:
    room.present(*QUORUM, "ilo")
    proposal = room.proposes().result
    done = room.icat.unodc.does(
        room.room.RecordObjection, proposal, organisation="ilo", reason="Said from the floor."
    )
    objection = proposal.objections.get()
    assert (objection.organisation.slug, done.performed.facts["objector"]) == ("ilo", "ilo")
    assert objection.person == room.icat.unodc.person


def test_the_floor_is_of_members_who_are_present(room: Room) -> None:
    from onevoice.enact.perform import Incomplete

    room.present(*QUORUM)
    proposal = room.proposes().result
    answer = room.icat.unodc.does(room.room.RecordObjection, proposal, organisation="ilo", reason="Not here.")
    assert isinstance(answer, Incomplete)
    assert answer.form.errors["organisation"] == ["Choose one of the values offered."]


def test_the_same_one_time_number_is_one_act(room: Room) -> None:
    from onevoice.enact.perform import Sending, perform

    sending = Sending({"title": "Once", "text": "Only once.", "public": ""}, uuid4().hex)
    first = perform(room.room.ProposeText, room.item, sending, actor=room.icat.unicef.actor)
    second = perform(room.room.ProposeText, room.item, sending, actor=room.icat.unicef.actor)
    assert (first.again, second.again, second.performed) == (False, True, first.performed)
    assert room.item.proposed.count() == 1
    stolen = perform(room.room.ProposeText, room.item, sending, actor=room.icat.ilo.actor)
    assert stolen.kind == "number_used"


def test_a_meeting_of_the_past_is_changed_by_no_act(room: Room, briefing: Any) -> None:
    convening = room.convening
    for act, inputs in (
        (convening.CancelMeeting, {}),
        (convening.PostponeMeeting, {"day": "2049-02-01", "begins": "10:00", "ends": "11:00"}),
        (convening.AddAgendaItem, {"title": "More"}),
    ):
        assert room.icat.unodc.does(act, briefing, **inputs).kind == "past"


def test_postponing_keeps_the_meeting_and_its_address(room: Room) -> None:
    address = room.meeting.get_absolute_url()
    done = room.icat.osce.does(
        room.convening.PostponeMeeting, room.meeting, day="2049-02-01", begins="10:00", ends="11:30"
    )
    room.meeting.refresh_from_db()
    assert (room.meeting.state, room.meeting.when_written) == ("postponed", "2049-02-01")
    assert room.meeting.starts_at.isoformat() == "2049-02-01T09:00:00+00:00"
    assert room.meeting.get_absolute_url() == address
    assert done.performed.facts["before"] == "2049-01-14T14:00:00Z"


def test_a_meeting_cannot_end_before_it_begins(icat: Any) -> None:
    from onevoice.meetings.acts.convening import ConveneMeeting
    from onevoice.meetings.models import Meeting

    principals = icat.bodies["principals"]
    refused = icat.osce.does(ConveneMeeting, principals, **CONVENED | {"begins": "17:00", "ends": "15:00"})
    assert refused.kind == "ends_after_it_starts"
    assert not Meeting.objects.filter(body=principals).exists()


def test_an_hour_that_clocks_skip_is_said_so(icat: Any) -> None:
    from onevoice.enact.perform import Incomplete
    from onevoice.meetings.acts.convening import ConveneMeeting

    spring = CONVENED | {"day": "2049-03-28", "begins": "02:30", "ends": "04:00"}
    answer = icat.osce.does(ConveneMeeting, icat.bodies["principals"], **spring)
    assert isinstance(answer, Incomplete)
    assert "does not exist in Europe/Vienna" in str(answer.form.errors)


def test_nothing_is_proposed_in_a_cancelled_meeting(room: Room) -> None:
    room.icat.osce.does(room.convening.CancelMeeting, room.meeting, why="No room.")
    assert room.proposes().kind == "cancelled"


def test_a_decision_is_published_and_taken_back_by_the_secretariat(room: Room) -> None:
    from onevoice.decisions.acts.register import PublishDecision, UnpublishDecision

    room.present(*QUORUM)
    proposal = room.proposes(public="").result
    room.calls(proposal)
    decision = room.adopts(proposal).result
    assert decision.visibility == "group"
    assert room.icat.unicef.does(PublishDecision, decision).kind == "not_for_you"
    assert room.icat.unodc.does(PublishDecision, decision).result.visibility == "public"
    decision.refresh_from_db()
    done = room.icat.unodc.does(UnpublishDecision, decision, why="A name stood in it.")
    assert (done.result.visibility, done.performed.entry.public) == ("group", True)


# --- the forms -------------------------------------------------------------------------------------------------


def form_of(page: Any) -> dict[str, str]:
    """The hidden values of an act's form."""
    inputs = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.content.decode())
    return dict(inputs)


def test_the_whole_path_by_forms(icat: Any) -> None:
    from world import in_session

    chair = icat.osce.signs_in(Client())
    principals = icat.bodies["principals"]
    address = f"/icat/do/convene-meeting/{principals.pk}"
    page = chair.get(address)
    assert page.status_code == 200
    sent = chair.post(address, form_of(page) | CONVENED)
    assert sent.status_code == 303, sent.content.decode()
    meeting = icat.group.meetings.get()
    page = chair.get(sent["Location"])
    assert page.status_code == 200
    assert meeting.get_absolute_url() in page.content.decode()
    in_session(meeting)
    page = chair.get(meeting.get_absolute_url())
    assert "Record who is present" in page.content.decode()
    address = f"/icat/do/record-participation/{meeting.pk}"
    sent = chair.post(address, form_of(chair.get(address)) | {"present": list(QUORUM)})
    assert sent.status_code == 303
    address = f"/icat/do/propose-text/{meeting.agenda.get(number='2').pk}"
    sent = chair.post(address, form_of(chair.get(address)) | {"title": "Plan", "text": TEXT, "public": "on"})
    assert sent.status_code == 303
    proposal = icat.group.proposals.get()
    for act in ("call-for-objections", "declare-adopted"):
        address = f"/icat/do/{act}/{proposal.pk}"
        assert address in chair.get(proposal.get_absolute_url()).content.decode()
        sent = chair.post(address, form_of(chair.get(address)))
        assert sent.status_code == 303
    decision = icat.group.decisions.exclude(number="").get()
    assert decision.number in Client().get("/icat/decisions").content.decode()


def test_a_stale_form_says_who_changed_what_and_keeps_what_was_typed(room: Room) -> None:
    proposal = room.proposes().result
    member = room.icat.ilo.signs_in(Client())
    address = f"/icat/do/object/{proposal.pk}"
    form = form_of(member.get(address))
    room.icat.un_women.does(room.room.Object, proposal, reason="Ours came first.")
    sent = member.post(address, form | {"reason": "What we had typed."})
    said = sent.content.decode()
    assert sent.status_code == 409
    assert re.search(r"<time[^>]*>[^<]+\d\d:\d\d</time> in Vienna: <bdi>UN Women</bdi>, Object", said)
    assert "What we had typed." in said
    assert proposal.objections.count() == 1
    assert member.post(address, form_of(sent) | {"reason": "What we had typed."}).status_code == 303


def test_going_back_and_sending_again_shows_the_first_receipt(room: Room) -> None:
    proposal = room.proposes().result
    member = room.icat.ilo.signs_in(Client())
    address = f"/icat/do/object/{proposal.pk}"
    form = form_of(member.get(address)) | {"reason": "Once."}
    first, second = member.post(address, form), member.post(address, form)
    assert second["Location"] == first["Location"] + "?again=1"
    assert proposal.objections.count() == 1


def test_another_groups_member_finds_nothing(room: Room) -> None:
    proposal = room.proposes().result
    mallory = room.icat.neighbour.mallory.signs_in(Client())
    for address in (
        f"/icat/do/object/{proposal.pk}", f"/neighbour/do/object/{proposal.pk}", proposal.get_absolute_url(),
        room.meeting.get_absolute_url(), "/icat/proposals",
    ):  # fmt: skip
        assert mallory.get(address).status_code == 404, address
    assert Client().get(proposal.get_absolute_url()).status_code == 404


# --- many at once ------------------------------------------------------------------------------------------------


def test_numbers_have_no_gaps_when_many_propose_at_once(fresh_icat: Any) -> None:
    from django.db import connection

    room = Room(fresh_icat)
    errors: list[BaseException] = []

    def propose(who: Any) -> None:
        try:
            for turn in range(3):
                answer = room.proposes(who, title=f"{who.organisation.slug} {turn}")
                assert answer.result is not None, answer
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    members = [room.icat.unodc, room.icat.osce, room.icat.unicef, room.icat.ilo]
    threads = [threading.Thread(target=propose, args=(who,)) for who in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    numbers = sorted(int(p.number.split("/")[-1]) for p in room.icat.group.proposals.all())
    assert numbers == list(range(1, 13))


def test_two_who_adopt_at_once_make_one_decision(fresh_icat: Any) -> None:
    from django.db import connection

    room = Room(fresh_icat)
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    answers: list[Any] = []

    def adopt(who: Any) -> None:
        answers.append(room.adopts(proposal, who))
        connection.close()

    threads = [threading.Thread(target=adopt, args=(who,)) for who in (room.icat.osce, room.icat.un_women)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(getattr(answer, "kind", "done") for answer in answers) == ["done", "settled"]
    assert room.icat.group.decisions.count() == 1


def test_a_double_click_that_arrives_twice_at_once_is_one_act(fresh_icat: Any) -> None:
    from django.db import connection

    from onevoice.enact.perform import Sending, perform

    room = Room(fresh_icat)
    sending = Sending({"title": "Once", "text": "Only once."}, uuid4().hex)
    actor = room.icat.unicef.actor
    answers: list[Any] = []

    def send() -> None:
        answers.append(perform(room.room.ProposeText, room.item, sending, actor=actor))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.again for answer in answers) == [False, True, True, True]
    assert room.icat.group.proposals.count() == 1
