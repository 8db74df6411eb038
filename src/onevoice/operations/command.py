"""The command line: which command, with which options. Each command's work stands in a file of its name."""

import argparse
import errno
import importlib
import sys
from collections.abc import Callable, Sequence

import psycopg

from onevoice import __version__
from onevoice.operations.environment import Stop

Run = Callable[[argparse.Namespace], int | None]
# Commands that another file reads the words of: module, function, and whether they need the database.
PASSED_ON = {
    "verify": ("onevoice.record.verify", "main", False, "check a receipt or a whole record, off line"),
    "import": ("onevoice.operations.imports", "command", True, "load a file of records, with a preview"),
    "export": ("onevoice.operations.exports", "command", True, "write a group's records to a file"),
    "group": ("onevoice.operations.groups", "command", True, "make a group: group create"),
    "procedure": (
        "onevoice.operations.procedures",
        "command",
        False,
        "clocks, rules and cases, with no database",
    ),
    "histories": (
        "onevoice.operations.histories",
        "command",
        False,
        "random histories of procedure against an independent model",
    ),
    "record": (
        "onevoice.operations.records",
        "command",
        True,
        "the keys that sign records: keys, change-key",
    ),
    "bounce": (
        "onevoice.operations.bouncing",
        "command",
        False,
        "take a message that came back, from standard input",
    ),
    "manage": ("onevoice.operations.command", "manage", True, "Django's own commands"),
}


def main(words: Sequence[str] | None = None) -> None:
    """Run the command; what goes wrong outside of us is one sentence and exit status 1."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        sys.exit(run(given) or 0)
    except Stop as reason:
        sys.exit(f"onevoice: {reason}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if not (said := outside_cause(error)):
            raise
        sys.exit(f"onevoice: {said}")


def run(given: list[str]) -> int | None:
    """Find the command among the words; a passed-on command reads the rest itself."""
    options, rest = split(given)
    if rest and rest[0] in PASSED_ON:
        asked, _ = parser().parse_known_args([*options, rest[0]])
        return pass_on(rest[0], rest[1:], asked)
    asked = parser().parse_args(given)
    work: Run = importlib.import_module(f"onevoice.operations.{asked.module}").__dict__[asked.function]
    return work(asked)


def split(given: list[str]) -> tuple[list[str], list[str]]:
    """Options before the command, and the command with what follows it."""
    at = 0
    while at < len(given) and given[at].startswith("-"):
        at += 2 if given[at] == "--data" else 1
    return given[:at], given[at:]


def parser() -> argparse.ArgumentParser:
    """Every command with its options; docs/operations.md has a heading for each."""
    top = argparse.ArgumentParser(
        prog="onevoice", description="Where an inter-agency coordination group speaks with one voice."
    )
    top.add_argument("--version", action="version", version=f"OneVoice {__version__}")
    top.add_argument("--data", metavar="DIR", help="the embedded installation's folder (.onevoice/data)")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, what: str, module: str = "", function: str = "") -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=what, description=what)
        made.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        made.set_defaults(module=module or name, function=function or name)
        return made

    demo = command("demo", "try it: everything at once, with a filled group")
    demo.add_argument("--port", type=port, default=8000, help="of the pages (8000)")
    serve = command("serve", "production: settings from the environment")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=port, default=8000, help="the port to listen on (8000)")
    serve.add_argument("--workers", type=int, default=2, help="processes (2)")
    worker = command("worker", "production: jobs, deadlines and the record's sequencer")
    worker.add_argument("--of-demonstration", action="store_true", help=argparse.SUPPRESS)
    command("migrate", "bring tables and grants up to this version", "migrating", "migrate")
    test = command("test", "run every check", "checks", "test")
    test.add_argument("paths", nargs="*", help="only these tests, and no other check")
    bench = command("bench", "measure pages, memory and imports")
    bench.add_argument("--seconds", type=int, default=5, help="for each load (5)")
    bench.add_argument("--small", action="store_true", help="without the large group")
    endings = command("endings", "measure many proposals that end in one instant")
    endings.add_argument("--count", type=int, default=10_000, help="proposals (10,000)")
    endings.add_argument("--groups", type=int, default=200, help="groups (200)")
    for name, (_, _, _, what) in PASSED_ON.items():
        command(name, what)
    return top


def port(word: str) -> int:
    """A port's number."""
    if not word.isascii() or not word.isdigit() or not 1 <= int(word) <= 65535:
        raise argparse.ArgumentTypeError(f"{word!r} is not a port: give a number from 1 to 65535")
    return int(word)


def pass_on(name: str, rest: list[str], asked: argparse.Namespace) -> int | None:
    """Hand the rest of the words to the command's own file, with the database up where it is needed."""
    module, function, needs_database, _ = PASSED_ON[name]
    room, _, file = module.removeprefix("onevoice.").partition(".")
    from onevoice.operations.rooms import has

    if not has(room, file, f"def {function}"):
        raise Stop(f"The command {name} is not in this version.")
    work: Callable[[list[str]], int | None] = importlib.import_module(module).__dict__[function]
    if not needs_database:
        return work(rest)
    from onevoice.operations.migrating import with_database

    with with_database(asked.data):
        return work(rest)


def manage(rest: list[str]) -> int | None:
    """Django's own commands, for those who look inside."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["onevoice manage", *rest])
    return None


def outside_cause(error: BaseException | None) -> str:
    """A sentence for what a machine or network did to us; empty for a fault of ours."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull):
            return "The database's disk is full: make room and start again; nothing was lost."
        if isinstance(error, psycopg.OperationalError) and not getattr(error, "sqlstate", None):
            from onevoice.operations.database import reason

            return f"The database does not answer: {reason(error)}. Nothing was lost: try again when it runs."
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"The disk that holds {error.filename or 'the data'} is full: make room and start again."
        if (
            isinstance(error, OSError)
            and error.errno in (errno.EACCES, errno.EROFS, errno.EPERM)
            and error.filename
        ):
            return f"{error.filename} cannot be written or read by this user: run this as its owner."
        error = error.__cause__ or error.__context__
    return ""
