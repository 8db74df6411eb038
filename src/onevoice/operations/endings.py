"""`./onevoice endings`: many proposals that end in one instant, while pages are asked for and acts are sent.

It measures a demonstration of its own, in a folder that is removed afterwards: two web processes and the worker as
everybody starts them. Beside each figure stands what else the machine did.
"""

from __future__ import annotations

import argparse
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from onevoice.operations import bench, database, load, prepare
from onevoice.operations.cluster import Cluster
from onevoice.operations.demo import forget_connections
from onevoice.operations.environment import Stop
from onevoice.operations.mode import Mode
from onevoice.operations.steps import step

SEATS: Final = 8  # members of each group
PAGES_A_SECOND, READERS, POSTS_A_SECOND, POSTS = 20, 8, 10, 200
FEW, MANY = 10, 1_000  # open items of the two desks
PATIENCE: Final = 600  # seconds
UNICEF: Final = "unicef"
AIMS: Final = {
    "all closed and recorded": "10 s",
    "pages meanwhile, 95 of 100": "100 ms",
    "arrival to stamp meanwhile, 99 of 100": "100 ms",
    "desk, 1,000 open against 10": "1.3",
}


def endings(asked: argparse.Namespace) -> None:
    """Measure and print the table."""
    with ExitStack() as ending:
        folder = ending.enter_context(bench.temporary_folder())
        with step("a demonstration of its own"):
            site = ending.enter_context(bench.demonstration(folder / "data"))
        database.point_at(Cluster(site.data))
        prepare.django(Mode.DEMO)
        ending.callback(forget_connections)
        with step(f"{asked.count:,} proposals in {asked.groups} groups, and two desks") as telling:
            until = fill(asked)
            telling.note(f"ending at {until:%H:%M:%S} (UTC)")
        print(
            f"\nOn {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}, 2 web processes, 1 worker\n"
        )
        desks(site)
        together(site, asked, until)


def fill(asked: argparse.Namespace) -> datetime:
    """Groups whose proposals end together, as soon as they are all there; and the desks' two groups, which run on."""
    from onevoice.enact.clock import database_clock
    from onevoice.operations import many

    now = database_clock()
    seats = sorted(many.seats(1_000), key=lambda one: one[0].slug != UNICEF)[:SEATS]
    for slug, count in (("desk-few", FEW), ("desk-many", MANY), ("posts", POSTS)):
        body = many.group(slug, seats, at=now)
        many.under_silence(body, count, at=now, until=now + timedelta(days=5))
    bodies = [many.group(f"ending-{number}", seats, at=now) for number in range(asked.groups)]
    each, more = divmod(asked.count, asked.groups)
    # Proposals begin with their end: far enough for all of them, the desks and the forms.
    until = database_clock().replace(microsecond=0) + timedelta(seconds=50 + asked.count // 100)
    for number, body in enumerate(bodies):
        many.under_silence(body, each + (number < more), at=database_clock(), until=until)
    if database_clock() > until:
        raise Stop("This machine is too busy: the proposals ended before all of them were made.")
    return until


def desks(site: bench.Site) -> None:
    """The desk of somebody for whom many things wait, against that of few."""
    medians = {}
    for slug, count in (("desk-few", FEW), ("desk-many", MANY)):
        client = load.Client(site.address, site.cookies)
        path = bench.DESK.format(slug)
        load.latencies(client, path, 10)
        medians[slug], p99 = load.median_and_p99(load.latencies(client, path, 50))
        client.close()
        say(f"desk, {count:,} open, median", f"{medians[slug]:.1f} ms", f"99 of 100: {p99:.1f} ms")
    say("desk, 1,000 open against 10", f"{medians['desk-many'] / medians['desk-few']:.2f}")


def together(site: bench.Site, asked: argparse.Namespace, until: datetime) -> None:
    """Wait for the instant, with pages asked for and acts sent at a steady rate until all is closed."""
    pages = [
        bench.EVENT.format("icat"), "/icat-demonstration/desk", "/desk-few/proposals/p-1", "/ending-0/proposals/p-1",
    ]  # fmt: skip
    forms = prepared(site)
    over = threading.Event()
    took: list[float] = []
    stamps: list[tuple[str, float]] = []
    site.owner.execute("analyze")
    if datetime.now(UTC) > until:
        raise Stop("This machine is too busy: the proposals ended before the pages could be asked for.")
    while datetime.now(UTC) < until - timedelta(seconds=2):
        time.sleep(0.1)
    work: list[Callable[[], None]] = [
        # Several readers: one who waits for a page keeps no other waiting.
        *(
            lambda first=first: ask(site, pages, first, PAGES_A_SECOND / READERS, over, took)
            for first in range(READERS)
        ),
        lambda: post(site, forms, POSTS_A_SECOND, over, stamps),
    ]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    try:
        closed, recorded, at = watch(site, asked.count, until)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    beside = f"load {at:.1f}"
    say("all closed and recorded", f"{closed:.1f} s", f"{asked.count:,} in {asked.groups} groups, {beside}")
    say("all placed in their records", f"{recorded:.1f} s")
    say("closed once each", once(site, asked.count))
    shown("pages meanwhile", took, 95, beside)
    shown("arrival to stamp meanwhile", arrivals(site, stamps), 99, beside)


def watch(site: bench.Site, count: int, until: datetime) -> tuple[float, float, float]:
    """Seconds until all are closed and recorded, until all are placed; the load at the end."""
    closed = 0.0
    while True:
        found = site.owner.execute(
            """select count(*), count(p.entry_id) from enact_performed f
               join record_entry e on e.id = f.entry_id left join record_placement p on p.entry_id = e.id
               where f.act = 'decisions.close_procedure' and f."group" like 'ending-%'"""
        ).fetchone()
        assert found is not None
        passed = (datetime.now(UTC) - until).total_seconds()
        if found[0] >= count and not closed:
            closed = passed
        if found[1] >= count:
            return closed, passed, os.getloadavg()[0]
        if passed > PATIENCE:
            raise Stop(
                f"After {PATIENCE} seconds {found[0]:,} of {count:,} were closed, {found[1]:,} placed."
            )
        time.sleep(0.25)


def once(site: bench.Site, count: int) -> str:
    """Whether each was closed once: one decision, one entry, one number."""
    found = site.owner.execute(
        """select count(*), count(distinct d.proposal_id), count(distinct (d.group_id, d.number)),
                  (select count(*) from enact_performed
                   where act = 'decisions.close_procedure' and "group" like 'ending-%')
           from decisions_decision d join groups_group g on g.id = d.group_id where g.slug like 'ending-%'"""
    ).fetchone()
    return "yes" if found == (count,) * 4 else f"no: decisions, proposals, numbers, entries {found}"


def ask(
    site: bench.Site, pages: list[str], first: int, rate: float, over: threading.Event, took: list[float]
) -> None:
    """Pages in turn at a steady rate, each counted from when it was to be asked for."""
    client, number, begun = load.Client(site.address, site.cookies), first, time.perf_counter()
    while not over.is_set():
        due = begun + (number - first) / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        client.get(pages[number % len(pages)])
        took.append((time.perf_counter() - due) * 1000)
        number += 1
    client.close()


def prepared(site: bench.Site) -> list[tuple[str, bytes, str]]:
    """Forms of acts that count to the second, opened beforehand: address, what is sent, the one-time number."""
    client, found = load.Client(site.address, site.cookies), []
    rows = site.owner.execute(
        """select p.id from decisions_proposal p join groups_group g on g.id = p.group_id
           where g.slug = 'posts' order by p.id"""
    ).fetchall()
    for (pk,) in rows:
        path = f"/posts/do/agree-now/{pk}"
        main = bench.body(client.get(path)).partition("<main")[2]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main))
        if "once" not in hidden:
            raise Stop(f"The form at {path} could not be opened.")
        found.append((path, urlencode(hidden, quote_via=quote).encode(), hidden["once"]))
    client.close()
    return found


def post(
    site: bench.Site, forms: list[Any], rate: int, over: threading.Event, stamps: list[tuple[str, float]]
) -> None:
    """Send them at a steady rate; when each arrived, by this machine's clock, which is the database's too."""
    client, begun = load.Client(site.address, site.cookies), time.perf_counter()
    headers = [
        "Content-Type: application/x-www-form-urlencoded", f"Origin: {site.address}", f"Referer: {site.address}/",
    ]  # fmt: skip
    for number, (path, sent, key) in enumerate(forms):
        if over.is_set():
            break
        time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        stamps.append((key, time.time()))
        client.ask("POST", path, sent, *headers)
    client.close()


def arrivals(site: bench.Site, stamps: list[tuple[str, float]]) -> list[float]:
    """Milliseconds from sending to the stamp of the row that received it."""
    rows = site.owner.execute(
        "select once, extract(epoch from at)::float8 from decisions_received where once = any(%s)",
        [[key for key, _ in stamps]],
    ).fetchall()
    at: dict[str, float] = dict(rows)
    if missing := sum(key not in at for key, _ in stamps):
        say("acts that were not received", str(missing))
    return [(at[key] - sent) * 1000 for key, sent in stamps if key in at]


def shown(what: str, took: list[float], high: int, beside: str) -> None:
    """Median and the high one of what was measured."""
    if not took:
        say(what, "nothing was measured")
        return
    ordered = sorted(took)
    say(f"{what}, median", f"{ordered[len(ordered) // 2]:.1f} ms", f"of {len(took)}, {beside}")
    say(f"{what}, {high} of 100", f"{ordered[max(0, round(len(took) * high / 100) - 1)]:.1f} ms")


def say(what: str, measured: str, of: str = "") -> None:
    """One row of the table."""
    print(f"  {what:<46} {measured:<22} {AIMS.get(what, ''):<10} {of}".rstrip(), flush=True)
