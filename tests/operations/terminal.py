"""A terminal for the tests of commands: runs them as a person would, in an environment of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OURS = ("DATABASE_URL", "OWNER_DATABASE_URL", "SEQUENCER_DATABASE_URL", "SECRET_KEY", "SECRET_KEY_FILE")
OURS += ("ALLOWED_HOSTS", "PUBLIC_ADDRESS", "DATA_FOLDER", "KEYS_FOLDER", "DJANGO_SETTINGS_MODULE", "DEBUG")


def environment(**given: str) -> dict[str, str]:
    """Ours without what the tests' own database set."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | given


@contextmanager
def folder_for_everybody() -> Iterator[Path]:
    """A folder that the database's user can reach, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="onevoice-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def run(*words: object, **given: str) -> tuple[int, str]:
    """Exit status and what the command said at the end, as errors."""
    command = [sys.executable, "-m", "onevoice.operations", *map(str, words)]
    done = subprocess.run(command, env=environment(**given), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demonstration:
    """A running `./onevoice demo`."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onevoice.operations", "demo", "--data", str(data), "--port", str(self.port)],
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        self.said = ""
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stdout:
            for line in stdout:
                self.said += line

    def ready(self, seconds: float = 90) -> "Demonstration":
        """Wait until it says that it is ready and is; what it said so far is told when it fails."""
        until = time.monotonic() + seconds
        while "OneVoice is ready" not in self.said or self.health() != 200:
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()
                self.listener.join()
                raise AssertionError(self.said)
            time.sleep(0.05)
        return self

    def health(self) -> int:
        return self.status("/healthz")

    def status(self, path: str) -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def children(self) -> dict[str, int]:
        """Direct children by what they are: by the first name on each whole line, whatever the terminal's width."""
        lines = subprocess.run(
            ["ps", "ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        ).stdout.splitlines()
        names = (("granian", "web"), ("postgres", "database"), ("worker", "worker"))
        kinds = [(next((kind for name, kind in names if name in line), ""), line) for line in lines]
        return {kind: int(line.split()[0]) for kind, line in kinds if kind}

    def end(self, sent: signal.Signals = signal.SIGINT) -> tuple[int, float]:
        """Exit status, and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(sent)
        self.process.wait(timeout=30)
        self.listener.join()
        return self.process.returncode, time.monotonic() - started


def processes_of(data: Path) -> list[str]:
    """What still runs on the folder."""
    lines = subprocess.run(["ps", "axww", "-o", "pid=,stat=,args="], capture_output=True, text=True).stdout
    return [
        line for line in lines.splitlines() if str(data) in line and " Z" not in line and "pytest" not in line
    ]
