"""The clock: a thread of the worker that settles what has ended, each second. Machine writes: derived columns."""

from __future__ import annotations

import threading

from .closing import close_due, finish_received

EACH = 1.0  # seconds; a page says what holds without waiting for it


def run(ending: threading.Event) -> None:
    """Until told to end: settle what has ended, and finish what was received and left."""
    while not ending.is_set():
        if not close_due() and not finish_received():
            ending.wait(EACH)
