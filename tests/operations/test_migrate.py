"""After `migrate` an installation can take in a record: the States are there, and a file's are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from onevoice.operations.demonstration import FOLDER
from onevoice.operations.exchange.changes import preview
from onevoice.operations.exchange.reading import BadFile
from onevoice.operations.imports import import_file
from onevoice.operations.prepare import migrate
from onevoice.parties.models import State

FILE = FOLDER / "icat.yaml"


@pytest.fixture(autouse=True)
def keys_folder(settings: object, tmp_path: Path) -> None:
    settings.KEYS_FOLDER = tmp_path  # type: ignore[attr-defined]


def test_a_record_comes_into_an_empty_database_that_was_migrated(fresh_database: str) -> None:
    migrate()
    migrate()
    assert State.objects.count() == 195
    assert preview(FILE)[1]
    said = import_file(FILE.read_bytes(), "icat.yaml", origin="record.example.org/icat")
    assert said.startswith("icat.yaml: ")


@pytest.mark.django_db
def test_a_state_that_is_not_in_the_database_is_told_with_its_line() -> None:
    table, is_good = preview(FILE)
    assert not is_good
    assert "is no State of this database: run './onevoice migrate', which brings them" in table
    with pytest.raises(BadFile):
        import_file(FILE.read_bytes(), "icat.yaml", origin="record.example.org/icat")
