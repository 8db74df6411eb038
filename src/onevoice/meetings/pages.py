"""Pages of meetings and other events: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.decisions.pages import shown
from onevoice.decisions.shapes import mandates_of
from onevoice.enact.actor import Viewer
from onevoice.groups import visible as groups
from onevoice.groups.days import Asked, asked
from onevoice.groups.known import THERE
from onevoice.groups.pages import may_do
from onevoice.groups.sources import behind
from onevoice.languages.web import active_language
from onevoice.look.derived import without_derived
from onevoice.mandates import visible as mandates
from onevoice.mandates.shapes import answered_by

from . import shapes, visible, wording
from .beside import beside
from .course import course
from .documents import open_to_all
from .feeds import is_whole
from .lists import EVENTS, upcoming
from .live import live
from .machine import as_schema
from .models import Meeting, Part


@require_safe
def events(request: HttpRequest, group: str) -> HttpResponse:
    """Meetings and other events, to come and past."""
    house = get_object_or_404(groups.groups(request.viewer), slug=group)
    rows = visible.meetings(request.viewer).filter(group=house)
    listing = EVENTS.view(request, rows)
    if (file := listing.file(house)) is not None:
        return file
    first_view = not listing.is_filtered and listing.page == 1
    to_come = list(upcoming(rows, house, now=request.standing.now)[:5]) if first_view else []
    return shown(request, "meetings/events.html", {"group": house, "list": listing, "to_come": to_come})


@require_safe
def event(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One event as the record has it; for its group also what is going on and what can be done."""
    viewer: Viewer = request.viewer
    meeting = get_object_or_404(without_derived(visible.meetings(viewer)), group__slug=group, slug=slug)
    day = asked(request, meeting.group)
    there = THERE.get(day.there(meeting.when_written), "")
    context = {"group": meeting.group, "meeting": meeting, "asked": day, "there": there}
    context |= told(viewer, meeting, day)
    if viewer.is_in(meeting.group_id):
        of_officials = any(voice.person for row in context["who"] for voice in row.voices)
        context["correct_official"] = (
            may_do(request, "correct-official", meeting.group) if of_officials else ""
        )
        actor = request.standing.actor(meeting.group_id)
        context["live"] = live(viewer, meeting, actor, now=request.standing.now)
    elif meeting.starts_at:
        context["papers"] = open_to_all(viewer, meeting)
    return shown(request, "meetings/event.html", context, status=day.status)


def told(viewer: Viewer, meeting: Meeting, day: Asked) -> dict[str, Any]:
    """What the record tells of an event, for anybody who may see it."""
    voices = shapes.voices(viewer, meeting, known_on=day.known_on)
    near = shapes.around(viewer, meeting)
    taken = shapes.taken_at(viewer, [meeting, *near])
    by_part = {part: [voice for voice in voices if voice.part == part] for part in Part}
    decisions = taken.get(meeting.pk, [])
    # Who is present at a meeting of the house stands with its quorum, the audience among the facts.
    elsewhere = (Part.AUDIENCE, Part.PRESENT) if meeting.starts_at and meeting.body_id else (Part.AUDIENCE,)
    return {
        "kind": wording.KINDS[meeting.kind],
        "whole_day": is_whole(meeting) and not meeting.starts_at,
        "state": wording.STATES.get(meeting.state),
        "report": shapes.report(meeting, voices, active_language().code),
        "chairs": by_part[Part.CHAIR],
        "hosts": by_part[Part.HOST] + by_part[Part.ORGANISER],
        "audience": by_part[Part.AUDIENCE],
        "who": shapes.together([voice for voice in voices if voice.part not in elsewhere]),
        "translated": shapes.translated(meeting, voices, near, active_language().code),
        "subject_of": next((one for one in near if one.pk == meeting.reports_on_id), None),
        "decisions": decisions,
        "mandates": mandates_of(
            mandates.instruments(viewer)
            .select_related(None)
            .filter(meetings=meeting)
            .only("slug", "symbol", "title"),
            meeting.group,
        ),
        "paragraphs": answered_by(viewer, meeting),
        "course": course(viewer, meeting, near, taken, day),
        "beside": beside(viewer, meeting),
        "sources": behind(viewer, [meeting, *decisions]).of(meeting, *decisions),
        "json_ld": as_schema(meeting, voices, active_language().html),
    }
