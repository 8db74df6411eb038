"""Steps that acts share: an upload is kept, a file is withdrawn. They neither record nor tell.

Bytes are written before the row, and the row commits with the act: an act that fails leaves bytes that no row
names, which `jobs.sweep` removes. Order of writing: a file beside the place, its bytes synced, a link that never
replaces.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import connection

from .kinds import Found
from .models import FileWithdrawal, StoredFile, Visibility, path_of
from .names import clean_name

CHUNK = 1 << 20
LOCK = 0x46494C45  # 'FILE': on a hash, shared by the acts that keep it, alone for the sweep


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a form, examined already."""

    file: IO[bytes]
    name: str
    size: int
    found: Found


def keep(
    upload: Upload, *, group: int, group_slug: str, by: str, at: datetime, visibility: str = Visibility.GROUP
) -> StoredFile:
    """Keep an upload: its bytes under their hash, once; a row for this upload."""
    sha256 = hash_of(upload.file)
    _hold(sha256)
    _store(upload.file, path_of(sha256), upload.size)
    return StoredFile.objects.create(
        sha256=sha256,
        name=clean_name(upload.name, upload.found.kind),
        media_type=upload.found.kind.media_type,
        size=upload.size,
        width=upload.found.width,
        height=upload.found.height,
        uploaded_at=at,
        by=by,
        group=group,
        group_slug=group_slug,
        visibility=visibility,
    )


def withdraw(file: StoredFile, *, by: str, at: datetime) -> None:
    """From now on nobody reads the file here."""
    FileWithdrawal.objects.create(file=file, at=at, by=by)


def _hold(sha256: str) -> None:
    """Until the act ends, the sweep leaves these bytes alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, hashtext(%s))", [LOCK, sha256])


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def hash_of(file: IO[bytes]) -> str:
    """SHA-256 of all its bytes; whoever reads it next begins at the beginning."""
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _store(file: IO[bytes], place: Path, size: int) -> None:
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with (
            _written(file, place.parent) as beside,
            suppress(FileExistsError),
        ):  # another upload of the same bytes
            os.link(beside, place)
        _sync(place.parent)
    if place.stat().st_size != size:
        raise OSError(f"The stored file {place.name} is damaged: bring it back from the backup.")


@contextmanager
def _written(file: IO[bytes], folder: Path) -> Iterator[str]:
    """A file beside its place that holds the bytes, on the disk and not only in memory."""
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in _chunks(file):
                out.write(chunk)
            out.flush()
            os.fchmod(out.fileno(), 0o440)
            os.fsync(out.fileno())
        yield beside
    finally:
        Path(beside).unlink()


def _sync(folder: Path) -> None:
    """The names too: in the folder, and the new folders in theirs."""
    for one in (folder, folder.parent, folder.parent.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
