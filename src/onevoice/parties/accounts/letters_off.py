"""Letters about work are switched off from the letter itself, without signing in: by one click (RFC 8058) or a button.

Opening the address changes nothing: programs that look into mail follow it. Notices of a procedure come all the same.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onevoice.parties.models import Account

from .invitations import whose_letters


# The address is the right: what another site sends it without knowing the address does nothing.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and says that it is done."""
    account = whose_letters(token)
    if account is None:
        raise Http404
    if request.method == "POST":
        Account.objects.filter(pk=account.pk).update(notices=False)
    return render(request, "parties/letters_off.html", {"done": request.method == "POST"})
