"""What each event does to the course of a procedure, or why it does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from onevoice.procedure import events
from onevoice.procedure.course import Course
from onevoice.procedure.states import State

from . import afterwards, chair, changing, members, objecting, positions, starting
from .shared import Late, WithoutEffect

__all__ = ["HANDLERS", "Late", "WithoutEffect", "play"]


def play(course: Course, event: events.Event) -> None:
    """Judge an event and let it take effect; raises Late or WithoutEffect where it does not count."""
    HANDLERS[type(event)](course, event)
    if isinstance(event, events.Said) and course.state is not State.NOT_STARTED:
        course.round.took_part.add(event.member)
    course.look(event.at)


def _nothing(course: Course, event: events.Event) -> None:
    """An outage is known before anything is played."""


HANDLERS: Final[Mapping[type[events.Event], Callable[[Course, Any], None]]] = {
    events.Started: starting.start,
    events.Left: members.leave,
    events.Admitted: members.admit,
    events.Present: members.present,
    events.Objected: objecting.object_,
    events.Amended: objecting.amend,
    events.Joined: objecting.join,
    events.Completed: objecting.complete,
    events.Withdrew: objecting.withdraw,
    events.Struck: objecting.strike,
    events.Conditional: positions.condition,
    events.Supported: positions.support,
    events.Put: chair.put,
    events.Absent: members.report_absent,
    events.Reached: members.reached,
    events.Unreached: members.unreached,
    events.Judged: chair.judge,
    events.Escalated: chair.escalate,
    events.Settled: chair.settle,
    events.Extended: changing.extend,
    events.Asked: changing.ask,
    events.Revised: changing.revise,
    events.Corrected: changing.correct,
    events.BallotOpened: changing.open_ballot,
    events.Voted: changing.vote,
    events.Stated: positions.state_position,
    events.AdReferendum: positions.ad_referendum,
    events.Confirmed: positions.confirm,
    events.Refused: positions.refuse,
    events.TakenBack: afterwards.take_back,
    events.OutcomeAnnounced: afterwards.announce,
    events.Met: afterwards.meet,
    events.Reopened: afterwards.reopen,
    events.Outage: _nothing,
}
