"""`./onevoice worker`: runs queued jobs, and the sequencer that places entries of the record, and the clock."""

import argparse
import asyncio
import importlib
import inspect
import logging
import signal
import threading
from collections.abc import Callable

from onevoice.operations import prepare
from onevoice.operations.mode import Mode
from onevoice.operations.rooms import has

log = logging.getLogger(__name__)
SECONDS_BEFORE_TRYING_AGAIN = 1.0
SECONDS_BETWEEN_LOOKS = 5.0


def worker(asked: argparse.Namespace) -> None:
    """Until told to end; while the database is away, all try again every second."""
    ending = threading.Event()
    for sent in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sent, lambda *_: ending.set())
    prepare.django(Mode.DEMO if asked.of_demonstration else Mode.SERVE)
    threads = [threading.Thread(target=again_until, args=(ending, jobs), name="jobs")]
    if has("record", "sequencer", "def run"):
        threads.append(threading.Thread(target=again_until, args=(ending, sequence), name="sequencer"))
    threads.append(threading.Thread(target=again_until, args=(ending, clock), name="clock"))
    threads.append(threading.Thread(target=again_until, args=(ending, outages), name="outages"))
    for thread in threads:
        thread.start()
    ending.wait()
    for thread in threads:
        thread.join()


def again_until(ending: threading.Event, work: Callable[[threading.Event], None]) -> None:
    """Run the work; when it falls, say why and run it again."""
    from django.db import connections

    while not ending.is_set():
        try:
            work(ending)
        except Exception:  # a worker that stays down loses deadlines; what fell is in the log
            log.exception("%s fell and is started again", threading.current_thread().name)
            ending.wait(SECONDS_BEFORE_TRYING_AGAIN)
        finally:
            connections.close_all()


def sequence(ending: threading.Event) -> None:
    """Place entries in the record's order, within a second."""
    run = importlib.import_module("onevoice.record.sequencer").run
    run(ending) if inspect.signature(run).parameters else run()


def clock(ending: threading.Event) -> None:
    """Settle procedures that have ended."""
    importlib.import_module("onevoice.decisions.jobs").run(ending)


def outages(ending: threading.Event) -> None:
    """Enter when the service could not be reached where it touched a clock."""
    follow = importlib.import_module("onevoice.decisions.outages").follow
    while not ending.is_set():
        follow()
        ending.wait(SECONDS_BETWEEN_LOOKS)


def jobs(ending: threading.Event) -> None:
    """The queue's worker, ended within a few seconds of being told."""
    asyncio.run(_jobs(ending))


async def _jobs(ending: threading.Event) -> None:
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as running:
        async with running.open_async():
            working = asyncio.create_task(
                running.run_worker_async(install_signal_handlers=False, shutdown_graceful_timeout=4)
            )
            while not ending.is_set() and not working.done():
                await asyncio.sleep(0.2)
            if not working.done():
                working.cancel()
            try:
                await working
            except asyncio.CancelledError:
                if not ending.is_set():
                    raise
