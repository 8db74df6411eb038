"""`./onevoice demo`: everything at once, with ICAT's record and a demonstration group to act in."""

import argparse
import importlib
import os
import sys
from contextlib import ExitStack

from onevoice.operations import prepare, supervise
from onevoice.operations.cluster import Cluster
from onevoice.operations.database import embedded
from onevoice.operations.environment import Stop
from onevoice.operations.mode import Mode
from onevoice.operations.rooms import has
from onevoice.operations.steps import step
from onevoice.operations.supervise import Child

HOST = "127.0.0.1"


def demo(asked: argparse.Namespace) -> None:
    """Start all of it, print the address, run until told to end. Running it again changes nothing a person did."""
    supervise.end_on_signals()
    address = f"http://{HOST}:{asked.port}"
    os.environ |= {"PUBLIC_ADDRESS": address, "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]"}
    supervise.free_port(HOST, asked.port)
    with ExitStack() as ending:
        with step("database"):
            _, cluster = ending.enter_context(embedded(asked.data, alone=True))
        ending.callback(forget_connections)
        prepare.django(Mode.DEMO)
        prepare.migrate()
        prepare.translations()
        prepare.style_sheets()
        load()
        somebody = roles()
        forget_connections()
        children = [web(cluster, asked.port), worker(cluster)]
        for child in reversed(children):  # the web server ends first, then the worker, then the database
            ending.callback(child.stop)
        with step("web server and worker"):
            pages, background = children
            pages.start()  # alone: the worker, which no first page needs, would take its share of two cores
            supervise.await_health(pages, address)
            background.start()
        greet(address, somebody)
        try:
            supervise.keep(children, others=lambda: revive(cluster))
        except KeyboardInterrupt:
            print("\n  ending: web server, worker, database", file=sys.stderr, flush=True)


def load() -> None:
    """The record of ICAT and the demonstration's group, by the product's own import; nothing when it is there."""
    if not has("operations", "demonstration", "def load"):
        return
    with step("record and demonstration") as telling:
        importlib.import_module("onevoice.operations.demonstration").load(telling.note)


def forget_connections() -> None:
    """This process only watches from here on."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()  # type: ignore[attr-defined]


def web(cluster: Cluster, port: int) -> Child:
    """The pages; it holds the application's login and no other."""
    command = supervise.web_command("onevoice.operations.demonstration_wsgi:application", HOST, port, 2)
    log = cluster.data / "web.log"
    log.write_bytes(b"")
    return Child(
        "web server", command, supervise.without("OWNER_DATABASE_URL", "SEQUENCER_DATABASE_URL"), log
    )


def worker(cluster: Cluster) -> Child:
    """Jobs, deadlines and the sequencer."""
    command = [sys.executable, "-m", "onevoice.operations", "worker", "--of-demonstration"]
    log = cluster.data / "worker.log"
    log.write_bytes(b"")
    return Child("worker", command, supervise.without("OWNER_DATABASE_URL"), log)


def revive(cluster: Cluster) -> None:
    """A database that was killed comes back; pages say meanwhile that it is away."""
    if cluster.ended():
        print("  database ended unexpectedly and is started again", file=sys.stderr, flush=True)
        try:
            cluster.start()
        except Stop as reason:
            raise Stop(f"{reason} The demonstration ends.") from reason


def roles() -> list[str]:
    """Whom one can sign in as: those with an office first, a few by name, the others counted."""
    from onevoice.enact.perform import database_clock
    from onevoice.parties.accounts import demonstration, posts

    names = {
        account.person_id: account.person.name for account in demonstration.roles().select_related("person")
    }
    offices: dict[int, dict[str, None]] = {}
    for post in posts.posts_of(names, now=database_clock()):
        offices.setdefault(post.person, {}).update({str(office): None for office in post.offices})
    first = sorted((person for person in names if offices.get(person)), key=lambda person: names[person])
    others = len(names) - len(first)
    lines = [f"{names[person]} ({', '.join(offices[person])})" for person in first]
    return [*lines, f"and {others} other roles"] if others else lines


def greet(address: str, somebody: list[str]) -> None:
    """Where to go, and who one can be."""
    print(f"\nOneVoice is ready: {address}/\n")
    if somebody:
        print(f"Sign in by one click at {address}/demonstration as")
        print("\n".join(f"  {line}" for line in somebody), end="\n\n")
    print("Ctrl-C ends it; nothing is lost.", flush=True)
