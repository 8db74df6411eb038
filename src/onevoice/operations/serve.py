"""`./onevoice serve`: production. It starts only when every setting is safe, and says which are not."""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from onevoice.operations import heart, prepare, supervise
from onevoice.operations.database import answers, login_faults
from onevoice.operations.environment import Stop
from onevoice.operations.mode import Mode
from onevoice.operations.steps import step
from onevoice.operations.supervise import Child


def serve(asked: argparse.Namespace) -> None:
    """The web server, and the worker where the sequencer's login is given."""
    supervise.end_on_signals()
    check()
    supervise.free_port(asked.host, asked.port)
    prepare.translations()
    prepare.style_sheets()
    children = [web(asked)]
    if os.environ.get("SEQUENCER_DATABASE_URL"):
        command = [sys.executable, "-m", "onevoice.operations", "worker"]
        children.append(Child("worker", command, supervise.without("OWNER_DATABASE_URL")))
    with ExitStack() as ending:
        for child in reversed(children):
            ending.callback(child.stop)
        with step("web server"):
            for child in children:
                child.start()
            if not asked.tls:
                supervise.await_health(children[0], f"http://{reached(asked.host)}:{asked.port}")
        scheme = "https" if asked.tls else "http"
        ending.callback(heart.beating(f"{scheme}://{reached(asked.host)}:{asked.port}").set)
        if len(children) == 1:
            print("  SEQUENCER_DATABASE_URL is not set: run ./onevoice worker elsewhere", file=sys.stderr)
        if not os.environ.get("DKIM_KEY_FILE"):
            print(
                "  DKIM_KEY_FILE is not set: mail leaves unsigned, and some servers will not take it",
                file=sys.stderr,
            )
        print(f"OneVoice serves on {asked.host}:{asked.port}", file=sys.stderr, flush=True)
        try:
            supervise.keep(children)
        except KeyboardInterrupt:
            print("  ending: web server, worker", file=sys.stderr, flush=True)


def check() -> None:
    """Everything that keeps production from being safe, told at once."""
    problems = answers("DATABASE_URL") or login_faults(os.environ.get("DATABASE_URL", ""))
    problems += answers("SEQUENCER_DATABASE_URL")
    try:
        prepare.django(Mode.SERVE)
    except Stop as reason:
        settings = getattr(reason.__cause__, "args", [str(reason)])[0]
        raise Stop(prepare.listed([*str(settings).splitlines(), *problems])) from reason
    if problems:
        raise Stop(prepare.listed(problems))
    from django.db import connection

    from onevoice.enact.clock import is_plain
    from onevoice.operations.grants import application_login_is_safe
    from onevoice.operations.health import missing_migrations

    if missing := missing_migrations("default"):
        raise Stop(f"The database lacks {missing} migrations of this version: run ./onevoice migrate.")
    if not is_plain():
        raise Stop(
            "DATABASE_URL: the clock of this database can be moved on, as a demonstration's: give one of its own."
        )
    if unsafe := application_login_is_safe(connection):
        raise Stop(prepare.listed([f"DATABASE_URL: {one}." for one in unsafe]))


def web(asked: argparse.Namespace) -> Child:
    """The pages; it holds the application's login and no other."""
    certificate, key = os.environ.get("TLS_CERTIFICATE", ""), os.environ.get("TLS_KEY", "")
    asked.tls = bool(certificate)
    more = ["--ssl-certificate", str(Path(certificate)), "--ssl-keyfile", str(Path(key))] if asked.tls else []
    command = supervise.web_command(
        "onevoice.operations.wsgi:application", asked.host, asked.port, asked.workers, *more
    )
    return Child("web server", command, supervise.without("OWNER_DATABASE_URL", "SEQUENCER_DATABASE_URL"))


def reached(host: str) -> str:
    """An address of this machine at which the server can be asked."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
