"""`./onevoice export GROUP`: gives a group's record file back, the same for the same rows."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from onevoice.operations.environment import Stop


def command(words: list[str]) -> int | None:
    """Write the file to standard output, or where asked."""
    from onevoice.operations.exchange.export import NoGroup, export

    top = argparse.ArgumentParser(prog="onevoice export", description="Write a group's record file.")
    top.add_argument("group", help="the group's name in addresses, as icat")
    top.add_argument("-o", "--output", type=Path, help="where to write it; else it is printed")
    asked = top.parse_args(words)
    try:
        text = export(asked.group)
    except NoGroup as error:
        raise Stop(f"There is no group {asked.group!r}.") from error
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return None
