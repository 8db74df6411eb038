"""Pages on which one changes one's own address."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import addresses, wording
from .forms import NewAddress

# How often one may ask, and how often one address is written to, whoever asks.
LIMITS = {"change_address": "5/h/user", "write_to_address": "1/3m/key"}


def is_one_click(request: HttpRequest) -> bool:
    """Whether a role of the demonstration reads: nobody's account, so there is nothing of it to change or close."""
    return settings.DEMONSTRATION and request.user.person.role_only  # type: ignore[no-any-return]


def is_somebodys(request: HttpRequest) -> bool:
    return not is_one_click(request)


@never_cache
@login_required
@reauthentication_required(enabled=is_somebodys)
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address; what waits for its confirmation is shown."""
    if is_one_click(request):
        return render(request, "parties/no_account.html", status=403 if request.method == "POST" else 200)
    now = request.standing.now  # type: ignore[attr-defined]
    form = NewAddress(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if addresses.just_asked(request.user, form.cleaned_data["email"], now=now):
            return _sent()
        if _too_many(request, form.cleaned_data["email"]):
            form.add_error(None, wording.slow_down)
            return _page(request, form, 429)
        addresses.ask(request.user, form.cleaned_data["email"], now=now)
        return _sent()
    return _page(request, form, 422 if form.errors else 200)


def _sent() -> HttpResponse:
    return HttpResponseRedirect(reverse("parties:address") + "?sent=yes", status=303)


def _page(request: HttpRequest, form: NewAddress, status: int) -> HttpResponse:
    now = request.standing.now  # type: ignore[attr-defined]
    context = {"form": form, "waiting": addresses.waiting(request.user, now=now)}
    return render(request, "parties/address.html", context, status=status)


def _too_many(request: HttpRequest, email: str) -> bool:
    """Counted for the account and for the address written to, known or not."""
    counted: dict[str, Any] = {"app": "parties", "config": LIMITS}
    mine = consume(request, action="change_address", user=request.user, **counted)
    return mine is None or consume(request, action="write_to_address", key=email, **counted) is None


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address that the letter was sent to; only whoever asked for it, and signed in."""
    now = request.standing.now  # type: ignore[attr-defined]
    change = addresses.change_of(token, request.user, now=now)
    if change is None or (request.method == "POST" and not addresses.confirm(change, now=now)):
        return render(request, "parties/address_over.html", status=404)
    if request.method == "POST":
        return HttpResponseRedirect(reverse("parties:profile") + "?saved=address", status=303)
    return render(request, "parties/address_confirm.html", {"change": change})
