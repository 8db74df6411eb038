"""The environment is made when it must be, and what keeps it from being made is a sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onevoice.operations import environment
from onevoice.operations.environment import CHECKOUT, Stop


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A machine with the least of programs and no Python."""
    for name in ("sh", "dirname", "ls"):
        (tmp_path / name).symlink_to(shutil.which(name) or "/bin/sh")
    return {"PATH": str(tmp_path), "HOME": "/nonexistent"}


def script(folder: Path, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    shutil.copy(CHECKOUT / "onevoice", folder / "onevoice")
    command = ["/bin/sh", str(folder / "onevoice"), "--version"]
    return subprocess.run(command, env=given, capture_output=True, text=True)


@pytest.mark.skipif(
    any(Path("/usr/local/bin").glob("python3.1[2-9]")), reason="a Python is always found here"
)
def test_no_python_is_one_sentence(tmp_path: Path, bare: dict[str, str]) -> None:
    done = script(tmp_path, bare)
    assert done.returncode == 1
    assert done.stderr.startswith("OneVoice needs Python 3.12 or newer and found none: install it")
    assert done.stderr.count("\n") == 1


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path, bare: dict[str, str]) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    (tmp_path / "python3").symlink_to(sys.executable)
    done = script(tmp_path, bare)
    assert "src/onevoice/operations/environment.py" in done.stderr  # it was run, and is not in this copy
    assert "found none" not in done.stderr


def test_the_checkers_packages_serve_for_running_too() -> None:
    base = Path("/usr/bin/python3")
    assert environment.acceptable_states("dev", base)[0] in environment.acceptable_states(
        "requirements", base
    )
    assert environment.acceptable_states("requirements", base)[0] not in environment.acceptable_states(
        "dev", base
    )


def test_caches_go_into_the_checkout_where_the_home_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    assert environment.quiet_environment()["UV_CACHE_DIR"] == str(environment.OWN_FOLDER / "cache")


def test_a_full_disk_is_the_reason_that_is_told() -> None:
    said = [
        "error: failed to install",
        "  caused by: No space left on device (os error 28)",
        "hint: try again",
    ]
    assert environment.cause(said) == "caused by: No space left on device (os error 28)"


def test_a_program_that_fails_is_told_with_its_reason() -> None:
    with pytest.raises(Stop, match="The step failed: error: so it is"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('error: so it is')"], "The step failed")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_checkout_of_somebody_else_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    monkeypatch.setattr(environment, "OWN_FOLDER", tmp_path / ".onevoice")
    with pytest.raises(Stop, match="cannot be written by this user"), environment.held(tmp_path / "venv"):
        pass


def test_a_folder_that_cannot_be_used_is_told_before_packages_are_made(tmp_path: Path) -> None:
    """A checkout without packages, and a machine on which none could be made."""
    fresh = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "src/onevoice/operations", fresh / "src/onevoice/operations")
    shutil.copytree(CHECKOUT / "requirements", fresh / "requirements")
    shutil.copy(CHECKOUT / "src/onevoice/__init__.py", fresh / "src/onevoice/")
    file = tmp_path / "file"
    file.touch()
    for words in (["demo", "--data", file / "data"], [f"--data={file / 'data'}", "demo"]):
        command = [sys.executable, "-I", fresh / "src/onevoice/operations/environment.py", *words]
        done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/nonexistent"})
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith(f"onevoice: The folder {file / 'data'} cannot be written (")
    assert not (fresh / ".onevoice").exists()
