"""An event for machines: schema.org data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language
from onevoice.languages.words import Words
from onevoice.languages.words import plain as plain_words

from .models import Meeting, MeetingState
from .shapes import Voice

SCHEMA = "https://schema.org"
STATUS = {
    MeetingState.CONVENED: f"{SCHEMA}/EventScheduled",
    MeetingState.POSTPONED: f"{SCHEMA}/EventRescheduled",
    MeetingState.CANCELLED: f"{SCHEMA}/EventCancelled",
}


def plain(words: Words, code: str) -> str:
    """The words as text, without what could turn its reading order."""
    return shown(plain_words(words, code))


def as_schema(meeting: Meeting, voices: Sequence[Voice], html_language: str) -> dict[str, Any]:
    """A schema.org Event; a date that is not known whole stays as short as it is."""
    code, group = active_language().code, meeting.group
    data = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": plain(meeting.title, code),
        "description": plain(meeting.lede or meeting.subject or meeting.outcome, code),
        "startDate": meeting.starts_at.isoformat() if meeting.starts_at else meeting.when_written,
        "endDate": meeting.ends_at.isoformat() if meeting.ends_at else meeting.until_written,
        "eventStatus": STATUS[MeetingState(meeting.state)],
        "location": {"@type": "Place", "name": plain(meeting.place, code)} if meeting.place else None,
        "organizer": {
            "@type": "Organization",
            "name": plain(group.names, code),
            "alternateName": group.acronym,
            "url": group.web,
        },
        "performer": [_person(voice, code) for voice in voices if voice.person and voice.interventions],
        "about": plain(meeting.subject, code),
        "superEvent": {"@type": "EventSeries", "name": plain(meeting.series, code)}
        if meeting.series
        else None,
        "inLanguage": html_language,
    }
    return {key: value for key, value in data.items() if value}


def _person(voice: Voice, code: str) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": voice.person, "jobTitle": plain(voice.title, code)}
    if voice.organisation:
        person["affiliation"] = {"@type": "Organization", "name": plain(voice.organisation.words, code)}
    return {key: value for key, value in person.items() if value}
