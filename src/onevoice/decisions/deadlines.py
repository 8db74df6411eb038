"""The end of a clock as an entry of a calendar: moved when the clock is, taken away when there is none to wait for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from onevoice.enact.subjects import key_of
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.notices.message import domain
from onevoice.notices.outbox import absolute
from onevoice.procedure.states import Outcome, State

from .models import Proposal

CLOCKS = (State.RUNNING, State.VOTING, State.WAITING, State.DEFERRED, State.AD_REFERENDUM)


def file(proposal: Proposal, outcome: Outcome, *, at: datetime) -> str:
    """The file that a letter carries. One entry for each proposal: the same UID, and a SEQUENCE that grows.

    PUBLISH and not REQUEST: a deadline asks for no reply, and nobody's answer changes it.
    """
    made = Calendar()
    made.add("prodid", "-//OneVoice//Deadlines//EN")
    made.add("version", "2.0")
    end = outcome.next_end.at if outcome.next_end and outcome.state in CLOCKS else None
    made.add("method", "PUBLISH" if end else "CANCEL")
    event = entry(
        uid(proposal),
        title(proposal),
        absolute(proposal.get_absolute_url()),
        end or _last(outcome, at),
        at=at,
    )
    event.add("sequence", len(outcome.judged))
    event.add("status", "CONFIRMED" if end else "CANCELLED")
    made.add_component(event)
    return made.to_ical().decode()


def entry(uid: str, title: str, address: str, end: datetime, *, at: datetime) -> Event:
    """An instant in a calendar: it takes no time, and is told of a day and an hour before."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", shown(title))
    event.add("dtstart", end.astimezone(UTC).replace(microsecond=0))
    event.add("dtend", end.astimezone(UTC).replace(microsecond=0))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    event.add("description", address)
    for before in (timedelta(days=1), timedelta(hours=1)):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", shown(title))
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def uid(proposal: Proposal) -> str:
    """For ever the same."""
    return f"{key_of(proposal).replace('/', '.').replace(':', '.')}@{domain()}"


def title(proposal: Proposal) -> str:
    """As it stands among a reader's other entries."""
    words = plain(proposal.title, active_language().code)
    return _("Deadline: {number}, {title}").format(number=proposal.number, title=words)


def _last(outcome: Outcome, at: datetime) -> datetime:
    """When the entry stood last, for programs that want a time with what is taken away."""
    return outcome.end.at if outcome.end else at
