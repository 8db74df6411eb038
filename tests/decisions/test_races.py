"""Two at the same instant, on real connections: nothing stamped in time is missed, nothing ends twice.

ONEVOICE_ROUNDS says how many rounds each race has (in the suite a few; thousands by hand).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from decisions.test_silence import Silence, again

ROUNDS = int(os.environ.get("ONEVOICE_ROUNDS", "8"))
RUNS = timedelta(milliseconds=40)
NO_MINIMUM = {"minimum = { hours = 72 }": 'minimum = "none"'}


@pytest.fixture
def silence(fresh_icat: Any) -> Silence:
    return Silence(fresh_icat, **NO_MINIMUM)


def about_to_end(silence: Silence) -> Any:
    """A proposal whose clock ends in a moment."""
    from onevoice.decisions.starting import begin
    from onevoice.enact.perform import database_clock

    proposal, now = silence.proposes(), database_clock()
    begin(
        proposal, rules=proposal.body.rules.first(), calendar=None, dates_seen=True, at=now,
        actor=silence.icat.unodc.actor,
        data={"by": "secretariat", "kind": "procedural", "languages": ["en"], "complete": True,
              "until": f"{(now + RUNS).isoformat()}[UTC]".replace("+00:00", "Z")},
    )  # fmt: skip
    return again(proposal)


def together(*works: Callable[[], Any]) -> None:
    """Each in a thread and on a connection of its own."""
    from django.db import connection

    errors: list[BaseException] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def closes_until_over(proposal: Any) -> None:
    """What the clock's thread does, without a pause."""
    from onevoice.decisions.closing import close_due

    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        close_due()
        if proposal.__class__.objects.get(pk=proposal.pk).state in ("adopted", "not_adopted", "held_up"):
            return


def receives(silence: Silence, proposal: Any, act: str, **data: Any) -> Callable[[], Any]:
    """One act, received as near to the end as a thread can."""
    from onevoice.decisions.procedures import receive
    from onevoice.enact.receiving import as_received

    actor, end = silence.icat.osce.actor, proposal.procedure.ends_at
    what = {"decisions.break_silence": "objected", "decisions.ask_for_time": "asked"}[act]
    who = as_received(actor, {"reason": "No.", "paragraphs": [], "wording": ""} if what == "objected" else {})

    def work() -> None:
        from onevoice.enact.perform import database_clock

        while (left := (end - database_clock()).total_seconds()) > 0.002:
            time.sleep(left / 2)
        receive(proposal.pk, what, {"member": "osce", **data}, once=uuid4().hex, act=act, who=who)

    return work


def test_an_objection_against_the_close_counts_if_it_was_stamped_before_and_only_then(
    silence: Silence,
) -> None:
    from onevoice.decisions.models import Decision
    from onevoice.decisions.visible import holding

    seen = set()
    for _round in range(ROUNDS):
        proposal = about_to_end(silence)
        together(
            receives(silence, proposal, "decisions.break_silence"),
            lambda one=proposal: closes_until_over(one),
        )
        proposal = again(proposal)
        objection, end = proposal.procedure.received.get(what="objected"), RUNS
        in_time = objection.at < proposal.procedure.received.get(what="started").at + end
        adopted = Decision.objects.filter(proposal=proposal).exists()
        assert adopted != in_time, (objection.at, proposal.procedure.ends_at)
        assert holding(proposal).state.value == ("adopted" if adopted else "held up")
        seen.add(in_time)
    assert seen  # both sides are seen in many rounds; a few may all fall on one


def test_more_time_asked_against_the_close_is_given_if_it_was_asked_before(silence: Silence) -> None:
    from onevoice.decisions.models import Decision

    for _round in range(ROUNDS):
        proposal = about_to_end(silence)
        end = proposal.procedure.ends_at
        together(
            receives(silence, proposal, "decisions.ask_for_time"), lambda one=proposal: closes_once_after(one)
        )
        asked = again(proposal).procedure.received.get(what="asked")
        assert Decision.objects.filter(proposal=proposal).exists() != (asked.at < end)


def closes_once_after(proposal: Any) -> None:
    """Close as soon as the end is over, and not again."""
    from onevoice.decisions.closing import close_due
    from onevoice.enact.perform import database_clock

    while database_clock() < proposal.procedure.ends_at:
        pass
    close_due()


def test_two_clocks_close_each_procedure_once(silence: Silence) -> None:
    from onevoice.decisions.models import Decision
    from onevoice.enact.models import Performed

    for _round in range(ROUNDS):
        proposal = about_to_end(silence)
        together(*(lambda one=proposal: closes_until_over(one) for _ in range(3)))
        assert Decision.objects.filter(proposal=proposal).count() == 1
    numbers = sorted(
        int(one.number.split("/")[-1]) for one in silence.icat.group.decisions.exclude(number="")
    )
    assert numbers == list(range(1, len(numbers) + 1))
    assert Performed.objects.filter(act="decisions.close_procedure").count() == ROUNDS
