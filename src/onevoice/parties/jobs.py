"""Notes of sessions that ended are swept away. A machine write that is no act: sessions, and the notes of them.

Whoever signs in leaves a session and a note of it (address, browser, when). Both are personal data, and of use only
while the session would still open a page.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onevoice.parties.accounts.sessions import sweep

log = logging.getLogger(__name__)


@app.periodic(cron="23 3 * * *")
@app.task(name="parties.sweep_sessions", queueing_lock="parties.sweep_sessions")
def sweep_nightly(timestamp: int) -> None:
    """Every night."""
    if swept := sweep(now=datetime.fromtimestamp(timestamp, UTC)):
        log.info("%d notes of ended sessions were swept away", swept)
