"""A meeting of Principals of ICAT in which decisions are taken, with its acts by name."""

from __future__ import annotations

from typing import Any

CONVENED = {
    "title": "Meeting of Principals", "day": "2049-01-14", "begins": "15:00", "ends": "17:00",
    "zone": "Europe/Vienna", "place": "Vienna", "agenda": "Opening\nCo-chairs\n  Candidates\nClosing",
}  # fmt: skip
TEXT = "The Principals endorse the plan.\n\nThey meet again next year."


class Room:
    """A meeting of Principals of ICAT, with acts by name."""

    def __init__(self, icat: Any, **changed: Any) -> None:
        from onevoice.meetings.acts import convening, room

        self.icat, self.convening, self.room = icat, convening, room
        done = icat.osce.does(convening.ConveneMeeting, icat.bodies["principals"], **CONVENED | changed)
        self.meeting = done.result
        self.item = self.meeting.agenda.get(number="2")

    def begins(self, **when: Any) -> None:
        """Time goes on until the meeting is in session (or began and ended when `when` says)."""
        from world import in_session

        in_session(self.meeting, **when)

    def present(self, *slugs: str) -> Any:
        """They come, and the meeting begins."""
        self.begins()
        return self.records(*slugs)

    def records(self, *slugs: str) -> Any:
        return self.icat.osce.does(self.convening.RecordParticipation, self.meeting, present=list(slugs))

    def proposes(self, who: Any = None, **changed: Any) -> Any:
        inputs = {"title": "Plan endorsed", "text": TEXT, "public": "on"} | changed
        return (who or self.icat.unicef).does(self.room.ProposeText, self.item, **inputs)

    def calls(self, proposal: Any, who: Any = None) -> Any:
        return (who or self.icat.osce).does(self.room.CallForObjections, proposal)

    def adopts(self, proposal: Any, who: Any = None) -> Any:
        return (who or self.icat.osce).does(self.room.DeclareAdopted, proposal)


QUORUM = ("unodc", "osce", "unicef")
