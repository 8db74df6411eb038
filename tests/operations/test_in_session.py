"""The demonstration's meeting is in session whenever the demonstration is loaded."""

from datetime import datetime, time

import pytest

HOURS = [
    ("00:00", time(0), time(8)),
    ("09:59", time(9, 30), time(17, 30)),
    ("15:45", time(15, 30), time(23, 30)),
    ("16:00", time(16), time(23, 59, 59)),
    ("23:59", time(23, 30), time(23, 59, 59)),
]


@pytest.mark.parametrize(("loaded", "begins", "ends"), HOURS)
def test_the_meeting_of_the_demonstration_has_begun_and_goes_on(
    loaded: str, begins: time, ends: time
) -> None:
    from onevoice.operations.demonstration.live import in_session

    now = datetime.fromisoformat(f"2026-11-24T{loaded}")
    assert in_session(now) == (begins, ends)
    assert begins <= now.time() < ends
