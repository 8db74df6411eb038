"""A small version of `./onevoice endings`: all that end in one instant are closed, each once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any


def test_forty_that_end_together_are_closed_once_each(icat: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onevoice.decisions.closing import close_due
    from onevoice.decisions.models import Decision, Proposal
    from onevoice.enact.clock import database_clock
    from onevoice.enact.models import Performed
    from onevoice.operations import many

    now, taken = database_clock(), []
    seats = many.seats(3)
    for size in (1, 9):
        bodies = [
            many.group(f"ending-{size}-{number}", seats, at=now - timedelta(days=2)) for number in range(4)
        ]
        for body in bodies:
            many.under_silence(body, size, at=now - timedelta(days=1), until=now)
        with CaptureQueriesContext(connection) as caught:
            assert close_due() == 4 * size
        taken.append(len(caught))
    assert close_due() == 0
    ended = Proposal.objects.filter(group__slug__startswith="ending-")
    assert Counter(ended.values_list("state", flat=True)) == {"adopted": 40}
    assert Decision.objects.filter(proposal__in=ended, adopted_at=now).count() == 40
    assert Performed.objects.filter(act="decisions.close_procedure").count() == 40
    assert taken[0] == taken[1]  # statements follow the groups, not the proposals


def test_a_thousand_open_items_take_as_many_queries_as_ten(icat: Any) -> None:
    from django.test import Client

    from onevoice.enact.clock import database_clock
    from onevoice.operations import many
    from reading import queries, words

    now = database_clock()
    (seat, *_others) = many.seats(1)
    taken = []
    for slug, size in (("few", 10), ("much", 1_000)):
        body = many.group(slug, [seat], at=now)
        many.under_silence(body, size, at=now, until=now + timedelta(days=3))
        client = Client()
        client.force_login(seat[1].account)
        page = client.get(f"/{slug}/desk")  # the first visit is noted
        assert re.search(f"{size:,} things".replace(",", ".?"), words(page))
        taken.append(queries(client, f"/{slug}/desk"))
    assert taken[0] == taken[1]
