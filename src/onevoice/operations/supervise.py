"""Runs the web server and the worker beside the database, starts again what fell, ends all of it in order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onevoice.operations import processes
from onevoice.operations.environment import Stop

LEAST_SECONDS_BETWEEN_STARTS = 2.0


@dataclass
class Child:
    """One process that we keep running."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start apart from the terminal, so that Ctrl-C reaches us alone and we end everything in order."""
        out = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out or sys.stderr,
                stderr=out or sys.stderr,
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )
        finally:
            if out:
                out.close()
        self.started = time.monotonic()

    def fell(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Let it finish what it does, for a few seconds."""
        if self.process is not None:
            processes.end(self.process, (signal.SIGTERM, 6), (signal.SIGINT, 2))
            self.process = None


def keep(children: list[Child], others: Callable[[], None] = lambda: None) -> None:
    """Until we are told to end: start again what fell; never more often than every few seconds."""
    while True:
        others()
        for child in children:
            if child.fell() and time.monotonic() - child.started > LEAST_SECONDS_BETWEEN_STARTS:
                assert child.process is not None
                processes.kill_group(child.process)
                print(f"  {child.name} ended unexpectedly and is started again", file=sys.stderr, flush=True)
                child.start()
        time.sleep(0.1)


def end_on_signals() -> None:
    """SIGTERM and a closed terminal end the command as Ctrl-C does."""

    def end(*_: object) -> None:
        for sent in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(sent, signal.SIG_IGN)  # ending in order is not interrupted
        raise KeyboardInterrupt

    for sent in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sent, end)


def free_port(host: str, port: int) -> None:
    """Stop with a sentence when the port is another program's; a moment's patience for what we left behind."""
    for attempt in range(10):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except PermissionError as error:
                raise Stop(
                    f"Port {port} needs more rights than this user has: choose one over 1023."
                ) from error
            except OSError as error:
                why = (error.strerror or str(error)).lower()
        if attempt < 9:
            time.sleep(0.1)
    raise Stop(f"Port {port} on {host} cannot be used ({why}): choose another with --port.")


def await_health(child: Child, address: str, seconds: float = 60) -> None:
    """Until the server says that it is ready."""
    until = time.monotonic() + seconds
    said = "it did not answer"
    while time.monotonic() < until:
        if child.fell():
            raise Stop(f"The web server did not start: {last_line(child.log)}.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:  # noqa: S310
                if response.status == 200:
                    return
        except urllib.error.HTTPError as error:
            said = error.read(200).decode(errors="replace").strip()
        except OSError:
            pass
        time.sleep(0.05)
    raise Stop(f"The web server is not ready after {seconds:.0f} s: {said}.")


def last_line(log: Path | None) -> str:
    """The last thing that the process wrote."""
    with suppress(OSError, IndexError):
        if log:
            return log.read_text(errors="replace").strip().splitlines()[-1].rstrip(".")
    return "it ended at once"


def web_command(target: str, host: str, port: int, workers: int, *more: str) -> list[str]:
    """Granian over WSGI: the pages were measured several times faster than under ASGI."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    quiet = ["--no-ws", "--log-level", "warning", "--respawn-failed-workers", "--respawn-interval", "0.5"]
    threads = ["--blocking-threads", os.environ.get("WEB_THREADS", "4"), "--workers-kill-timeout", "5"]
    return [sys.executable, "-m", "granian", *options, *quiet, *threads, *more, target]


def without(*names: str) -> dict[str, str]:
    """Our environment less what the child must not hold."""
    return {name: value for name, value in os.environ.items() if name not in names}
