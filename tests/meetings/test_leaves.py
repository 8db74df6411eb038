"""What the record keeps of acts in a meeting: titles as facts, reasons as commitments that their openings fit."""

from __future__ import annotations

import json
from typing import Any

from meetings.rooms import QUORUM, Room
from onevoice.record.leaf import WHOLE
from onevoice.record.models import Opening


def leaf_of(done: Any) -> dict[str, Any]:
    """The leaf of an act; of what is not public, as its opening has it."""
    entry = done.performed.entry
    whole = Opening.objects.filter(entry=entry, name=WHOLE).first()
    return whole.value if whole else json.loads(bytes(entry.leaf))


def committed(done: Any, name: str) -> Any:
    """What a commitment in the leaf opens to; the leaf itself does not hold it."""
    leaf = leaf_of(done)
    value = Opening.objects.get(entry=done.performed.entry, name=name).value
    assert len(leaf["personal"][name]) == len(leaf["personal"]["by"]) and str(value) not in json.dumps(leaf)
    return value


def test_a_meeting_and_an_item_are_recorded_with_their_titles(icat: Any) -> None:
    from onevoice.meetings.acts.convening import AddAgendaItem, ConveneMeeting

    given = {"title": "Meeting of Principals", "day": "2049-01-14", "begins": "15:00", "ends": "17:00"}
    done = icat.osce.does(
        ConveneMeeting, icat.bodies["principals"], zone="Europe/Vienna", public="on", **given
    )
    facts = leaf_of(done)["facts"]
    assert (facts["title"], facts["slug"]) == ({"en": "Meeting of Principals"}, done.result.slug)
    item = icat.osce.does(AddAgendaItem, done.result, title="Any other business")
    assert leaf_of(item)["facts"] == {"item": "1", "title": {"en": "Any other business"}}


def test_the_reason_of_an_objection_is_committed_to(icat: Any) -> None:
    room = Room(icat)
    room.present(*QUORUM, "ilo")
    proposal = room.proposes().result
    done = icat.unicef.does(room.room.Object, proposal, reason="Paragraph two goes too far.")
    assert committed(done, "reason") == "Paragraph two goes too far."
    recorded = icat.osce.does(room.room.RecordObjection, proposal, organisation="ilo", reason="Too early.")
    assert committed(recorded, "reason") == "Too early."


def test_why_a_proposal_was_withdrawn_is_committed_to(icat: Any) -> None:
    from onevoice.decisions.acts.proposals import WithdrawProposal

    proposal = Room(icat).proposes().result
    assert committed(icat.unicef.does(WithdrawProposal, proposal, why="Overtaken."), "why") == "Overtaken."


def test_why_a_meeting_was_put_off_or_called_off_is_committed_to(icat: Any) -> None:
    room = Room(icat, public="on")
    later = {"day": "2049-02-01", "begins": "10:00", "ends": "11:00", "why": "A strike."}
    postponed = icat.osce.does(room.convening.PostponeMeeting, room.meeting, **later)
    assert committed(postponed, "why") == "A strike."
    assert (
        committed(icat.osce.does(room.convening.CancelMeeting, room.meeting, why="No room."), "why")
        == "No room."
    )
