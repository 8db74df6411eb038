"""The page on which one closes one's own account."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from . import leaving
from .address_pages import is_one_click, is_somebodys


@never_cache
@login_required
@reauthentication_required(enabled=is_somebodys)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What must be done first, what goes and what stays; then one button, once it was shown who asks."""
    if is_one_click(request):
        return render(request, "parties/no_account.html", status=403 if request.method == "POST" else 200)
    now, account = request.standing.now, request.user  # type: ignore[attr-defined]
    held = leaving.held_by(account.person, now=now)
    context = {
        "first": [one for one in held if one.first],
        "then": [one for one in held if not one.first],
    }
    if request.method == "GET":
        return render(request, "parties/close.html", context)
    if first := leaving.close(account, now=now):
        return render(request, "parties/close.html", context | {"first": first, "refused": True}, status=403)
    logout(request)
    return HttpResponseRedirect(reverse("parties:closed"), status=303)


@never_cache
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """What one reads last."""
    return render(request, "parties/closed.html")
