"""What the checks need on the machine: a browser, fonts, Go, npm's parts, another Python."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from onevoice.operations.environment import CHECKOUT, Stop

GO_MODULES = Path("/usr/share/gocode/src/golang.org/x/mod")


def gather() -> str:
    """Install what is missing, by the system's package manager where we may; returns what was installed."""
    missing = missing_packages()
    if missing:
        install(missing)
    parts = npm_parts()
    return ", ".join([*missing, *parts])


def missing_packages() -> list[str]:
    """Debian's packages for what is not there."""
    needs: list[tuple[str, Callable[[], object]]] = [
        ("chromium", lambda: shutil.which("chromium")),
        ("fonts-noto-core", lambda: has_font("Noto Naskh Arabic")),
        ("fonts-noto-cjk", lambda: has_font("Noto Sans CJK SC")),
        ("golang-go", lambda: shutil.which("go")),
        ("golang-golang-x-mod-dev", GO_MODULES.exists),
        ("npm", lambda: shutil.which("npm")),
        ("default-jre-headless", lambda: shutil.which("java")),
        ("postfix", lambda: shutil.which("postfix")),
        ("dovecot-lmtpd", Path("/usr/lib/dovecot/lmtp").exists),
    ]
    return [package for package, is_there in needs if not is_there()]


def has_font(family: str) -> bool:
    """Whether a browser would find the family."""
    if not shutil.which("fc-list"):
        return False
    done = subprocess.run(["fc-list", family, "family"], capture_output=True, text=True)  # noqa: S603, S607
    return bool(done.stdout.strip())


def install(packages: list[str]) -> None:
    """As root on Debian and its kin; else say how."""
    by_hand = (
        f"Some checks need: {', '.join(packages)}. Install them: apt-get install --no-install-recommends "
    )
    by_hand += " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(by_hand)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(  # noqa: S603
            ["apt-get", *words],  # noqa: S607
            env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
            raise Stop(f"{by_hand}\napt-get {words[0]} failed: {last}")


def npm_parts() -> list[str]:
    """axe-core and the HTML checker, exactly as the lock file has them."""
    made = CHECKOUT / "node_modules" / ".package-lock.json"
    lock = CHECKOUT / "package-lock.json"
    if made.exists() and made.stat().st_mtime >= lock.stat().st_mtime:
        return []
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--silent"],  # noqa: S607
        cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Stop(f"npm ci failed: {(done.stderr + done.stdout).strip()[-500:]}")
    return ["axe-core", "vnu-jar"]


def other_python() -> tuple[str, Path] | None:
    """Version and path of a Python that is served too and is not the one that runs this."""
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    candidates = [shutil.which(f"python{version}") for version in ("3.13", "3.12")]
    for root in (os.environ.get("PYENV_ROOT", ""), str(Path.home() / ".pyenv")):
        candidates += [
            str(path) for path in sorted(Path(root or "/nowhere").glob("versions/3.1[23].*/bin/python3"))
        ]
    for candidate in filter(None, candidates):
        version = version_of(candidate)
        if version in ("3.12", "3.13") and version != ours:
            return version, Path(candidate)
    return None


def version_of(python: str) -> str:
    """Major and minor of an interpreter; empty when it does not run, as pyenv's shims may not."""
    said = subprocess.run(  # noqa: S603
        [python, "-I", "-c", "import sys; print(sys.version)"], capture_output=True, text=True
    )  # noqa: S603
    found = re.match(r"(\d+\.\d+)\.", said.stdout)
    return found[1] if found else ""
