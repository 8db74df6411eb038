"""The button 'Move on to the deadline': the demonstration's clock is moved on, so that nobody waits for days.

It is no act of the group and stands on no record; like the one-click identities it is declared only where the entry
of the process said `demo`, and asks again.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from onevoice.decisions import visible
from onevoice.decisions.closing import close_due
from onevoice.enact.clock import database_clock

from . import clock

BEYOND = timedelta(seconds=1)


@never_cache
@require_POST
@login_required
def move_to_the_deadline(request: HttpRequest, proposal: int) -> HttpResponse:
    """Move on by what is missing until the next end of this proposal, and a second; then settle what has ended."""
    if not settings.DEMONSTRATION:
        raise Http404
    rows = visible.under_procedure(request.viewer).filter(group__demonstration=True)  # type: ignore[attr-defined]
    found = get_object_or_404(rows, pk=proposal)
    if (end := visible.holding(found).next_end) is not None:
        clock.move_on(end.at - database_clock() + BEYOND)
        close_due()
    return HttpResponseRedirect(found.get_absolute_url(), status=303)
