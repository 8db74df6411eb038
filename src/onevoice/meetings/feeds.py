"""Feeds of public events: Atom in each language, iCalendar for all of them and for one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from onevoice.decisions.feeds import ENTRIES, Entry, feed, permanent_id
from onevoice.enact.actor import NOBODY
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.languages.bidi import shown
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.frame import Frame
from onevoice.look.notice import file_name, notice

from . import visible, wording
from .models import Meeting, MeetingKind, MeetingState


@require_safe
def atom(request: HttpRequest, group: str) -> HttpResponse:
    """The last public events of a group, those to come included."""
    house = get_object_or_404(groups.groups(NOBODY), slug=group)
    rows = list(visible.meetings(NOBODY).filter(group=house)[:ENTRIES])
    changes = visible.changes(NOBODY, rows)
    entries = [_entry(row, changes[key_of(row)]) for row in rows]
    title = _("Events of {group}").format(group=house.acronym)
    return feed(
        request,
        house,
        title=title,
        of="events",
        page=reverse("meetings:events", args=[house.slug]),
        entries=entries,
    )


def _entry(meeting: Meeting, changes: list[datetime]) -> Entry:
    """The date stands in the summary: when it was last changed is another matter."""
    code = active_language().code
    word = wording.STATES.get(MeetingState(meeting.state), "")
    parts = [
        str(wording.KINDS[MeetingKind(meeting.kind)]), str(word), PartialDate(meeting.when_written).shown(code),
        plain(meeting.place, code), plain(meeting.lede, code),
    ]  # fmt: skip
    return Entry(
        meeting,
        plain(meeting.title, code),
        " · ".join(part for part in parts if part),
        _stamp(meeting, changes),
    )


def _stamp(meeting: Meeting, changes: list[datetime]) -> datetime:
    """When an act last changed it; of the others only that it was before their day, or since the group is here."""
    if changes:
        return changes[-1]
    began = meeting.starts_at or PartialDate(meeting.when_written).bounds(meeting.zone)[0]
    return min(began, meeting.group.created_at)


@require_safe
def calendar(request: HttpRequest, group: str) -> HttpResponse:
    """Every public event of a group whose date is known whole."""
    house = get_object_or_404(groups.groups(NOBODY), slug=group)
    rows = [row for row in visible.meetings(NOBODY).filter(group=house) if is_whole(row)]
    return _file(request, house, rows, visible.changes(NOBODY, rows), f"{house.slug}-events")


@require_safe
def event_calendar(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One event as a file, for those who may see it; 404 where its day is not known."""
    meeting = get_object_or_404(
        visible.meetings(request.viewer), group__slug=group, slug=slug, when_written__regex=".{10}"
    )
    return _file(request, meeting.group, [meeting], visible.changes(request.viewer, [meeting]), meeting.slug)


def is_whole(meeting: Meeting) -> bool:
    """Whether the day is known: a calendar cannot hold 'October 2018'."""
    return PartialDate(meeting.when_written).precision == "day"


def _file(
    request: HttpRequest, group: Group, rows: list[Meeting], changes: dict[str, list[datetime]], name: str
) -> HttpResponse:
    code, absolute = active_language().code, Frame(request, group).absolute
    made = Calendar()
    made.add("prodid", "-//OneVoice//Events//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", shown(_("Events of {group}").format(group=group.acronym)))
    made.add("x-wr-calname", shown(_("Events of {group}").format(group=group.acronym)))
    if says := notice(group):
        made.add("x-wr-caldesc", shown(says))
    for meeting in rows:
        made.add_component(
            as_event(meeting, changes[key_of(meeting)], code, absolute(meeting.get_absolute_url()))
        )
    file = file_name(group, f"{name}.ics")
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-cache"}
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def as_event(meeting: Meeting, changes: list[datetime], code: str, address: str) -> Event:
    """The VEVENT: times in UTC where the hour is known, else whole days; each change by an act counts SEQUENCE up."""
    event = Event()
    event.add("uid", permanent_id(meeting.group, key_of(meeting)))
    event.add("dtstamp", _stamp(meeting, changes))
    event.add("sequence", len(changes))
    event.add("summary", shown(plain(meeting.title, code)))
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    for name, value in _times(meeting).items():
        event.add(name, value)
    if meeting.place:
        event.add("location", shown(plain(meeting.place, code)))
    about = [notice(meeting.group), plain(meeting.lede or meeting.subject, code)]
    if any(about):
        event.add("description", shown("\n".join(part for part in about if part)))
    event.add("url", address)
    return event


def _times(meeting: Meeting) -> dict[str, Any]:
    if meeting.starts_at:
        return {"dtstart": meeting.starts_at} | ({"dtend": meeting.ends_at} if meeting.ends_at else {})
    until = meeting.until_written or meeting.when_written
    last = PartialDate(until).last_day if len(until) == 10 else PartialDate(meeting.when_written).last_day
    # DTEND is the first day after it, by RFC 5545.
    return {
        "dtstart": PartialDate(meeting.when_written).first_day,
        "dtend": last + timedelta(days=1),
        "transp": "TRANSPARENT",
    }
