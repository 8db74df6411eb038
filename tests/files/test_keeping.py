"""Bytes are kept once under their hash and never replaced; rows are only added."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from files.samples import PDF, png
from onevoice.enact.perform import database_clock
from onevoice.files.jobs import sweep
from onevoice.files.kinds import DOCUMENT, examined
from onevoice.files.models import StoredFile, path_of
from onevoice.files.steps import LOCK, Upload, keep, withdraw
from onevoice.files.visible import files


def kept(icat: Any, content: bytes = PDF, name: str = "Agenda.pdf", **fields: Any) -> StoredFile:
    file = BytesIO(content)
    upload = Upload(file, name, len(content), examined(file, len(content), DOCUMENT))
    given = {"group": icat.group.pk, "group_slug": "icat", "by": "person:x for osce", "at": database_clock()}
    return keep(upload, **given | fields)


def test_the_bytes_lie_under_their_hash(icat: Any) -> None:
    file = kept(icat)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (file.sha256, file.size, file.media_type, file.name) == (
        sha256,
        len(PDF),
        "application/pdf",
        "Agenda.pdf",
    )
    place = Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256
    assert (file.path, place.read_bytes()) == (place, PDF)
    assert place.stat().st_mode & 0o777 == 0o440


def test_the_same_bytes_lie_there_once_and_are_not_written_again(icat: Any) -> None:
    first = kept(icat)
    before = first.path.stat()
    second = kept(icat, name="Again.pdf")
    after = second.path.stat()
    assert (first.path, before.st_ino, before.st_mtime_ns) == (second.path, after.st_ino, after.st_mtime_ns)
    assert [path.name for path in first.path.parent.iterdir()] == [first.sha256]


def test_bytes_that_were_damaged_are_not_taken_for_the_file(icat: Any) -> None:
    content = png(7, 7)
    place = kept(icat, content, "x.png").path
    place.chmod(0o640)
    place.write_bytes(content[:10])
    with pytest.raises(OSError, match="bring it back from the backup"):
        kept(icat, content, "x.png")
    place.unlink()


@pytest.mark.parametrize(
    "statement", ["update files_storedfile set name = 'x'", "delete from files_storedfile"]
)
def test_the_application_cannot_change_or_remove_a_file(icat: Any, statement: str) -> None:
    kept(icat)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_group_files_are_for_their_group_and_withdrawn_ones_for_nobody(icat: Any) -> None:
    from onevoice.enact.actor import NOBODY

    inside, outside = kept(icat), kept(icat, visibility="public")
    assert set(files(icat.unicef.viewer)) == {inside, outside}
    assert set(files(icat.neighbour.mallory.viewer)) == {outside}
    assert set(files(NOBODY)) == {outside}
    withdraw(outside, by="x", at=database_clock())
    assert set(files(NOBODY)) == set()
    assert set(files(icat.unicef.viewer)) == {inside}


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """What other tests left is not there."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_bytes_that_no_act_kept_are_swept_away_and_others_stay(icat: Any, own_folder: Path) -> None:
    stays = kept(icat)
    with transaction.atomic():
        undone = kept(icat, png(11, 11), "y.png").path
        transaction.set_rollback(True)
    now = database_clock()
    assert sweep(now) == 1
    assert (stays.path.exists(), undone.exists()) == (True, False)
    assert sweep(now) == 0


def test_what_was_half_written_is_swept_away_after_a_day(icat: Any, own_folder: Path) -> None:
    beside = kept(icat).path.parent / ".half"
    beside.write_bytes(b"%PDF")
    written = datetime.fromtimestamp(beside.stat().st_mtime, UTC)
    assert sweep(written + timedelta(hours=23)) == 0
    assert sweep(written + timedelta(hours=25)) == 1
    assert not beside.exists()


def test_the_sweep_leaves_alone_what_an_act_is_about_to_keep(icat: Any, own_folder: Path) -> None:
    content = png(13, 13)
    place = path_of(hashlib.sha256(content).hexdigest())
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    now, another = database_clock(), connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, hashtext(%s))", [LOCK, place.name])
            assert sweep(now) == 0
            cursor.execute("ROLLBACK")
        assert sweep(now) == 1
    finally:
        another.close()


def test_an_act_that_keeps_bytes_holds_them_until_it_ends(icat: Any, own_folder: Path) -> None:
    name, another = kept(icat).sha256, connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
            assert cursor.fetchone() == (False,)
    finally:
        another.close()
