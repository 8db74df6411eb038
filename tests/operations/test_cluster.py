"""The embedded database survives whatever happens to it."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onevoice.operations import logins, processes
from onevoice.operations.cluster import Cluster
from onevoice.operations.environment import Stop


@pytest.fixture
def started(open_folder: Path) -> Iterator[Cluster]:
    one = Cluster(open_folder)
    one.start()
    yield one
    one.stop()


def count(one: Cluster) -> int:
    with psycopg.connect(one.url(logins.OWNER)) as owner:
        row = owner.execute("SELECT count(*) FROM kept").fetchone()
        return int(row[0]) if row else -1


def keep(one: Cluster) -> None:
    with psycopg.connect(one.url(logins.OWNER)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        owner.execute("INSERT INTO kept VALUES (1)")


def test_a_killed_server_starts_again_at_once_with_what_was_committed(started: Cluster) -> None:
    keep(started)
    assert started.process
    os.kill(started.process.pid, signal.SIGKILL)
    begun = time.monotonic()
    started.start()
    assert count(started) == 1
    assert time.monotonic() - begun < 10


def test_a_server_left_running_by_a_killed_command_is_ended_and_started_again(started: Cluster) -> None:
    keep(started)
    assert started.process
    second = Cluster(started.data)
    second.start()
    try:
        assert second.process
        assert second.process.pid != started.process.pid
        assert started.ended()
        assert count(second) == 1
    finally:
        second.stop()


@pytest.mark.parametrize("pid", ["1", "999999999", "", "no number"])
def test_a_stale_note_of_another_process_is_not_believed(started: Cluster, pid: str) -> None:
    keep(started)
    started.stop()
    (started.home / "postmaster.pid").write_text(f"{pid}\n{started.home}\n")
    started.start()
    assert count(started) == 1


def test_a_start_killed_while_it_made_the_cluster_leaves_no_half(open_folder: Path) -> None:
    half = open_folder / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    one = Cluster(open_folder)
    one.start()
    one.stop()
    assert not half.exists()


def test_the_server_is_reached_by_a_socket_outside_the_data_only(started: Cluster) -> None:
    with psycopg.connect(started.url(logins.SUPERUSER)) as superuser:
        listens = superuser.execute("SHOW listen_addresses").fetchone()
        sockets = superuser.execute("SHOW unix_socket_directories").fetchone()
    assert listens == ("",)
    assert sockets == (str(started.sockets),)
    assert started.data not in started.sockets.parents
    assert len(str(started.sockets)) < 80


def test_passwords_are_read_by_their_owner_only_and_wanted_by_the_server(started: Cluster) -> None:
    file = started.data / "logins.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed|no password supplied"):
        psycopg.connect(started.url().replace(started.words[logins.APPLICATION], "guessed"))


def test_other_passwords_are_told_in_a_sentence(started: Cluster) -> None:
    started.stop()
    (started.data / "logins.json").unlink()
    other = Cluster(started.data)
    with pytest.raises(Stop, match="restore that file"):
        other.start()
    assert other.process is None


def test_data_of_another_version_is_told_in_a_sentence(started: Cluster) -> None:
    started.stop()
    version = started.home / "PG_VERSION"
    before = version.read_text()
    version.write_text("17\n")
    with pytest.raises(Stop, match="made by PostgreSQL 17 and this version brings 18"):
        started.start()
    version.write_text(before)


def test_a_stopped_server_leaves_nothing_outside_its_folder(started: Cluster) -> None:
    sockets = started.sockets
    assert started.process
    pid = started.process.pid
    started.stop()
    assert not sockets.exists()
    assert not processes.is_running(pid)


def test_the_three_logins_are_what_they_should_be(started: Cluster) -> None:
    with psycopg.connect(started.url(logins.SUPERUSER)) as superuser:
        rows = superuser.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'onevoice%' ORDER BY 1"
        ).fetchall()
        extensions = {name for (name,) in superuser.execute("SELECT extname FROM pg_extension")}
    assert rows == [
        ("onevoice", True, True, True),
        ("onevoice_app", False, False, False),
        ("onevoice_owner", False, False, False),
        ("onevoice_sequencer", False, False, False),
    ]
    assert set(logins.EXTENSIONS) <= extensions
