"""The mail server is down for a day: everything arrives once when it returns, and the chair was told meanwhile."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import connection, connections

from onevoice.notices.models import Delivery, Letter


def works_off_the_queue() -> None:
    """Everything that is due, as the worker does it, until nothing is."""
    from procrastinate.contrib.django import app

    async def work() -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as running:
            async with running.open_async():
                await running.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with ThreadPoolExecutor(1) as beside:  # a browser of other tests may keep a loop in this thread
        beside.submit(asyncio.run, work()).result()
    connections["default"].close()


def time_goes_on(passed: timedelta) -> None:
    """The clock of the queue, and of what waits in it: all that was is so much longer ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set scheduled_at = scheduled_at - %s where status = 'todo'", [passed]
        )
        cursor.execute("update notices_letter set queued_at = queued_at - %s", [passed])


def jobs(status: str, task: str = "notices.send_letter") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where status = %s and task_name = %s", [status, task]
        )
        return cursor.fetchone()[0]


def test_everything_arrives_once_when_it_returns_and_the_chair_was_told(fresh_icat: Any, smtp: Any) -> None:
    from decisions.test_silence import Silence, again
    from onevoice.decisions.reaching import WARNING, follow_late, not_reached
    from onevoice.decisions.visible import holding
    from onevoice.enact.perform import database_clock
    from onevoice.parties.models import Account

    icat = fresh_icat
    for account in Account.objects.all():
        Account.objects.filter(pk=account.pk).update(
            email=account.email.replace("example.org", "arrives.example")
        )
    smtp.away()
    try:
        proposal = Silence(icat).starts(told=False)
        queued = Letter.objects.count()
        assert queued >= 12
        for hour in range(0, 26, 2):
            works_off_the_queue()
            follow_late()
            time_goes_on(timedelta(hours=2))
            assert Delivery.objects.filter(step="accepted").count() == 0, hour
        warned = Letter.objects.filter(kind=WARNING)
        assert warned.count() == 3  # each of those who lead, once
        assert jobs("failed") == 0
        assert len(not_reached(icat.osce.viewer, icat.osce.actor, now=database_clock())) == 1
        assert len(holding(again(proposal)).unreached) == 6
    finally:
        smtp.start()
    waiting = Letter.objects.filter(sent_at=None).count()
    assert waiting == Letter.objects.count()
    time_goes_on(timedelta(minutes=16))  # the longest that one letter waits for its next try
    works_off_the_queue()
    smtp.settled()
    assert Letter.objects.filter(sent_at=None).count() == 0
    assert arrivals(smtp) == {letter.pk: 1 for letter in Letter.objects.all()}
    works_off_the_queue()
    assert holding(again(proposal)).unreached == frozenset()


def arrivals(smtp: Any) -> dict[int, int]:
    """How often each letter lies in a mailbox."""
    found: dict[int, int] = {}
    for file in (smtp.folder / "mail").glob("*/*/*"):
        if file.is_file() and (name := re.search(rb"Message-ID: <letter-(\d+)-", file.read_bytes())):
            found[int(name[1])] = found.get(int(name[1]), 0) + 1
    return found
