"""Progress at the terminal: one line a step, with the time it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Step:
    """One step under way; `note` says how far it has come or what came of it."""

    def __init__(self, name: str, width: int = 28, out: TextIO | None = None) -> None:
        self.name, self.width, self.out, self.said = name, width, out or sys.stderr, ""
        self.live = self.out.isatty()
        self._started = time.monotonic()

    def seconds(self) -> float:
        """Since the step began."""
        return time.monotonic() - self._started

    def note(self, said: str) -> None:
        """How far the step has come; shown at once on a terminal, with the finished line elsewhere."""
        self.said = said
        if self.live:
            self._write(end="")

    def line(self, said: str) -> None:
        """How far a long step has come, where there is no terminal to show it on."""
        self.said = said
        self._write(end="\n")

    def done(self) -> None:
        self._write(end="\n")

    def _write(self, end: str) -> None:
        start, clear = ("\r", "\x1b[K") if self.live else ("", "")
        line = f"  {self.name:<{self.width}} {self.seconds():6.1f} s  {self.said}".rstrip()
        print(f"{start}{line}{clear}{end}", end="", file=self.out, flush=True)


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Tell of a step when it is done; on a terminal, already while it runs."""
    running = Step(name)
    running.note("")
    yield running
    running.done()
