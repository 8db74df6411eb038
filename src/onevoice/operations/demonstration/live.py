"""The demonstration's present: acts performed through the door, by its roles, each once.

Every act carries a one-time number of its own, so that starting the demonstration again finds them done.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from onevoice.decisions.models import Proposal
from onevoice.enact.act import Act
from onevoice.enact.perform import Done, Sending, database_clock, perform
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Body, Group
from onevoice.meetings.acts.convening import ConveneMeeting, RecordParticipation
from onevoice.meetings.acts.room import ProposeText
from onevoice.meetings.models import Meeting
from onevoice.parties.models import Person

PRESENT = (
    "ilo", "iom", "unodc", "unicef", "unhcr", "ohchr", "icmpd", "osce", "unfpa", "un-women", "cbss", "oas", "interpol",
    "unaids", "osrsg-vac",
)  # fmt: skip
AGENDA = """Adoption of the agenda
Joint statement on the online recruitment of children
  Text proposed by the co-chairs
  Languages and release
Programme of work for next year
Other matters"""
STATEMENT = """We, the organisations that work together against trafficking in persons, are alarmed at how often
children are approached and recruited on line.

We call on States to make it safe and simple for a child, a parent or a teacher to report an
approach, and to answer within a day.

We call on companies to look for patterns of recruitment on their services, to keep what
investigators need, and to tell the authorities in time.

We will report together, a year from today, on what has changed."""


def bring_to_life(group: Group) -> None:
    """A meeting in session with a text on the table, and one to come."""
    now = database_clock().astimezone(group.tz)
    today, (begins, ends) = now.date(), in_session(now)
    working = Body.objects.get(group=group, slug="working-level")
    held = _does(
        "secretariat-officer-unodc", ConveneMeeting, working, "convenes",
        title="Working-level meeting", day=today, begins=begins, ends=ends, zone=group.zone,
        place="Vienna International Centre", agenda=AGENDA, public="on",
    )  # fmt: skip
    meeting = Meeting.objects.get(pk=held.pk)
    _does("secretariat-officer-unodc", RecordParticipation, meeting, "counts", present=list(PRESENT))
    item = meeting.agenda.get(number="2.1")
    _does(
        "focal-point-unicef", ProposeText, item, "proposes",
        title="Joint statement on the online recruitment of children", text=STATEMENT, public="on",
    )  # fmt: skip
    principals = Body.objects.get(group=group, slug="principals")
    _does(
        "secretariat-officer-unodc", ConveneMeeting, principals, "convenes principals",
        title="Meeting of Principals", day=today + timedelta(days=21), begins="15:00", ends="17:00", zone=group.zone,
        place="Vienna International Centre and on line", public="on",
        agenda="Adoption of the agenda\nPriorities of the co-chairs for next year\nDate of the next meeting",
    )  # fmt: skip


def in_session(now: datetime) -> tuple[time, time]:
    """Hours, on the clocks of `now`, of a meeting that has begun and goes on: eight hours, or until the day ends."""
    begins = now.time().replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    later = now + timedelta(hours=8)
    return begins, begins.replace(hour=later.hour) if later.date() == now.date() else time(23, 59, 59)


def _does(person: str, act: type[Act], subject: Any, number: str, **inputs: Any) -> Any:
    """One role performs one act, once; returns what the act made (its row, found again the second time)."""
    who = Person.objects.get(slug=person)
    actor = identity_of_person(who.pk, now=database_clock()).actor_in(subject.group.pk)
    if actor is None:
        raise LookupError(f"{person} has no appointment in {subject.group}.")
    given = {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in inputs.items()
    }
    answer = perform(act, subject, Sending(_form(given), f"demonstration: {number}"), actor=actor)
    if not isinstance(answer, Done):
        errors = getattr(getattr(answer, "form", None), "errors", answer)
        raise RuntimeError(f"The demonstration could not perform {act.name}: {errors}")
    return answer.result or _again(answer.performed.result)


def _form(given: dict[str, Any]) -> Any:
    """Inputs as a form sends them."""
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _again(key: str) -> Any:
    model, _, name = key.partition(":")
    rows = {"meetings.meeting": Meeting, "decisions.proposal": Proposal}[model]
    return rows._base_manager.get(group__slug=name.split("/")[0], slug=name.split("/")[1])
