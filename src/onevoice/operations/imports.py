"""`./onevoice import FILE`: says what a record file would change, or loads it as one act."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from onevoice.operations.environment import Stop

ACT = "operations.import_record"
STANDARD_INPUT = ("-", "/dev/stdin")


def command(words: list[str]) -> int | None:
    """Load the file whole or not at all; with --preview only say of each row what would become of it."""
    from onevoice.operations.exchange.changes import preview_of
    from onevoice.operations.exchange.reading import BadFile

    asked = parser().parse_args(words)
    try:
        data, name = given(asked.file)
        if asked.preview:
            shown, is_good = preview_of(data, name)
            print(shown)
            return None if is_good else 1
        print(import_file(data, name, origin=asked.origin))
        count_anew()
    except BadFile as error:
        print(error, file=sys.stderr)
        return 1
    return None


def given(file: Path) -> tuple[bytes, str]:
    """What the file holds, and its name; '-' is what another program writes to this one."""
    if str(file) in STANDARD_INPUT:
        return sys.stdin.buffer.read(), "standard input"
    try:
        return file.read_bytes(), file.name
    except FileNotFoundError as error:
        raise Stop(f"There is no file {file}: nothing was loaded.") from error
    except OSError as error:
        why = (error.strerror or "no reason was given").lower()
        raise Stop(f"The file {file} cannot be read ({why}): nothing was loaded.") from error


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    top = argparse.ArgumentParser(prog="onevoice import", description="Load a record file as one act.")
    top.add_argument("file", type=Path, help="the record file; - reads standard input")
    top.add_argument("--preview", action="store_true", help="only show what would change")
    top.add_argument(
        "--origin", help="for a new group: the name of its record for ever, as record.example.org/icat"
    )
    return top


def count_anew() -> None:
    """Tell the database's planner, as the owner, what the tables hold now, so that the next page is quick."""
    from django.conf import settings
    from django.db import connections

    if "owner" in settings.DATABASES:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")


def import_file(file: bytes, name: str, *, origin: str | None = None) -> str:
    """One act, one transaction: the rows, an entry for the file, one for each formal row. Returns a sentence."""
    from onevoice.enact.actor import IMPORTER
    from onevoice.enact.batch import remember
    from onevoice.enact.perform import database_clock
    from onevoice.operations.exchange.loading import load
    from onevoice.record.append import ToRecord, keys_in_transaction, open_log, why_not_origin

    with keys_in_transaction():
        now = database_clock()
        loaded = load(file, name, by=IMPORTER.key, at=now)
        if loaded.is_new_group:
            origin = f"onevoice.invalid/{loaded.group}" if origin is None else origin
            if said := why_not_origin(loaded.group, origin):
                raise Stop(said)
            open_log(loaded.group, origin)
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
