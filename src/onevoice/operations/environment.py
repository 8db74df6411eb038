"""Makes the private environment of the checkout (.onevoice/venv), then hands over to the command line.

Run by ./onevoice with any Python of 3.12 or newer, before a package is there: the standard library only.
The environment is made anew when the Python changed, and brought up to date when the lock file changed.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
OWN_FOLDER = CHECKOUT / ".onevoice"
REQUIREMENTS = CHECKOUT / "requirements"
NEEDS_CHECKERS = ("test", "python", "lock")
KEEPS_NO_DATA = (*NEEDS_CHECKERS, "serve", "worker", "verify", "procedure", "histories", "bench")


class Stop(Exception):
    """Why the command cannot go on, in one sentence for the person at the terminal."""


def main() -> None:
    """Run the command in the environment; the first word that is no option is the command."""
    try:
        words = sys.argv[1:]
        while words and words[0].startswith("-"):
            words = words[2 if words[0] == "--data" else 1 :]
        command = words[0] if words else ""
        if (data := asked_folder(sys.argv[1:])) and command not in KEEPS_NO_DATA:
            look_at(data)
        python = make("dev" if command in NEEDS_CHECKERS else "requirements")
        if command == "lock":
            lock()
            return
        arguments = sys.argv[2:] if command == "python" else ["-m", "onevoice.operations", *sys.argv[1:]]
        # Several processes load the same code at once: without its bytecode each would compile all of it again.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(python, [str(python), *arguments])  # noqa: S606
    except Stop as reason:
        sys.exit(f"onevoice: {reason}")
    except KeyboardInterrupt:
        sys.exit(130)


def asked_folder(words: Sequence[str]) -> str:
    """What --data names, as far as it is there; the command line itself reads it later, and says what is wrong."""
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word == "--data" or word.startswith("--data="):
            return after if word == "--data" else word.partition("=")[2]
    return ""


def look_at(data: str) -> None:
    """That the folder can be used is seen before packages are made, which take a minute on a fresh machine."""
    from onevoice.operations.folder import open_folder

    if not os.environ.get("DATABASE_URL"):
        open_folder(data)


def make(wanted: str, base: Path | None = None, folder: Path = OWN_FOLDER / "venv") -> Path:
    """The environment's Python, with the packages of requirements/<wanted>.txt in it."""
    base = base or base_python()
    python = folder / "bin" / "python"
    stamp = folder / "onevoice.stamp"
    states = acceptable_states(wanted, base)
    if read(stamp) in states and python.exists():
        return python
    with held(folder):
        if read(stamp) in states and python.exists():
            return python
        started = time.monotonic()
        if read(stamp).partition("\n")[0] != str(base) or not python.exists():
            create(folder, base)
        install(python, REQUIREMENTS / f"{wanted}.txt")
        for packages in folder.glob("lib/python*/site-packages"):
            (packages / "onevoice.pth").write_text(f"{CHECKOUT / 'src'}\n")
        stamp.write_text(states[0])
        tell("packages", started)
    return python


def acceptable_states(wanted: str, base: Path) -> list[str]:
    """What the stamp may say; the checkers' set holds the run-time set, so it serves for both."""
    run_time, dev = (digest(REQUIREMENTS / name) for name in ("requirements.txt", "dev.txt"))
    with_checkers = f"{base}\n{run_time}\n{dev}"
    return [with_checkers] if wanted == "dev" else [f"{base}\n{run_time}\n", with_checkers]


def base_python() -> Path:
    """The Python that environments are made from, never an environment's own."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()


def create(folder: Path, base: Path) -> None:
    """An empty environment; an older one is removed, for its Python is gone or another."""
    shutil.rmtree(folder, ignore_errors=True)
    run([str(base), "-m", "venv", "--without-pip", str(folder)], "The Python environment could not be made")


def install(python: Path, lock_file: Path) -> None:
    """Install with uv, which takes a second; with pip where uv cannot be had."""
    failed = "The packages could not be installed"
    if uv := find_uv():
        how = ["--quiet", "--compile-bytecode", "--require-hashes", "--python", str(python)]
        run([uv, "pip", "sync", *how, str(lock_file)], failed)
        return
    run([str(python), "-m", "ensurepip"], "This Python has no pip: install python3-venv, python3-pip or uv")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    run([*pip, "--require-hashes", "-r", str(lock_file)], failed)


def find_uv() -> str | None:
    """The machine's uv, or one put into .onevoice/uv by pip; None where there is neither."""
    own = OWN_FOLDER / "uv" / "bin" / "uv"
    if found := shutil.which("uv"):
        return found
    if own.exists():
        return str(own)
    pip = [str(base_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    target = ["--no-cache-dir", "--require-hashes", "--target", str(OWN_FOLDER / "uv")]
    try:
        run([*pip, *target, "-r", str(REQUIREMENTS / "uv.txt")], "")
    except Stop:
        return None
    return str(own) if own.exists() else None


def lock() -> None:
    """Write the hashed locks anew from the .in files; they name no index and serve 3.12 and later."""
    uv = find_uv()
    if not uv:
        raise Stop("Locking needs uv: install it and run this again.")
    for name in ("requirements", "dev", "uv"):
        options = ["--python-version", "3.12", "--universal", "--generate-hashes", "--no-emit-index-url"]
        files = [f"{name}.in", "--no-header", "-o", f"{name}.txt"]
        run(
            [uv, "pip", "compile", "--quiet", *options, *files],
            f"{name}.in could not be locked",
            REQUIREMENTS,
        )


def run(command: list[str], failed: str, cwd: Path = CHECKOUT) -> None:
    """Run quietly; on failure stop with the sentence and the last line the program said."""
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=cwd,
            env=quiet_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except OSError as error:
        raise Stop(f"{failed}: {error}.") from error
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Stop(f"{failed}: {cause(said)}")


def cause(said: list[str]) -> str:
    """The line that tells most: a full disk wherever it is said, else the first error, else the last line."""
    for pattern in ("No space left on device", "Permission denied", r"(?i)\berror\b"):
        for line in said:
            if re.search(pattern, line):
                return line.strip()
    return said[-1].strip() if said else "no reason was given."


def quiet_environment() -> Mapping[str, str]:
    """No downloads of other Pythons, no questions; caches in the checkout where the home cannot be written."""
    environment = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    for name in (
        "VIRTUAL_ENV",
        "PYTHONPATH",
        "PYTHONHOME",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_USER",
        "PIP_TARGET",
    ):
        environment.pop(name, None)
    environment.setdefault("UV_LINK_MODE", "hardlink" if same_disk() else "copy")
    if not home_is_writable():
        environment["UV_CACHE_DIR"] = str(OWN_FOLDER / "cache")
    return environment


def home_is_writable() -> bool:
    """Whether package caches can live where they usually do."""
    home = os.environ.get("HOME", "")
    return bool(home) and os.access(home, os.W_OK | os.X_OK)


def same_disk() -> bool:
    """Whether uv may link from its cache instead of copying."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or os.environ.get("HOME") or tempfile.gettempdir())
    try:
        return cache.stat().st_dev == CHECKOUT.stat().st_dev
    except OSError:
        return False


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """One maker at a time: two commands started together in a fresh clone share one environment."""
    try:
        OWN_FOLDER.mkdir(exist_ok=True)
        handle = (OWN_FOLDER / f"{folder.name}.lock").open("w")
    except OSError as error:
        raise Stop(
            f"The folder {CHECKOUT} cannot be written by this user ({error.strerror}): "
            "run this as its owner, or clone OneVoice into a folder of yours."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        except OSError as error:
            raise Stop(
                f"The environment could not be made in {OWN_FOLDER}: {error.strerror or error}."
            ) from error


def digest(path: Path) -> str:
    """A fingerprint of the file, to see that it changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> str:
    """The file's text, or nothing."""
    try:
        return path.read_text()
    except OSError:
        return ""


def tell(step: str, started: float) -> None:
    """One progress line a step, with the time it took, on standard error."""
    print(f"  {step:<28} {time.monotonic() - started:5.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT / "src"))  # the house's own modules that need no package
    from onevoice.operations import environment

    environment.main()
