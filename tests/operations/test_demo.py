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


def test_what_happens_beside_it_and_what_is_killed_leaves_it_running(demo: Demonstration) -> None:
    code, said = run("demo", "--data", demo.data, "--port", free_port())
    assert code == 1
    assert f"onevoice: OneVoice already runs on {demo.data} (process {demo.process.pid})" in said

    code, said = run("migrate", "--data", demo.data)
    assert (code, "as they should be" in said) == (0, True), said

    for victim in ("web", "worker", "database"):
        comes_back(demo, victim)


def comes_back(demo: Demonstration, victim: str) -> None:
    """Kill it; it is there again, and pages meanwhile say that the database is away, or nothing."""
    before = demo.children()
    os.kill(before[victim], signal.SIGKILL)
    until = time.monotonic() + 40
    seen = set()
    while demo.children().get(victim, before[victim]) == before[victim] or demo.health() != 200:
        seen.add(demo.health())
        assert time.monotonic() < until, f"{victim} did not come back"
        time.sleep(0.05)
    assert seen <= ({0, 200} if victim == "web" else {200, 503})
    assert sorted(demo.children()) == ["database", "web", "worker"]


def test_killed_in_any_way_it_leaves_nothing_running_and_starts_again_with_all_it_had(data: Path) -> None:
    one = Demonstration(data).ready()
    before = rows(data)
    kill(one, [])
    two = Demonstration(data).ready()
    assert rows(data) == before
    kill(two, list(two.children().values()))
    three = Demonstration(data).ready()
    assert rows(data) == before
    assert three.end(signal.SIGTERM)[0] == 0


def kill(demo: Demonstration, others: list[int]) -> None:
    """Kill the command's process group, and other processes; then nothing is left."""
    os.killpg(demo.process.pid, signal.SIGKILL)
    for pid in others:
        os.kill(pid, signal.SIGKILL)
    demo.process.wait()
    demo.listener.join()
    until = time.monotonic() + 10
    while processes_of(demo.data) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_of(demo.data) == []
