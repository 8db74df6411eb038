"""A meeting happens at its hour: nobody is in the room, and nothing is decided in it, before or long after."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from meetings.rooms import CONVENED, QUORUM, Room


@pytest.fixture
def room(icat: Any) -> Room:
    return Room(icat)


def test_nothing_is_decided_before_the_meeting_begins(room: Room) -> None:
    proposal = room.proposes().result
    refusals = [room.records(*QUORUM), room.calls(proposal)]
    assert [refusal.kind for refusal in refusals] == ["not_begun", "not_begun"]
    assert [str(refusal) for refusal in refusals] == [
        "This meeting begins on Thursday 14 January 2049, 15:00 in Vienna. Who is present can be recorded from one "
        "hour before. Nothing has changed: come back then.",
        "This meeting begins on Thursday 14 January 2049, 15:00 in Vienna, and the body decides in it. Nothing has "
        "changed, and the text stays on the table: come back when the meeting has begun.",
    ]
    proposal.refresh_from_db()
    assert (proposal.state, room.meeting.participations.count()) == ("tabled", 0)


def test_what_was_called_is_not_declared_once_the_meeting_is_put_off(room: Room) -> None:
    room.present(*QUORUM)
    agreed, objected = room.proposes().result, room.proposes().result
    for proposal in (agreed, objected):
        room.calls(proposal)
    room.icat.ilo.does(room.room.Object, objected, reason="Not so.")
    room.begins(begins=timedelta(days=2))
    refusals = [
        room.adopts(agreed),
        room.icat.osce.does(room.room.DeclareNotAdopted, objected),
        room.icat.osce.does(room.room.RecordObjection, agreed),
    ]
    assert [refusal.kind for refusal in refusals] == ["not_begun"] * 3


def test_people_arrive_in_the_hour_before(room: Room) -> None:
    proposal = room.proposes().result
    room.begins(begins=timedelta(minutes=61))
    assert room.records(*QUORUM).kind == "not_begun"
    room.begins(begins=timedelta(minutes=59))
    assert room.records(*QUORUM).performed.facts["present"] == sorted(QUORUM)
    assert room.calls(proposal).kind == "not_begun"


def test_a_chair_who_is_late_writing_down_has_three_days(room: Room) -> None:
    proposal = room.proposes().result
    room.begins(begins=-timedelta(days=3))
    assert room.records(*QUORUM).performed is not None
    assert room.calls(proposal).performed is not None
    room.begins(begins=-timedelta(days=3, hours=3))
    refusals = [room.records(*QUORUM), room.adopts(proposal), room.proposes()]
    assert [refusal.kind for refusal in refusals] == ["too_long_over"] * 3


def test_nobody_is_present_in_a_cancelled_meeting(room: Room) -> None:
    proposal = room.proposes().result
    room.begins()
    room.icat.osce.does(room.convening.CancelMeeting, room.meeting, why="No room.")
    assert [room.records(*QUORUM).kind, room.calls(proposal).kind] == ["cancelled", "cancelled"]


def test_the_page_of_a_meeting_weeks_away_does_not_ask_who_is_present(room: Room) -> None:
    page = room.icat.osce.signs_in(Client()).get(room.meeting.get_absolute_url()).content.decode()
    assert ("Record who is present" in page, re.findall(r'class="button" href="([^"]+)"', page)) == (
        False,
        [],
    )


def test_a_meeting_is_not_convened_in_the_past(icat: Any) -> None:
    from onevoice.meetings.acts.convening import ConveneMeeting
    from onevoice.notices.models import Letter

    answer = icat.osce.does(ConveneMeeting, icat.bodies["principals"], **CONVENED | {"day": "1950-01-16"})
    assert dict(answer.form.errors) == {
        "day": [
            "That time has passed: Monday 16 January 1950, 15:00 in Vienna. Nothing has changed: choose a day and an "
            "hour to come."
        ]
    }
    assert (icat.group.meetings.count(), Letter.objects.count()) == (0, 0)


def test_a_meeting_is_convened_on_the_spot(icat: Any) -> None:
    from onevoice.enact.perform import database_clock
    from onevoice.meetings.acts.convening import ConveneMeeting

    def convened(ago: int) -> Any:
        starts = database_clock() - timedelta(minutes=ago)
        given = {"day": f"{starts:%Y-%m-%d}", "begins": f"{starts:%H:%M}", "ends": "23:59:59", "zone": "UTC"}
        return icat.osce.does(ConveneMeeting, icat.bodies["principals"], **CONVENED | given)

    assert [hasattr(convened(ago), "performed") for ago in (62, 58)] == [False, True]


def test_a_meeting_is_not_put_off_into_the_past(room: Room) -> None:
    answer = room.icat.osce.does(
        room.convening.PostponeMeeting, room.meeting, day="2020-02-01", begins="10:00", ends="11:30"
    )
    assert list(answer.form.errors) == ["day"]


# --- a text that was not decided -----------------------------------------------------------------------------------


def test_the_text_of_a_cancelled_meeting_is_decided_in_another(room: Room) -> None:
    from onevoice.meetings.acts.moving import MoveProposal

    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.icat.osce.does(room.convening.CancelMeeting, room.meeting, why="The hall is closed.")
    cancelled, move = room.meeting, lambda who, item: who.does(MoveProposal, proposal, item=str(item.pk))
    assert move(room.icat.unodc, room.item).kind == "no_other_meeting"

    other = Room(room.icat, title="Another meeting")
    assert move(room.icat.ilo, other.item).kind == "not_for_you"
    assert list(move(room.icat.osce, room.item).form.errors) == ["item"]
    done = move(room.icat.osce, other.item)
    assert done.performed.facts["before"] == {
        "meeting": f"meetings.meeting:icat/{cancelled.slug}",
        "item": "2",
    }
    assert done.performed.facts["meeting"] == f"meetings.meeting:icat/{other.meeting.slug}"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.proposed_under.item) == ("tabled", other.item)

    other.present(*QUORUM)
    assert other.adopts(proposal).kind == "not_called"
    other.calls(proposal)
    assert other.adopts(proposal).result.taken_at.meeting == other.meeting


def test_a_text_is_not_moved_to_a_meeting_that_is_over_or_of_another_body(room: Room) -> None:
    from onevoice.meetings.acts.moving import other_items

    proposal = room.proposes().result
    over, theirs = Room(room.icat, title="Over"), Room(room.icat, title="Theirs")
    over.begins(begins=timedelta(days=-1))
    type(theirs.meeting).objects.filter(pk=theirs.meeting.pk).update(body=room.icat.bodies["working-group"])
    assert list(other_items(proposal)) == []


def test_a_desk_where_nothing_is_owed_says_so_once(icat: Any) -> None:
    from onevoice.enact.perform import database_clock

    member = icat.ilo.signs_in(Client())
    page = member.get("/icat/desk").content.decode()
    assert ("Nothing is owed today." in page, 'class="lede"' in page) == (True, False)
    meeting = Room(icat).meeting
    for begins, stands in ((timedelta(minutes=-30), True), (timedelta(hours=-3), False)):
        type(meeting).objects.filter(pk=meeting.pk).update(
            starts_at=database_clock() + begins, ends_at=database_clock() + begins + timedelta(hours=2)
        )
        assert ("See the agenda" in member.get("/icat/desk").content.decode()) == stands
