"""What comes to the desk after a decision: what is to be done, what is to be reviewed, calendars that run out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import link_to
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.roles import CHAIR, SECRETARIAT, SPEAKS
from onevoice.languages.partial import PartialDate, end_of_day
from onevoice.languages.web import active_language

from . import lasting_wording as wording
from . import running, visible
from .acts.rules import AdoptCalendar


@owes
def follow_ups(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query. What the organisation, or whoever holds its office over the body, is to do after a decision."""
    if actor.capacity not in SPEAKS:
        return []
    mine = Q(organisation=actor.organisation)
    for body, offices in actor.offices.items():
        mine |= Q(decision__body=body, office__in=list(offices))
    rows = visible.follow_ups_open(viewer).filter(mine, decision__group=actor.group).order_by("due_at", "pk")
    return [
        Owed(
            kind=str(
                wording.owed_overdue if one.due_at and one.due_at <= now else wording.owed_follow_up
            ).format(number=one.decision),
            title=one.what,
            address=one.get_absolute_url(),
            label=wording.say_how_far,
            deadline=one.due_at,
            zone=one.group.zone,
            subject=key_of(one),
        )
        for one in rows
    ]


REVIEWED_AHEAD = timedelta(days=30)  # before its date a decision comes to the desk of those who review it


@owes
def reviews(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query, for those who lead a body. Decisions that are to be reviewed soon, or should have been."""
    if not actor.offices:
        return []
    due = visible.decisions(viewer).filter(
        group=actor.group, body__in=list(actor.offices), superseded_by=None
    )
    due = due.filter(reviews_at__lte=now + REVIEWED_AHEAD).order_by("reviews_at", "pk")
    return [
        Owed(
            kind=wording.owed_review,
            title=decision.title,
            address=decision.get_absolute_url(),
            label=wording.see_decision,
            deadline=decision.reviews_at,
            zone=decision.group.zone,
            subject=key_of(decision),
        )
        for decision in due
        if CHAIR.allows(actor, decision) or SECRETARIAT.allows(actor, decision)
    ]


@owes
def calendars(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """Two queries at most, for those who lead. Calendars that clocks are counted by, 60 days before they run out."""
    if not actor.offices or actor.capacity not in SPEAKS:
        return []
    ending = running.running_out(actor.group, now=now)
    if not ending:
        return []
    group = groups.groups(viewer).get(pk=actor.group)
    keeps = SECRETARIAT.allows(actor, group)
    code = active_language().code
    return [
        Owed(
            kind=str(wording.calendar_ends if last else wording.calendar_has_ended).format(
                place=adopted.title, day=PartialDate.of(last).shown(code) if last else ""
            ),
            title={"en": adopted.title},
            address=link_to(AdoptCalendar, group).address
            if keeps
            else reverse("groups:house", args=[group.slug]),
            label=wording.enter_another if keeps else wording.ask_the_secretariat,
            deadline=end_of_day(last, group.zone) if last else now,
            zone=group.zone,
            subject=key_of(adopted),
        )
        for adopted, last in ending
    ]
