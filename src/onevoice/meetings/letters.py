"""Letters about a meeting and what is decided in it: whom an act tells, written in its transaction, sent after it.

About a meeting, everybody who sits in the body is told; about a decision, its members. Each in the own language and
on the own clocks, unless letters about work are switched off; a fixed number of queries, however large the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from icalendar import Calendar

from onevoice.decisions.letters import tell_members
from onevoice.decisions.models import Decision, Objection, Proposal
from onevoice.enact.act import Facts
from onevoice.enact.actor import NOBODY
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.groups.models import Body, MembershipKind
from onevoice.groups.standing import acting_for, focal_point, who_acts, who_leads
from onevoice.languages.web import active_language
from onevoice.notices.outbox import absolute, post_many
from onevoice.parties.accounts.invitations import recipients_of
from onevoice.parties.models import Organisation

from . import visible
from .feeds import as_event
from .models import AgendaItem, Meeting

EVERYBODY = tuple(MembershipKind.values)


def convened(performed: Performed, _body: Body, happened: Facts) -> None:
    """That a meeting was called."""
    _about_meeting("convened", performed, happened.result, happened)


def postponed(performed: Performed, meeting: Meeting, happened: Facts) -> None:
    """That a meeting was put off, from when and why."""
    _about_meeting("postponed", performed, meeting, happened, before=happened.values["before"])


def cancelled(performed: Performed, meeting: Meeting, happened: Facts) -> None:
    """That a meeting was called off, and why."""
    _about_meeting("cancelled", performed, meeting, happened)


def item_added(performed: Performed, meeting: Meeting, happened: Facts) -> None:
    """That the agenda they were sent has one more item."""
    if meeting.body is None or meeting.starts_at is None:
        return
    item = meeting.agenda.get(number=happened.values["item"], parent=None)
    everybody = who_acts(meeting.body, at=performed.received_at, kinds=EVERYBODY)
    _post("item_added", performed, everybody, meeting, {"meeting": meeting, "item": item})


def proposed(performed: Performed, item: AgendaItem, happened: Facts) -> None:
    """That a text was put to the body, and what happens to those who do nothing."""
    proposal: Proposal = happened.result
    context = {"proposal": proposal, "meeting": item.meeting, "item": item}
    tell_members(performed, proposal, "meetings/letters/proposed.txt", context)


def moved(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a text stands before another meeting than they were told."""
    item = AgendaItem.objects.select_related("meeting").get(proposed__proposal=proposal)
    context = {"proposal": proposal, "meeting": item.meeting, "item": item}
    tell_members(performed, proposal, "meetings/letters/moved.txt", context)


def objected(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That an organisation objects and why, for whoever proposed the text and for those who lead the body."""
    objector = happened.values.get("objector")
    mine = {"organisation__slug": objector} if objector else {"organisation": performed.organisation}
    standing = proposal.objections.filter(**mine, taken_back=None)
    _tell_concerned("objected", performed, proposal, standing.prefetch_related("organisation__names").get())


def taken_back(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That an objection no longer stands, for those who were told of it."""
    own = proposal.objections.filter(organisation=performed.organisation).prefetch_related("organisation__names")
    _tell_concerned("taken_back", performed, proposal, own.latest("again"))


def _tell_concerned(letter: str, performed: Performed, proposal: Proposal, objection: Objection) -> None:
    at, knowing = performed.received_at, {objection.organisation_id, performed.organisation}
    concerned = {proposal.proposed_by_id, *who_leads(proposal.body, at=at)} - knowing
    persons = acting_for(concerned, proposal.group, at=at)
    _post(letter, performed, persons, proposal, {"proposal": proposal, "objection": objection})


def adopted(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a text was adopted, and its number."""
    decision: Decision = happened.result
    context = {"proposal": proposal, "decision": decision}
    tell_members(performed, proposal, "meetings/letters/adopted.txt", context)


def not_adopted(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That an objection stands, and whose."""
    objectors = Organisation.objects.filter(slug__in=happened.values["objectors"]).prefetch_related("names")
    context = {"proposal": proposal, "objectors": list(objectors)}
    tell_members(performed, proposal, "meetings/letters/not_adopted.txt", context)


def objection_recorded(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """The facts of the receipt, for the focal point of the organisation in whose name somebody else wrote."""
    objections = proposal.objections.filter(organisation__slug=happened.values["objector"], taken_back=None)
    objection = objections.prefetch_related("organisation__names").get()
    found = focal_point(proposal.group, objection.organisation, at=performed.received_at)
    entry = bytes(performed.entry.leaf_hash).hex() if performed.entry else ""
    context = {"proposal": proposal, "objection": objection, "entry": entry}
    _post("objection_recorded", performed, [found.person_id] if found else [], proposal, context)


def _about_meeting(letter: str, performed: Performed, meeting: Meeting, happened: Facts, **more: Any) -> None:
    # The act changed the row, not this copy of it.
    meeting = Meeting.objects.select_related("group", "body__group").get(pk=meeting.pk)
    if meeting.body is None:
        return
    changes = visible.changes(NOBODY, [meeting])[key_of(meeting)]
    _post(
        letter,
        performed,
        who_acts(meeting.body, at=performed.received_at, kinds=EVERYBODY),
        meeting,
        {"meeting": meeting, "why": happened.personal.get("why", ""), **more},
        calendar=lambda: calendar_of(meeting, changes),
    )


def _post(
    letter: str,
    performed: Performed,
    persons: Iterable[int],
    about: Any,
    context: Mapping[str, Any],
    calendar: Any = None,
) -> None:
    post_many(
        recipients_of(persons, work=True),
        "work",
        f"meetings/letters/{letter}.txt",
        {**context, "performed": performed},
        key_of(about),
        group=about.group,
        calendar=calendar,
    )


def calendar_of(meeting: Meeting, changes: list[datetime]) -> str:
    """The meeting as an iCalendar file in the active language; a later one of the same meeting replaces it."""
    made = Calendar()
    made.add("prodid", "-//OneVoice//Events//EN")
    made.add("version", "2.0")
    made.add_component(
        as_event(meeting, changes, active_language().code, absolute(meeting.get_absolute_url()))
    )
    return made.to_ical().decode()
