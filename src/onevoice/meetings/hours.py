"""From when, and until when, what happens in a meeting can be written down; the database's clock decides."""

from __future__ import annotations

from datetime import datetime, timedelta

from .models import Meeting

ARRIVING = timedelta(hours=1)
"""People arrive: who is present can be recorded this long before a meeting begins."""
WRITING = timedelta(days=3)
"""A chair may be late writing down: this long after a meeting has ended, no longer."""
ON_THE_SPOT = timedelta(hours=1)
"""A meeting convened on the spot has begun at most this long ago."""


def last_moment(meeting: Meeting) -> datetime | None:
    """The last instant at which what happened in a meeting can be recorded; None for one without an hour."""
    ends = meeting.ends_at or meeting.starts_at
    return ends + WRITING if ends else None
