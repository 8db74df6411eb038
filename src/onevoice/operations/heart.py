"""The heart of what is served: it asks the pages as a reader does, and keeps that they answered (decisions/outages)."""

from __future__ import annotations

import logging
import ssl
import threading
import urllib.request
from contextlib import suppress
from typing import Final

log = logging.getLogger(__name__)
EACH: Final = 5.0  # seconds; far below the tolerance, so that one lost answer is no outage
PATIENCE: Final = 10  # seconds that an answer may take


def beating(address: str) -> threading.Event:
    """Begin to beat for the server at an address; the event that is returned ends it."""
    ending = threading.Event()
    threading.Thread(target=beat_until, args=(ending, address), name="heart", daemon=True).start()
    return ending


def beat_until(ending: threading.Event, address: str) -> None:
    """Until told to end: a heartbeat for each answer. What cannot be written is an outage as well."""
    from django.db import Error, connection

    from onevoice.decisions import outages

    while not ending.is_set():
        if answers(address):
            with suppress(Error):
                if outages.beat():
                    log.info("the service can be reached")
        connection.close()  # none is held between two: a database that comes back is asked anew
        ending.wait(EACH)


def answers(address: str) -> bool:
    """Whether the pages say that they are ready, at the address at which readers, or their proxy, ask."""
    # The certificate bears the name that readers type, not this machine's own address.
    unnamed = ssl._create_unverified_context()  # noqa: S323
    with (
        suppress(OSError, ValueError),
        urllib.request.urlopen(  # noqa: S310
            f"{address}/healthz", timeout=PATIENCE, context=unnamed
        ) as answer,
    ):
        return bool(answer.status == 200)
    return False
