"""What letters say: `{% load notices %}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from onevoice.languages import times
from onevoice.languages.web import active_language
from onevoice.notices import outbox

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    """`{{ meeting.get_absolute_url|absolute }}`: the whole address of a page, as a letter needs it."""
    return outbox.absolute(path)


@register.simple_tag(takes_context=True)
def on_clocks(
    context: Mapping[str, Any], starts: datetime, ends: datetime | None = None, seconds: bool = False
) -> list[str]:
    """`{% on_clocks meeting.starts_at meeting.ends_at as times %}`: in letters, a time at the meeting's place, at
    the group's seat and at the reader's, each once: '… 15:00 to 17:00 in New York'."""
    meeting, group, recipient = (context.get(name) for name in ("meeting", "group", "recipient"))
    told: dict[str, str] = {}
    for zone in filter(None, (getattr(one, "zone", "") for one in (meeting, group, recipient))):
        told.setdefault(times.instant_in_words(starts, zone, "en"), span(starts, ends, zone, seconds))
    return list(told.values())


def span(starts: datetime, ends: datetime | None, zone: str, seconds: bool = False) -> str:
    """'Thursday 14 June 2018, 15:00 to 17:00 in New York'; the last day too where it is another."""
    code = active_language().code
    begins = times.instant_in_words(starts, zone, code, seconds=seconds)
    if ends is not None:
        same_day = starts.astimezone(ZoneInfo(zone)).date() == ends.astimezone(ZoneInfo(zone)).date()
        last = times.hour_in_words(ends, zone) if same_day else times.instant_in_words(ends, zone, code)
        begins = _("{begins} to {ends}").format(begins=begins, ends=last)
    return times.in_place(begins, times.place_of(zone, code), code)
