"""Progress at the terminal: one line a step, with the time it took."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Step:
    """One step under way; `note` says how far it has come or what came of it."""

    def __init__(self, name: str) -> None:
        self.name, self.said = name, ""
        self._started = time.monotonic()

    def note(self, said: str) -> None:
        """How far the step has come; shown at once on a terminal, with the finished line elsewhere."""
        self.said = said
        if sys.stderr.isatty():
            self._write(end="")

    def done(self) -> None:
        self._write(end="\n")

    def _write(self, end: str) -> None:
        start, clear = ("\r", "\x1b[K") if sys.stderr.isatty() else ("", "")
        took = time.monotonic() - self._started
        line = f"  {self.name:<28} {took:5.1f} s  {self.said}".rstrip()
        print(f"{start}{line}{clear}", end=end, file=sys.stderr, flush=True)


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Tell of a step when it is done; on a terminal, already while it runs."""
    running = Step(name)
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        running.note("")
    yield running
    running.done()
