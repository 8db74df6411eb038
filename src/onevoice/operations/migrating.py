"""`./onevoice migrate`, and the database for commands that need one."""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from onevoice.operations import prepare
from onevoice.operations.database import answers, embedded
from onevoice.operations.environment import Stop
from onevoice.operations.mode import Mode


@contextmanager
def with_database(data: str | None) -> Iterator[None]:
    """Production's where DATABASE_URL is set, else the embedded one; Django is set up on it."""
    with ExitStack() as ending:
        if os.environ.get("DATABASE_URL"):
            if problems := [*answers("DATABASE_URL"), *answers("OWNER_DATABASE_URL")]:
                raise Stop(prepare.listed(problems))
            prepare.django(Mode.SERVE)
        else:
            ending.enter_context(embedded(data))
            prepare.django(Mode.DEMO)
        try:
            yield
        finally:
            from onevoice.operations.demo import forget_connections

            forget_connections()


def migrate(asked: argparse.Namespace) -> None:
    """Bring tables and grants up to this version, as the owner."""
    with with_database(asked.data):
        prepare.migrate()
