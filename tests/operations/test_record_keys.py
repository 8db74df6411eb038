"""`record keys` and `record change-key`: an operator sees whether records can be signed, and gives a new key."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from onevoice.operations import records
from onevoice.operations.environment import Stop
from onevoice.record import stored
from onevoice.record.append import open_log
from onevoice.record.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys_folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEYS_FOLDER = tmp_path / "keys"
    open_log("one", "record.example.org/one")
    return tmp_path / "keys"


def test_the_keys_in_a_backup_sign_again_once_they_are_safe(
    keys_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(keys_folder, tmp_path / "backup")
    shutil.rmtree(keys_folder)
    assert records.command(["keys"]) == 1
    assert "restore it from its backup, or change the key" in capsys.readouterr().out

    shutil.copytree(tmp_path / "backup", keys_folder)
    (file,) = keys_folder.iterdir()
    file.chmod(0o644)
    assert records.command(["keys"]) == 1
    assert "run 'chmod 600' on it" in capsys.readouterr().out

    file.chmod(0o600)
    assert records.command(["keys"]) == 0
    assert f"one  {stored.vkeys('one')[0]}\n  key 1, since " in capsys.readouterr().out


def test_a_new_key_is_made_and_recorded(keys_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (former,) = stored.vkeys("one")
    assert records.command(["change-key", "one"]) is None
    new, before = stored.vkeys("one")
    assert before == former and new in capsys.readouterr().out
    assert Entry.objects.get().act == "record.change_key"
    assert records.command(["keys"]) == 0 and "key 2, since" in capsys.readouterr().out


def test_a_group_without_a_record_is_one_sentence(keys_folder: Path) -> None:
    with pytest.raises(Stop, match="There is no group 'two' with a record"):
        records.command(["change-key", "two"])
    assert len(list(keys_folder.iterdir())) == 1
