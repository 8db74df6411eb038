"""The demonstration's present: acts performed through the door, by its roles, each once.

Every act carries a one-time number of its own, so that starting the demonstration again finds them done.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from onevoice.decisions.models import Proposal
from onevoice.enact.act import Act
from onevoice.enact.perform import Done, Sending, database_clock, perform
from onevoice.enact.subjects import group_of, key_of
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Body, Group
from onevoice.mandates.acts.answers import SayWhatAnswersParagraph
from onevoice.mandates.acts.fields import reading_of
from onevoice.mandates.acts.instruments import EnterMandate
from onevoice.mandates.acts.paragraphs import EnterParagraphs
from onevoice.mandates.models import Instrument
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

MANDATE = """1. Welcomes the work of the Coordination Group of this demonstration;

2. Invites the members of the Group to meet at working level at least once a year;

3. Invites the heads of the organisations that are members of the Group to meet every second year, and to agree on
priorities;

4. Requests the Group to publish guidance on the recruitment of children on line, in the six official languages;

5. Requests the Group to report on:
(a) what its members have done together;
(b) what hinders them."""


def bring_to_life(group: Group) -> None:
    """A meeting in session with a text on the table, and one to come, and a mandate that both answer in part."""
    now = database_clock().astimezone(group.tz)
    today, (begins, ends) = now.date(), in_session(now)
    working = Body.objects.get(group=group, slug="working-level")
    held = does(
        "secretariat-officer-unodc", ConveneMeeting, working, "convenes",
        title="Working-level meeting", day=today, begins=begins, ends=ends, zone=group.zone,
        place="Vienna International Centre", agenda=AGENDA, public="on",
    )  # fmt: skip
    meeting = Meeting.objects.get(pk=held.pk)
    does("secretariat-officer-unodc", RecordParticipation, meeting, "counts", present=list(PRESENT))
    item = meeting.agenda.get(number="2.1")
    does(
        "focal-point-unicef", ProposeText, item, "proposes",
        title="Joint statement on the online recruitment of children", text=STATEMENT, public="on",
    )  # fmt: skip
    principals = Body.objects.get(group=group, slug="principals")
    heads = does(
        "secretariat-officer-unodc", ConveneMeeting, principals, "convenes principals",
        title="Meeting of Principals", day=today + timedelta(days=21), begins="15:00", ends="17:00", zone=group.zone,
        place="Vienna International Centre and on line", public="on",
        agenda="Adoption of the agenda\nPriorities of the co-chairs for next year\nDate of the next meeting",
    )  # fmt: skip
    _mandate(group, {"2": meeting, "3": heads})


def _mandate(group: Group, answers: dict[str, Any]) -> None:
    """An invented mandate with its paragraphs; some are answered, by paragraph number, and some are not."""
    officer = "secretariat-officer-unodc"
    made = does(
        officer, EnterMandate, group, "enters a mandate", kind="mandate", symbol="DEMO/RES/1", language="en",
        organ="An invented assembly", title="Coordination in a demonstration", when="2025",
        note="Invented to try OneVoice. No organ of the United Nations adopted it.",
    )  # fmt: skip
    does(
        officer, EnterParagraphs, made, "enters paragraphs", language="en", text=MANDATE,
        read_as=reading_of(MANDATE).mark,
    )  # fmt: skip
    for number, thing in answers.items():
        paragraph = made.paragraphs.filter(number=number, standing=True).first()
        if paragraph is not None:  # people may have withdrawn it since
            said = f"answers paragraph {number}"
            does(officer, SayWhatAnswersParagraph, paragraph, said, thing=key_of(thing))


def in_session(now: datetime) -> tuple[time, time]:
    """Hours, on the clocks of `now`, of a meeting that has begun and goes on: eight hours, or until the day ends."""
    begins = now.time().replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    later = now + timedelta(hours=8)
    return begins, begins.replace(hour=later.hour) if later.date() == now.date() else time(23, 59, 59)


def does(person: str, act: type[Act], subject: Any, number: str, **inputs: Any) -> Any:
    """One role performs one act, once; returns what the act made (its row, found again the second time)."""
    who = Person.objects.get(slug=person)
    actor = identity_of_person(who.pk, now=database_clock()).actor_in(group_of(subject).pk)
    if actor is None:
        raise LookupError(f"{person} has no appointment in {group_of(subject)}.")
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
    models = {
        "meetings.meeting": Meeting,
        "decisions.proposal": Proposal,
        "mandates.instrument": Instrument,
    }
    if model not in models:
        return None  # nothing is done with it afterwards
    group, slug = name.split("/")[:2]
    return models[model]._base_manager.get(group__slug=group, slug=slug)
