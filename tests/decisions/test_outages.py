"""The service could not be reached: clocks that this touched are longer by the rule, once, and everybody is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from decisions.test_races import together
from decisions.test_silence import Silence, again, state
from onevoice.operations.demonstration import clock
from reading import words

# Rules: more than an hour in the last 24 hours adds 24 hours; the clock has 72.
HOUR = timedelta(hours=1)


@pytest.fixture
def silence(fresh_icat: Any) -> Silence:
    clock.install()
    return Silence(fresh_icat)


def is_down(*, until: timedelta, lasting: timedelta, proposal: Any) -> None:
    """No heartbeat for so long, up to an instant before the proposal's end; the service is reached there again."""
    from onevoice.decisions.outages import beat

    ends = proposal.procedure.ends_at
    clock.put_at(ends - until - lasting)
    beat()
    clock.put_at(ends - until)
    beat()


def outages(proposal: Any) -> int:
    return again(proposal).procedure.received.filter(what="outage").count()


def letters() -> list[str]:
    from onevoice.notices.models import Letter

    return [
        one.address
        for one in Letter.objects.filter(subject__startswith="The service could not be reached").order_by(
            "address"
        )
    ]


def test_heartbeats_are_one_row_for_each_unbroken_span(silence: Silence) -> None:
    from onevoice.decisions.models import Heartbeat
    from onevoice.decisions.outages import beat

    assert [beat(), beat(), beat()] == [True, False, False]
    clock.move_on(timedelta(seconds=25))
    assert (beat(), Heartbeat.objects.count()) == (False, 1)
    clock.move_on(timedelta(seconds=35))
    assert (beat(), Heartbeat.objects.count()) == (True, 2)
    first, second = Heartbeat.objects.order_by("pk")
    assert (first.unreachable_since, second.unreachable_since) == (None, first.until)
    assert timedelta(seconds=35) <= second.since - first.until < timedelta(seconds=36)


def test_the_clock_is_longer_by_the_rule_and_everybody_entitled_is_told_once(silence: Silence) -> None:
    from onevoice.decisions.outages import follow
    from onevoice.enact.models import Performed

    proposal = silence.starts()
    end = proposal.procedure.ends_at
    is_down(until=2 * HOUR, lasting=2 * HOUR, proposal=proposal)
    together(follow, follow, follow)
    assert (follow(), again(proposal).procedure.ends_at) == (0, end + 24 * HOUR)
    told = letters()
    assert outages(proposal) == 1
    assert (
        len(told) == len(set(told)) > 5,
        Performed.objects.filter(act="decisions.note_outage").count(),
    ) == (True, 1)
    page = silence.icat.ilo.signs_in(Client()).get(proposal.get_absolute_url())
    assert "Service not reachable" in words(page)


@pytest.mark.parametrize(
    ("until", "lasting"),
    [(30 * HOUR, 5 * HOUR), (2 * HOUR, timedelta(minutes=50)), (23.5 * HOUR, 3 * HOUR)],
    ids=["before the last hours", "no longer than allowed", "mostly before the last hours"],
)
def test_an_outage_that_the_rule_does_not_mind_moves_nothing_and_tells_nobody(
    silence: Silence, until: timedelta, lasting: timedelta
) -> None:
    from onevoice.decisions.outages import follow

    proposal = silence.starts()
    end = proposal.procedure.ends_at
    is_down(until=until, lasting=lasting, proposal=proposal)
    follow()
    assert (again(proposal).procedure.ends_at, outages(proposal), letters()) == (end, 1, [])


def test_what_ended_while_nobody_could_reach_the_service_is_not_adopted_by_the_first_who_looks(
    silence: Silence,
) -> None:
    """Everything was killed at once; at the next start the worker or a page comes before any heartbeat."""
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.outages import beat, follow
    from onevoice.decisions.visible import holding

    proposal = silence.starts()
    end = proposal.procedure.ends_at
    clock.put_at(end - 3 * HOUR)
    beat()
    clock.put_at(end + HOUR / 2)
    assert (holding(again(proposal)).state.value, close_due(), state(proposal)) == ("running", 1, "running")
    assert (again(proposal).procedure.ends_at, close_due()) == (end + 24 * HOUR, 0)
    beat()
    follow()
    assert (again(proposal).procedure.ends_at, len(letters()) > 5) == (end + 24 * HOUR, True)
    clock.put_at(end + 24 * HOUR)
    beat()  # which is another outage, outside the window of the first end, inside that of the second
    assert close_due() == 1
    assert (state(proposal), outages(proposal)) == ("running", 3)


def test_it_is_adopted_at_the_longer_end_when_the_service_stayed_up(silence: Silence) -> None:
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.models import Decision, Heartbeat
    from onevoice.decisions.outages import follow

    proposal = silence.starts()
    end = proposal.procedure.ends_at
    is_down(until=2 * HOUR, lasting=2 * HOUR, proposal=proposal)
    clock.put_at(end + HOUR)
    Heartbeat.objects.update(until=end + HOUR)
    assert (close_due(), state(proposal)) == (1, "running")
    follow()
    clock.put_at(end + 25 * HOUR)
    Heartbeat.objects.update(until=end + 25 * HOUR)
    assert (close_due(), Decision.objects.get(proposal=proposal).adopted_at) == (1, end + 24 * HOUR)


def test_neither_what_is_over_nor_what_begins_afterwards_is_touched(silence: Silence) -> None:
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.models import Heartbeat
    from onevoice.decisions.outages import beat, follow

    over = silence.starts()
    ends = over.procedure.ends_at
    clock.put_at(ends)
    beat()
    assert close_due() == 1
    clock.put_at(ends + 5 * HOUR)
    beat()
    after = silence.starts()
    assert (follow(), outages(over), outages(after), Heartbeat.objects.count()) == (1, 0, 0, 2)


def test_without_heartbeats_as_in_a_demonstration_there_is_no_outage(silence: Silence) -> None:
    from onevoice.decisions.closing import close_due

    proposal = silence.starts()
    clock.put_at(proposal.procedure.ends_at + 10 * HOUR)
    assert (close_due(), state(proposal), outages(proposal)) == (1, "adopted", 0)


def test_the_heart_beats_while_pages_answer_and_not_otherwise(served: str) -> None:
    import socket

    from onevoice.operations.heart import answers

    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert (answers(served), answers(f"http://127.0.0.1:{nobody.getsockname()[1]}")) == (True, False)
