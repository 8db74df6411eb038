"""`group create`: mistakes are one sentence, and leave neither a row nor a key behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onevoice.groups.models import Group
from onevoice.operations import groups
from onevoice.operations.demonstration import FOLDER
from onevoice.operations.environment import Stop
from onevoice.operations.imports import import_file
from onevoice.parties.models import Organisation
from onevoice.parties.reference import load_states

pytestmark = pytest.mark.django_db
GIVEN = {
    "acronym": "NG", "name": "A new group", "seat": "Geneva", "zone": "Europe/Zurich",
    "origin": "record.example.org/new", "organisation": "WHO", "organisation-name": "World Health Organization",
    "officer": "First Officer", "email": "officer@example.org",
}  # fmt: skip


@pytest.fixture(autouse=True)
def keys_folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


def create(slug: str = "new", **changed: str) -> None:
    options = GIVEN | {name.replace("_", "-"): value for name, value in changed.items()}
    groups.command(["create", slug, *(f"--{name}={value}" for name, value in options.items())])


def keys(folder: Path) -> list[str]:
    return sorted(path.name[: -len("-00000000.key")] for path in folder.iterdir()) if folder.exists() else []


def test_a_group_is_made(keys_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    create()
    assert "valid 14 days" in capsys.readouterr().out
    assert (Group.objects.get().acronym, keys(keys_folder)) == ("NG", ["new"])


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("origin", "", "'' cannot be the name of a record"),
        ("origin", "a record", "'a record' cannot be the name of a record"),
        ("origin", "o" * 201, "The record's name has 201 characters; at most 200 are kept."),
        ("acronym", "N" * 41, "--acronym has 41 characters; at most 40 are kept."),
        ("acronym", " ", "--acronym is empty"),
        ("name", "two\nlines", "--name holds a character that cannot be kept"),
        ("officer", "o" * 201, "--officer has 201 characters; at most 200 are kept."),
        ("email", "officer", "--email: 'officer' is no address for mail."),
        ("organisation", "!!", "--organisation: '!!' has no letter or digit for an address."),
        ("zone", "Europe/Atlantis", "There is no time zone 'Europe/Atlantis'"),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_nothing(
    option: str, value: str, says: str, keys_folder: Path
) -> None:
    with pytest.raises(Stop, match="^" + says.replace("(", r"\(")):
        create(**{option: value})
    assert (Group.objects.count(), Organisation.objects.count(), keys(keys_folder)) == (0, 0, [])


def test_a_name_in_addresses_is_short_enough_to_keep() -> None:
    with pytest.raises(Stop, match="at most 60"):
        create("n" * 61)


def test_the_origin_of_another_group_is_told(keys_folder: Path) -> None:
    create()
    with pytest.raises(Stop, match="is the name of the record of new for ever"):
        create("other")
    load_states()
    with pytest.raises(Stop, match="is the name of the record of new for ever"):
        import_file((FOLDER / "icat.yaml").read_bytes(), "icat.yaml", origin=GIVEN["origin"])
    assert (Group.objects.count(), keys(keys_folder)) == (1, ["new"])


def test_a_key_goes_with_what_is_undone(keys_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("onevoice.enact.batch.remember", fails)
    with pytest.raises(RuntimeError):
        create()
    assert (Group.objects.count(), keys(keys_folder)) == (0, [])
