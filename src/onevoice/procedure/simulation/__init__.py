"""A procedure before anything is sent: who is told when, the last moments, and how it can end.

1. What might happen is made up as events: nobody objects, one objects at the last moment, a new text is given.
2. `outcome` is asked what would then hold. Nothing is reckoned here a second time.
3. A last moment is found by asking as well: the event counts at one instant and not at a later one; what lies
   between is halved, down to the microsecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onevoice.procedure.calendars import Calendar
from onevoice.procedure.events import Member, Started
from onevoice.procedure.rules import Rules
from onevoice.procedure.states import Judged as Found
from onevoice.procedure.states import Judgement

from .endings import Ending, Endings, Hypothesis
from .supposed import Supposed
from .timeline import Kind, Reminders, Step, Timeline

__all__ = ["PLAIN", "Ending", "Hypothesis", "Kind", "Reminders", "Simulation", "Step", "simulate"]

PLAIN: Final = Reminders()


@dataclass(frozen=True, slots=True)
class Simulation:
    """What becomes of the start, and, where it counts, timeline and endings."""

    start: Found
    steps: tuple[Step, ...] = ()
    endings: tuple[Ending, ...] = ()


def simulate(
    rules: Rules,
    roster: Sequence[Member],
    calendar: Calendar | None,
    start: Started,
    *,
    reminders: Reminders = PLAIN,
) -> Simulation:
    """What will be, if it is started so. Raises outcome.Lacking where the rule cannot run."""
    asked = Supposed(rules, tuple(roster), calendar, start)
    found = asked.ask(at=start.at).judged[start.key]
    if found.judgement is not Judgement.COUNTED:
        return Simulation(found)
    steps = sorted(Timeline(asked, reminders).steps(), key=lambda step: step.at.at)
    return Simulation(found, tuple(steps), tuple(Endings(asked).all()))
