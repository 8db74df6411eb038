"""The clock: a thread of the worker that settles what has ended, each second; and letters on how it ended.

Machine writes that are no acts: derived columns, the queue of what is not judged yet.
"""

from __future__ import annotations

import threading

from django.db import transaction
from procrastinate.contrib.django import app

from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of

EACH = 1.0  # seconds; a page says what holds without waiting for it


def run(ending: threading.Event) -> None:
    """Until told to end: settle what has ended, and finish what was received and left."""
    from .closing import close_due, finish_received
    from .reminding import remind_due

    while not ending.is_set():
        if not close_due() and not finish_received() and not remind_due():
            ending.wait(EACH)


@app.task(name="decisions.tell_how_it_ended")
def tell_how_it_ended(procedure: int) -> None:
    """Write the letters on how a procedure ended."""
    from . import letters
    from .models import Proposal

    with transaction.atomic():
        rows = Proposal.objects.select_related(
            "procedure__rules", "procedure__calendar", "body__group", "decision"
        )
        proposal = rows.get(pk=procedure)
        subject = getattr(proposal, "decision", None) or proposal
        performed = Performed.objects.filter(subject=key_of(subject), act="decisions.close_procedure").first()
        if performed is not None:
            letters.closed(performed, proposal)
