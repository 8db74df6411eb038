"""One command starts everything, ends in order, and survives being killed in any way."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onevoice.operations import logins
from onevoice.operations.cluster import Cluster

from .terminal import Demonstration, folder_for_everybody, free_port, processes_of, run


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One folder for the whole story: each test starts what the one before left."""
    with folder_for_everybody() as made:
        yield made


@pytest.fixture
def demo(data: Path) -> Iterator[Demonstration]:
    one = Demonstration(data).ready()
    yield one
    if one.process.poll() is None:
        one.end()
    if one.process.stdout:
        one.process.stdout.close()


def rows(data: Path) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(Cluster(data).url(logins.OWNER)) as owner:
        names = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: owner.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # type: ignore[index, call-overload]
            for (name,) in names
            if not name.startswith(("procrastinate", "django_session"))
        }


def test_it_starts_says_where_and_ends_in_order(demo: Demonstration) -> None:
    assert sorted(demo.children()) == ["database", "web", "worker"]
    code, seconds = demo.end()  # within seconds: the limit below is where a web server would be killed
    assert f"OneVoice is ready: {demo.address}/" in demo.said
    assert "ending: web server, worker, database" in demo.said
    assert (code, seconds < 20) == (0, True)
    assert processes_of(demo.data) == []


def test_a_second_start_changes_nothing(data: Path) -> None:
    one = Demonstration(data).ready()
    before = rows(data)
    one.end(signal.SIGTERM)
    two = Demonstration(data).ready()
    try:
        assert rows(data) == before
    finally:
        two.end()


def test_two_on_one_folder_are_refused(demo: Demonstration) -> None:
    code, said = run("demo", "--data", demo.data, "--port", free_port())
    assert code == 1
    assert f"onevoice: OneVoice already runs on {demo.data} (process {demo.process.pid})" in said


def test_another_command_uses_the_running_database(demo: Demonstration) -> None:
    code, said = run("migrate", "--data", demo.data)
    assert (code, "as they should be" in said) == (0, True), said
    assert demo.health() == 200


@pytest.mark.parametrize("victim", ["web", "worker", "database"])
def test_one_that_is_killed_comes_back(demo: Demonstration, victim: str) -> None:
    time.sleep(5)  # what falls at once after its start is not started again at once
    before = demo.children()
    os.kill(before[victim], signal.SIGKILL)
    until = time.monotonic() + 40
    while time.monotonic() < until:
        now = demo.children()
        if now.get(victim, before[victim]) != before[victim] and demo.health() == 200:
            break
        time.sleep(0.1)
    assert sorted(demo.children()) == ["database", "web", "worker"]
    assert demo.children()[victim] != before[victim]
    assert demo.health() == 200


def test_pages_say_that_the_database_is_away_and_heal(demo: Demonstration) -> None:
    os.kill(demo.children()["database"], signal.SIGSTOP)
    os.kill(demo.children()["database"], signal.SIGKILL)
    seen = {demo.health() for _ in range(20)}
    assert seen <= {200, 503}
    until = time.monotonic() + 40
    while demo.health() != 200 and time.monotonic() < until:
        time.sleep(0.1)
    assert demo.health() == 200


@pytest.mark.parametrize("everything", [False, True])
def test_a_killed_command_leaves_nothing_running_and_loses_nothing(data: Path, everything: bool) -> None:
    one = Demonstration(data).ready()
    before = rows(data)
    victims = list(one.children().values()) if everything else []
    os.killpg(one.process.pid, signal.SIGKILL)
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    one.process.communicate()
    until = time.monotonic() + 5
    while processes_of(data) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_of(data) == []
    two = Demonstration(data).ready()
    try:
        assert rows(data) == before
    finally:
        two.end()
