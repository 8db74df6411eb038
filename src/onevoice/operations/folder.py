"""The data folder: database, passwords, keys and files of one embedded installation, used by one command at a time."""

import fcntl
import hashlib
import os
import pwd
import subprocess
from pathlib import Path

from onevoice.operations.environment import CHECKOUT, OWN_FOLDER, Stop

DATABASE_USER = "embedded_postgres"
OUTSIDE = Path("/var/lib/onevoice")


class DataFolder:
    """A folder that this process can write, and that PostgreSQL's user can reach."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = -1

    def taken(self) -> bool:
        """Take the folder for this command's life; false when another command has it."""
        self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            self._lock = -1
            return False
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, str(os.getpid()).encode(), 0)
        return True

    def release(self) -> None:
        """Let the next command have it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def use(self) -> None:
        """Use what another command runs; it waits for us before it ends, unless it is told to end."""
        self._lock = os.open(self.path / "users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def await_users(self) -> None:
        """Until no other command uses what we run."""
        users = os.open(self.path / "users", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(users, fcntl.LOCK_EX)
        finally:
            os.close(users)

    def holder(self) -> str:
        """The number of the process that has the folder, for the sentence."""
        return (self.path / "lock").read_text().strip()


def open_folder(asked: str | None) -> DataFolder:
    """The folder asked for, else .onevoice/data in the checkout, else (as root, where PostgreSQL cannot
    reach the checkout) one under /var/lib/onevoice."""
    path = Path(asked).expanduser().absolute() if asked else OWN_FOLDER / "data"
    prepare(path)
    user = database_user()
    if user and not reachable(path, user):
        if asked:
            raise Stop(
                f"PostgreSQL does not run as root, and its user {DATABASE_USER} cannot reach {path}: "
                "give --data a folder that every user may pass through, such as /var/lib/onevoice/demo."
            )
        path = OUTSIDE / f"{CHECKOUT.name}-{hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]}"
        prepare(path)
    return DataFolder(path)


def prepare(path: Path) -> None:
    """Make the folder and see that it can be written."""
    try:
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)  # as root, PostgreSQL's user passes through
        probe = path / f".probe-{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as error:
        raise Stop(sentence(error, path)) from error


def sentence(error: OSError, path: Path) -> str:
    """What a failed write means for the person at the terminal."""
    if error.errno in (28, 122):  # ENOSPC, EDQUOT
        return f"The disk that holds {path} is full: make room and start again; nothing was lost."
    return (
        f"The folder {path} cannot be written ({(error.strerror or str(error)).lower()}): "
        "run this as its owner, or give another with --data."
    )


def database_user() -> pwd.struct_passwd | None:
    """The system user that PostgreSQL runs as when we are root, made when missing; None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(DATABASE_USER)
    except KeyError:
        pass
    try:
        made = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", DATABASE_USER]
        subprocess.run(made, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam(DATABASE_USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Stop(
            f"PostgreSQL does not run as root, and its user could not be made: run 'useradd --system "
            f"{DATABASE_USER}', or start OneVoice as an ordinary user."
        ) from error


def reachable(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user may pass through every folder on the way."""
    entering = ["/bin/sh", "-c", 'cd -- "$1" 2>/dev/null', "sh", str(path)]
    done = subprocess.run(  # noqa: S603
        entering, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/", stdin=subprocess.DEVNULL
    )
    return done.returncode == 0
