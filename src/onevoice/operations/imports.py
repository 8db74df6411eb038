"""`./onevoice import FILE`: shows what a record file would change, then loads it as one act."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from onevoice.operations.environment import Stop

ACT = "operations.import_record"


def command(words: list[str]) -> int | None:
    """Preview the file; load it when there is nothing wrong with it, unless only the preview is asked for."""
    from onevoice.operations.exchange.changes import preview
    from onevoice.operations.exchange.reading import BadFile

    asked = parser().parse_args(words)
    try:
        print(preview(asked.file))
        if not asked.preview:
            print(import_file(asked.file.read_bytes(), asked.file.name, origin=asked.origin))
    except BadFile as error:
        print(error, file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        raise Stop(f"There is no file {asked.file}: nothing was loaded.") from error
    return None


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    top = argparse.ArgumentParser(prog="onevoice import", description="Load a record file as one act.")
    top.add_argument("file", type=Path)
    top.add_argument("--preview", action="store_true", help="only show what would change")
    top.add_argument(
        "--origin", help="for a new group: the name of its record for ever, as record.example.org/icat"
    )
    return top


def import_file(file: bytes, name: str, *, origin: str | None = None) -> str:
    """One act, one transaction: the rows, an entry for the file, one for each formal row. Returns a sentence."""
    from django.db import transaction

    from onevoice.enact.actor import IMPORTER
    from onevoice.enact.batch import remember
    from onevoice.enact.perform import database_clock
    from onevoice.operations.exchange.loading import load
    from onevoice.record.append import ToRecord, open_log

    with transaction.atomic():
        now = database_clock()
        loaded = load(file, name, by=IMPORTER.key, at=now)
        if loaded.is_new_group:
            open_log(loaded.group, origin or f"onevoice.invalid/{loaded.group}")
        entries = [
            ToRecord(
                group=loaded.group, act=ACT, subject=e.subject, by=IMPORTER.key, for_=e.for_, received_at=now,
                effective_at=now, facts=e.facts, personal=e.personal, public=e.public,
            )
            for e in loaded.entries
        ]  # fmt: skip
        if entries:
            remember(ACT, entries, actor=IMPORTER)
    counts = ", ".join(f"{count:,} {what}" for what, count in loaded.rows.items() if count)
    return f"{name}: {counts or 'nothing'}; {len(entries):,} entries for the record of {loaded.group}."
