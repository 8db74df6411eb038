"""What the house says about itself is so."""

import re
import tomllib
from pathlib import Path

import pytest

from onevoice.operations import command
from onevoice.operations.rooms import FLOORS, HOUSE

ROOT = HOUSE.parents[1]
MANUAL = (ROOT / "docs" / "operations.md").read_text()
READ_BY_THE_LIBRARY = {"WEB_THREADS"}


def test_the_contract_has_the_floors_of_the_house() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    floors = tuple(tuple(re.findall(r"\w+", layer)) for layer in layers)
    assert floors == FLOORS


def test_every_setting_has_its_heading_and_every_heading_its_setting() -> None:
    settings = (HOUSE / "operations" / "settings.py").read_text()
    read = set(re.findall(r"given\.\w+\(\s*\"([A-Z_]+)\"", settings)) | {"DATABASE_URL"}
    read |= {"OWNER_DATABASE_URL", "SEQUENCER_DATABASE_URL"} | READ_BY_THE_LIBRARY
    assert set(re.findall(r"^### ([A-Z_]+)$", MANUAL, re.MULTILINE)) == read


def test_every_command_has_its_heading() -> None:
    text = command.parser().format_help()
    commands = set(re.findall(r"^    (\w+) ", text, re.MULTILINE))
    headings = set(re.findall(r"^### ([a-z, ]+)$", MANUAL, re.MULTILINE)) - {"python, lock"}
    assert headings == commands


@pytest.mark.parametrize("name", ["requirements.txt", "dev.txt", "uv.txt"])
def test_a_lock_has_a_hash_for_each_part_and_names_no_index(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    assert "index" not in text
    parts = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert parts
    assert [part for part in parts if "--hash=sha256:" not in part] == []


def test_the_checkers_lock_holds_the_run_time_lock() -> None:
    def versions(name: str) -> set[str]:
        return set(
            re.findall(r"^([\w.\[\]-]+==\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
        )

    assert versions("requirements.txt") <= versions("dev.txt")


def sources() -> list[Path]:
    """Where everything that is read begins with a visible set."""
    found = {path for name in ("pages.py", "shapes.py", "feeds.py") for path in HOUSE.glob(f"*/{name}")}
    found |= {path for room in ("search", "api", "desk", "site") for path in HOUSE.glob(f"{room}/*.py")}
    below = ("visible.py", "models.py", "jobs.py")  # where the sets are made, and where the index is written
    return sorted(path for path in found if path.name not in below)


def test_pages_shapes_and_feeds_read_visible_sets_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: begins at a table; begin at visible.py's set (docs/add-a-page.md)"
        for path in sources()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.objects\b", line.partition("#")[0])
    ]
    assert wrong == []


def test_nothing_that_is_installed_from_names_an_address() -> None:
    files = [
        *(ROOT / "requirements").iterdir(),
        ROOT / "package-lock.json",
        ROOT / ".npmrc",
        ROOT / "onevoice",
    ]
    assert [path.name for path in files if "://" in path.read_text()] == []
