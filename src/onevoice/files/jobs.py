"""Bytes that no act kept are swept away. A machine write that is no act: files_sweep (it removes no row).

An act writes its bytes before its row, so one that fails leaves bytes that nothing names. `steps.keep` holds a
lock on the hash until its act commits; the sweep takes the same lock alone, looks for a row, then removes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from .models import StoredFile
from .steps import LOCK

log = logging.getLogger(__name__)
BATCH: Final = 1000
HALF_WRITTEN: Final = timedelta(
    days=1
)  # an upload takes minutes; what is older was left by a process that fell


@app.periodic(cron="41 2 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep_nightly(timestamp: int) -> None:
    """Every night."""
    if swept := sweep(datetime.fromtimestamp(timestamp, UTC)):
        log.info("%d uploads that no act kept were swept away", swept)


def sweep(now: datetime) -> int:
    """Remove bytes without a row, and half-written ones of more than a day; how many were removed."""
    swept = 0
    for some in batched(_uploads(), BATCH):
        named = _named(path.name for path in some)
        swept += sum(_removed(path, now) for path in some if path.name not in named)
    return swept


def _uploads() -> Iterator[Path]:
    """What lies where uploads lie: under their hash, or beside it while they are written."""
    return (path for path in Path(settings.MEDIA_ROOT).glob("??/??/*") if path.is_file())


def _named(hashes: Iterable[str]) -> set[str]:
    return set(StoredFile.objects.filter(sha256__in=list(hashes)).values_list("sha256", flat=True))


def _removed(path: Path, now: datetime) -> bool:
    if not re.fullmatch(r"[0-9a-f]{64}", path.name):
        return _half_written(path, now) and _gone(path)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, path.name])
        (alone,) = cursor.fetchone() or (False,)
        return bool(alone) and not _named([path.name]) and _gone(path)


def _half_written(path: Path, now: datetime) -> bool:
    try:
        return path.name.startswith(".") and path.stat().st_mtime < (now - HALF_WRITTEN).timestamp()
    except FileNotFoundError:
        return False  # it was finished meanwhile


def _gone(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
