"""Pages of accounts that are ours: invitation, profile, for whom one acts, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onevoice.languages.web import active_language, url_in
from onevoice.parties.models import Account

from . import calendar, invitations, zones
from .forms import Accept, Profile
from .landing import landing
from .posts import Post, posts_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: name and password make the account, and sign in."""
    now = request.standing.now  # type: ignore[attr-defined]
    found = invitations.invitation_of(token, now=now)
    if found is None:
        return render(request, "parties/invitation_over.html", status=404)
    form = Accept(found, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return render(
            request,
            "parties/invitation.html",
            {"form": form, "invitation": found},
            status=422 if form.errors else 200,
        )
    given = form.cleaned_data
    account = invitations.accept(found, name=given["name"], password=given["password1"], now=now)
    if account is None:
        return render(request, "parties/invitation_over.html", status=404)
    return _signed_in(request, account)


def _signed_in(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method="password", email=account.email)
    request.standing = type(request.standing)(request)  # type: ignore[attr-defined] # who reads has changed
    return HttpResponseRedirect(landing(request), status=303)


@never_cache
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: accounts come by invitation."""
    return render(request, "account/signup_closed.html", status=404)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Language, zone, letters; and the ways to password, second factor and sessions."""
    now = request.standing.now  # type: ignore[attr-defined]
    posts = posts_of([request.user.person_id], now=now)
    likely = [*(post.zone for post in posts), *zones.of_browser(request)]
    form = Profile(request.user, request.POST if request.method == "POST" else None, at=now, likely=likely)
    if request.method == "POST" and form.is_valid():
        Account.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
        address = url_in(reverse("parties:profile"), form.cleaned_data["language"])
        return HttpResponseRedirect(address + "?saved=profile", status=303)
    context = {
        "form": form,
        "saved": request.GET.get("saved", ""),
        "account": request.user,
        "calendar": calendar.address_of(request.user),
        "posts": posts,
        "factors": _factors(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "parties/profile.html", context, status=422 if form.errors else 200)


def _factors(account: Any) -> set[str]:
    return set(Authenticator.objects.filter(user=account).values_list("type", flat=True))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """For whom one may act; choosing holds in this group until one chooses otherwise or signs out."""
    posts = posts_of([request.user.person_id], now=request.standing.now)  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = next((p for p in posts if str(p.appointment) == request.POST.get("appointment")), None)
        if chosen is not None:
            return _chosen(request, chosen)
    standing = request.standing  # type: ignore[attr-defined]
    now_acting = {actor.appointment for group in {p.group for p in posts} if (actor := standing.actor(group))}
    refused = request.method == "POST"
    context = {"posts": posts, "acting": now_acting, "refused": refused}
    return render(request, "parties/acting.html", context, status=403 if refused else 200)


def _chosen(request: HttpRequest, post: Post) -> HttpResponse:
    request.session[f"acting:{post.group}"] = post.appointment
    return HttpResponseRedirect(url_in(f"/{post.group_slug}/desk", active_language().code), status=303)
