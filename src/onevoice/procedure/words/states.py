"""States, causes, and what an objection may owe, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from onevoice.procedure.marks import _
from onevoice.procedure.states import Cause, State

STATES: Final[Mapping[State, str]] = {
    State.NOT_STARTED: _("Nothing was started."),
    State.OPEN: _("It is before the meeting, or the chair; no clock runs."),
    State.RUNNING: _("The clock runs."),
    State.HELD_UP: _("An objection stands, and the clock stands still."),
    State.WAITING: _("The clock is over, and somebody was not reached: that silence does not count yet."),
    State.DEFERRED: _("It is deferred."),
    State.TO_A_VOTE: _("It goes to a vote, which is still to be opened."),
    State.VOTING: _("The ballot is open."),
    State.WITH_THE_CHAIR: _("The chair has to judge."),
    State.NEXT_LEVEL: _("The next level has to decide."),
    State.TO_A_MEETING: _("A meeting has to decide."),
    State.AD_REFERENDUM: _("It is adopted, subject to confirmation by headquarters."),
    State.ADOPTED: _("It is adopted."),
    State.NOT_ADOPTED: _("It is not adopted."),
    State.WITHDRAWN: _("The proposal was withdrawn."),
}
CAUSES: Final[Mapping[Cause, str]] = {
    Cause.QUORUM: _("Too few members took part."),
    Cause.SUPPORT: _("Too few members spoke for it."),
    Cause.BALLOT: _("The ballot did not carry it."),
}
OWED: Final[Mapping[str, str]] = {
    "reasons": _("its reasons"),
    "paragraphs": _("the paragraphs that it is about"),
    "wording": _("the wording that would remove it"),
}
