"""What goes wrong around us is one sentence and exit status 1, never a trace."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onevoice.operations import command as command_line

from .terminal import free_port, run

LONG = "of the tests, and of nothing else; long enough for every library"


def told(code: int, said: str) -> str:
    """The sentence; progress lines stand before it."""
    assert code == 1, said
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if line.startswith("onevoice: ")]
    assert len(lines) == 1, said
    return lines[0].removeprefix("onevoice: ")


def test_a_taken_port_is_told(open_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = told(*run("demo", "--data", open_folder, "--port", port))
    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used (address already in use)")
    assert said.endswith("choose another with --port.")


@pytest.mark.parametrize("word", ["0", "65536", "http", "-1", "８０"])
def test_a_port_that_is_none_is_told(word: str) -> None:
    code, said = run("demo", f"--port={word}", PYTHONUTF8="1")
    assert code == 2
    assert "is not a port: give a number from 1 to 65535" in said


def test_a_folder_that_is_a_file_is_told(open_folder: Path) -> None:
    file = open_folder / "file"
    file.touch()
    said = told(*run("demo", "--data", file / "data", "--port", free_port()))
    assert said.startswith(f"The folder {file / 'data'} cannot be written (file exists)")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    said = told(*run("demo", "--data", open_folder / "data"))
    assert said.startswith(f"The folder {open_folder / 'data'} cannot be written (permission denied)")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user for the database")
def test_a_folder_that_the_databases_user_cannot_reach_is_told(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    said = told(*run("demo", "--data", closed / "data", "--port", free_port()))
    assert said.startswith("PostgreSQL does not run as root, and its user embedded_postgres cannot reach")


@pytest.fixture
def small_disk(open_folder: Path) -> Iterator[Path]:
    """A disk of 24 MB, on which no cluster fits."""
    disk = open_folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    disk.chmod(0o755)
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting needs root")
def test_a_full_disk_is_told(small_disk: Path) -> None:
    said = told(*run("demo", "--data", small_disk / "data", "--port", free_port()))
    assert (
        said
        == f"The disk that holds {small_disk / 'data'} is full: make room and start again; nothing was lost."
    )


@pytest.mark.parametrize("command", ["migrate", "manage"])
def test_an_unreachable_database_is_told(command: str) -> None:
    url = f"postgresql://onevoice_app:secret-word@127.0.0.1:{free_port()}/onevoice"
    code, said = run(command, *(["check"] if command == "manage" else []), DATABASE_URL=url)
    assert "the database onevoice at 127.0.0.1:" in told(code, said)
    assert "does not answer (no server listens there)." in said
    assert "secret-word" not in said and "\t" not in said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'
            "\tIs the server running on that host and accepting TCP/IP connections?\n",
            "no server listens there",
        ),
        (
            "failed to resolve host 'nowhere': [Errno -2] Name or service not known",
            "no machine of that name is known",
        ),
        ('FATAL:  database "onevoice" does not exist', "it has no such login or database"),
        ("something new\n\tHINT: raw", "its own log says why"),
    ],
)
def test_why_a_database_does_not_answer_is_in_words_of_ours(said: str, told: str) -> None:
    sentence = command_line.outside_cause(psycopg.OperationalError(said))
    assert sentence == f"The database does not answer: {told}. Nothing was lost: try again when it runs."


def test_an_address_of_no_database_is_told() -> None:
    said = told(
        *run("migrate", DATABASE_URL="onevoice", SECRET_KEY=LONG, ALLOWED_HOSTS="onevoice.example.org")
    )
    assert "it does not start, for" in said


def test_a_command_that_is_none_is_told() -> None:
    code, said = run("adopt")
    assert code == 2
    assert "invalid choice: 'adopt'" in said
