"""What may happen in a procedure that is not started yet, in words: points of its timeline, and how it can end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from onevoice.procedure.marks import _
from onevoice.procedure.rules import Confirmed, Edge
from onevoice.procedure.simulation import Hypothesis, Kind

STEPS: Final[Mapping[Kind, str]] = {
    Kind.START: _("The procedure starts."),
    Kind.NOTICE: _("Notices of the start go out."),
    Kind.REMINDER: _("A reminder goes out."),
    Kind.LAST_EXTENSION: _("Last moment to give more time."),
    Kind.LAST_OBJECTION: _("Last moment to object."),
    Kind.LAST_VOTE: _("Last moment to vote."),
    Kind.COMPLETION: _("Until now an objection of the last moment may be completed."),
    Kind.LAST_POSITION: _("Last moment to state a position, if nobody objects."),
    Kind.LATEST_END: _("The latest end, with all the time that may be added."),
}
ENDS: Final[Mapping[Edge, str]] = {
    Edge.LATE: _("The clock ends. What arrives at this very instant is late."),
    Edge.IN_TIME: _("The clock ends. What arrives at this very instant is still in time."),
}
NOT_BY_RULE: Final = _("The rules say nothing of reminders.")
NOT_LIMITED: Final = _("Nothing limits the whole length.")
IF: Final[Mapping[Hypothesis, str]] = {
    Hypothesis.NOBODY: _("If nobody objects"),
    Hypothesis.LAST_MOMENT: _("If one objects at the last moment and nothing else happens"),
    Hypothesis.MISSED: _("If the threshold is just missed"),
    Hypothesis.MET: _("If the threshold is just met"),
    Hypothesis.SUSTAINED: _("If that objection is found sustained"),
    Hypothesis.REVISED: _("If a new text answers it at once, and nobody objects to that"),
    Hypothesis.ROUNDS: _("If an objection follows the last new text that the rule allows"),
}
MEETS: Final[Mapping[Confirmed, str]] = {
    Confirmed.ANNOUNCED: _("The next meeting announces it."),
    Confirmed.NOTE_TAKEN: _("The next meeting takes note of it."),
    Confirmed.JOURNAL: _("The next meeting enters it in its journal."),
}
