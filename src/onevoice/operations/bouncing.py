"""`./onevoice bounce < message`: what a mail server sends back, piped to us as it delivers to a program."""

from __future__ import annotations

import argparse
import sys

from onevoice.operations.environment import Stop

LATER = 75  # EX_TEMPFAIL: the mail server keeps the message and tries again


def command(words: list[str]) -> int:
    """Note that a letter of ours came back. Any other message is passed over: the mail server is not at fault."""
    argparse.ArgumentParser(prog="onevoice bounce", description="Take a message that came back.").parse_args(
        words
    )
    from django.db import Error

    from onevoice.operations.migrating import with_database

    content = sys.stdin.buffer.read(1_000_000)
    try:
        with with_database(None):
            from onevoice.notices import bounces

            letter = bounces.take(content)
    except (Stop, Error) as error:
        print(f"onevoice: not taken now, try again: {error}", file=sys.stderr)
        return LATER
    print(f"letter {letter.pk}: not delivered" if letter else "no failure of a letter of ours: passed over")
    return 0
