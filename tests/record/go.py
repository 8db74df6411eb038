"""Go's own transparency-log library, golang.org/x/mod/sumdb, as a second opinion on our records.

Debian's packages golang-go and golang-golang-x-mod-dev have it; nothing is fetched to build it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "independent" / "check.go"
LIBRARY = "/usr/share/gocode"

Check = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def go_checks() -> Iterator[Check]:
    """Let Go check a log's folder, then pairs of proof and entry: its exit status and what it said."""
    if shutil.which("go") is None:
        pytest.skip(
            "There is no 'go': install golang-go and golang-golang-x-mod-dev, or run ./onevoice test."
        )
    with tempfile.TemporaryDirectory() as folder:
        checker = _build(Path(folder))

        def check(log: Path, *proofs_and_entries: Path) -> tuple[int, str]:
            run = subprocess.run([checker, log, *proofs_and_entries], capture_output=True, text=True)
            return run.returncode, run.stdout + run.stderr

        yield check


def _build(folder: Path) -> Path:
    """The checker as a program; without the library beside it this fails, it does not skip."""
    program = folder / "check"
    offline = {"GO111MODULE": "off", "GOPATH": LIBRARY, "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", program, SOURCE], env={**os.environ, **offline}, check=True)  # noqa: S607
    return program
