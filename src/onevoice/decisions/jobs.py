"""The clock: a thread of the worker that settles what has ended, each second; and letters on how it ended.

Machine writes that are no acts: derived columns, the queue of what is not judged yet.
"""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.contrib.django import app

from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of

if TYPE_CHECKING:
    from .models import Proposal

LOOKS = 60.0  # seconds between two looks at notices that no mail server has taken
EACH = 1.0  # seconds; a page says what holds without waiting for it


def run(ending: threading.Event) -> None:
    """Until told to end: settle what has ended, and finish what was received and left; look at notices on their way."""
    from .closing import close_due, finish_received
    from .reaching import follow_late
    from .reminding import remind_due

    looked = 0.0
    while not ending.is_set():
        if monotonic() - looked >= LOOKS:
            follow_late()
            looked = monotonic()
        if not close_due() and not finish_received() and not remind_due():
            ending.wait(EACH)


@app.task(name="decisions.tell_how_it_ended")
def tell_how_it_ended(procedure: int) -> None:
    """Write the letters on how a procedure ended."""
    from . import letters

    with transaction.atomic():
        proposal = _proposal(procedure)
        subject = getattr(proposal, "decision", None) or proposal
        performed = Performed.objects.filter(subject=key_of(subject), act="decisions.close_procedure").first()
        if performed is not None:
            letters.closed(performed, proposal)


@app.task(name="decisions.tell_how_it_turned")
def tell_how_it_turned(procedure: int) -> None:
    """Write the letters on a clock that has ended without settling the matter: to those for whom it waits now."""
    from . import letters, visible

    proposal = _proposal(procedure)
    visible.holding(proposal)  # which may have to wait, and does so outside transactions
    with transaction.atomic():
        letters.turned(proposal)


def _proposal(pk: int) -> Proposal:
    from .models import Proposal

    rows = Proposal.objects.select_related(
        "procedure__rules", "procedure__calendar", "body__group", "decision"
    )
    return rows.get(pk=pk)
