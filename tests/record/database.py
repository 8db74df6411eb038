"""Logs in a database of the test's own, reached by the application's and the sequencer's logins."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from onevoice.record import stored, tiles
from onevoice.record.append import append
from onevoice.record.models import Entry
from onevoice.record.sequencer import place_pending
from record.logs import put

AT = datetime(2026, 11, 2, 16, 41, 3, tzinfo=UTC)
GROUP, ORIGIN = "icat-demonstration", "record.example/icat-demonstration"


def recorded(number: int = 1, **changes: Any) -> Entry:
    """One act, committed."""
    with transaction.atomic():
        return append(**act(number, **changes))


def act(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "group": GROUP,
        "act": "decisions.break_silence",
        "subject": f"decisions.proposal:{GROUP}/{number}",
        "by": "person:focal-point-unicef for unicef",
        "for_": "unicef",
        "received_at": AT,
        "effective_at": AT,
        "facts": {"number": number},
        "personal": {"reason": "Paragraph 3 exceeds our mandate."},
        **changes,
    }


def placed(*numbers: int, **changes: Any) -> list[Entry]:
    """Acts, committed and placed."""
    entries = [recorded(number, **changes) for number in numbers]
    place_pending()
    return entries


def fetched(group: str, folder: Path) -> Path:
    """The log as a client fetches it, in a folder."""
    client, address = Client(), f"/{group}/record"
    head = stored.head(group)
    assert head is not None
    for path in ["checkpoint", "vkey", "vkeys", *(tile.path for tile in tiles.all_tiles(head.size))]:
        answer = client.get(f"{address}/{path}")
        assert answer.status_code == 200, path
        put(folder / path, answer.content)
    return folder
