"""`./onevoice test`: makes what the checks need, runs every check, and says of each how long it took.

What reads the code runs beside the other Python, on a core each; then the tests run on both. A check's output is
shown only when it fails. The last line counts checks and tests together.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onevoice.operations import environment, tools
from onevoice.operations.environment import CHECKOUT, OWN_FOLDER, Stop
from onevoice.operations.steps import Step

# The modules that hold without Django, and what starts and guards an installation: types are strict there.
TYPED = ("languages", "procedure", "drafting")
TYPED_RECORD = (
    "canonical",
    "checkpoint",
    "commitments",
    "leaf",
    "merkle",
    "notes",
    "proofs",
    "tiles",
    "verify",
)
PURE = ("languages", "procedure", "drafting")
WIDTH = 44
SECONDS_BETWEEN_LINES = 15.0
SHOWN_LINES = 100
SERVED = {  # as production is, so that Django's own deployment check judges what will be served
    "DATABASE_URL": "postgresql://onevoice_app:word@127.0.0.1:5432/onevoice",
    "SECRET_KEY": "qW8-eR7_tZ6uI5oP4aS3dF2gH1jK0lM9nB8vC7xY6-pO5iU4zT3rE2wQ1",
    "ALLOWED_HOSTS": "onevoice.example.org",
    "TLS_PROXY_HEADER": "X-Forwarded-Proto",
    "EMAIL_FROM": "onevoice@example.org",
}


MIGRATIONS = """
import warnings
from onevoice.operations import mode, prepare
prepare.django(mode.Mode.TEST)
from django.core.management import call_command
warnings.simplefilter("ignore", RuntimeWarning)  # the database that SERVED names is not asked
call_command("makemigrations", check=True, dry_run=True)
"""
DEPLOYED = """
from onevoice.operations import mode, prepare
prepare.django(mode.Mode.SERVE)
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
IMPORTED = """
import importlib, pkgutil, onevoice
from onevoice.operations import mode, prepare
prepare.django(mode.Mode.TEST)
for module in pkgutil.walk_packages(onevoice.__path__, "onevoice."):
    if not module.name.endswith(("__main__", "wsgi", "asgi")):
        importlib.import_module(module.name)
"""


@dataclass
class Count:
    """What passed and what failed so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    beside: bool = False  # others write to the terminal too: only whole lines

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"

    def add(self, other: "Count") -> None:
        """These too."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


class Failed(Exception):
    """A check that did not hold, with what it said."""


def test(asked: argparse.Namespace) -> int:
    """Every check, or only the tests named; the exit status is 1 when one failed."""
    count = Count()
    if asked.paths:
        run_tests(count, "tests", Path(sys.executable), asked.paths)
    else:
        whole = Step("in all", WIDTH, sys.stdout)
        with checking(count, "what the checks need") as line:
            line.note(tools.gather())
        with ThreadPoolExecutor() as lanes:
            for lane in [lanes.submit(read_code), lanes.submit(other_python)]:
                count.add(lane.result())
        run_tests(count, "tests", Path(sys.executable), ["-n", "2", "--dist", "worksteal"])
        whole.done()
    print(count, flush=True)
    return int(count.failed > 0)


def read_code() -> Count:
    """Every check that reads the code, one after the other."""
    count = Count(beside=True)
    for name, command in static_checks():
        run_check(count, name, command)
    return count


def static_checks() -> Iterator[tuple[str, list[str | Path]]]:
    """Checks that read the code."""
    here = Path(sys.executable).parent
    yield "style (ruff)", [here / "ruff", "check", "--quiet", "."]
    yield "floors of the house (import-linter)", [here / "lint-imports", "--no-cache"]
    folders = [f"src/onevoice/{room}" for room in TYPED if (CHECKOUT / "src/onevoice" / room).exists()]
    starting = [str(path) for path in sorted((CHECKOUT / "src/onevoice/operations").glob("*.py"))]
    typed = [*folders, *starting, *(f"src/onevoice/record/{name}.py" for name in TYPED_RECORD)]
    yield "types (mypy)", [here / "mypy", "--no-error-summary", *typed]
    yield "translations", [sys.executable, "-m", "onevoice.languages.catalogue", "check"]
    yield "migrations (makemigrations --check)", [sys.executable, "-c", MIGRATIONS]
    yield "production's settings (check --deploy)", [sys.executable, "-c", DEPLOYED]


def run_check(count: Count, name: str, command: list[str | Path]) -> None:
    """One line for the check; what it said only when it failed."""
    with checking(count, name):
        environ = {**os.environ, **SERVED}
        done = subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise Failed(done.stdout + done.stderr)


@contextmanager
def checking(count: Count, name: str) -> Iterator[Step]:
    """Count the check and print its line."""
    line = step_of(count, name)
    line.note("")
    try:
        yield line
    except (Failed, Stop) as reason:
        count.failed += 1
        line.note("failed")
        line.done()
        print("\n".join(str(reason).strip().splitlines()[-SHOWN_LINES:]), flush=True)
    else:
        count.passed += 1
        line.done()


def step_of(count: Count, name: str) -> Step:
    line = Step(name, WIDTH, sys.stdout)
    line.live = line.live and not count.beside
    return line


def run_tests(count: Count, name: str, python: Path, words: list[str]) -> None:
    """pytest, with its progress; its tests are counted, not the run."""
    line = step_of(count, name)
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    said, told = "", 0.0
    with subprocess.Popen(  # noqa: S603
        [str(word) for word in command],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        while piece := process.stdout.readline():
            said += piece
            if percent := re.search(r"\[ *(\d+)%\]", piece):
                line.note(f"{percent[1]} %")
                if not line.live and line.seconds() - told > SECONDS_BETWEEN_LINES:
                    told = line.seconds()
                    line.line(f"{percent[1]} %")
    found = tally(said)
    count.add(found)
    line.note(str(found))
    line.done()
    if process.returncode:
        count.failed += not found.failed  # it fell before a test did
        print("\n".join(said.splitlines()[-SHOWN_LINES * 3 :]), flush=True)


def tally(said: str) -> Count:
    """The counts in pytest's last line."""
    last = said.strip().rpartition("\n")[2]
    numbers = {word.rstrip("s"): int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", last)}
    failed = numbers.get("failed", 0) + numbers.get("error", 0)
    return Count(numbers.get("passed", 0), failed, numbers.get("skipped", 0))


def other_python() -> Count:
    """Import, pure rooms and a start of the demonstration on the other Python served, where it is there."""
    count, found = Count(beside=True), tools.other_python()
    if not found:
        print(f"  {'another Python':<{WIDTH}}      none here: 3.12 and 3.13 are both served", flush=True)
        return count
    version, base = found
    with checking(count, f"Python {version}: packages") as line:
        python = environment.make("dev", base, OWN_FOLDER / f"venv-{version}")
        line.note(str(base.name))
    run_check(count, f"Python {version}: import of every module", [python, "-c", IMPORTED])
    tests = [f"tests/{room}" for room in PURE if (CHECKOUT / "tests" / room).exists()]
    tests.append("tests/operations/test_demo.py::test_it_starts_says_where_and_ends_in_order")
    run_tests(count, f"Python {version}: pure rooms, demonstration", python, tests)
    return count
