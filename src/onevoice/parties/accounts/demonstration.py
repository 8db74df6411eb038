"""The demonstration's one-click identities: roles, not people, and only under `demo`.

Three things keep them out of `serve`, none of them a setting: the addresses are declared only when the entry of
the process said `demo`; the pages ask again; and a session opened here names a way of signing in (`OneClick`) that
only `demo` lists, so that `serve` does not know it even over the same database.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onevoice.languages.collation import in_order
from onevoice.languages.web import active_language, url_in
from onevoice.languages.words import plain
from onevoice.parties.models import Account, Person

from . import second_factor
from .posts import Post, posts_of

BACKEND = "onevoice.parties.accounts.demonstration.OneClick"


class OneClick(BaseBackend):
    """Signs in roles of the demonstration, never a human being."""

    def get_user(self, user_id: int) -> Account | None:
        return roles().filter(pk=user_id).first() if settings.DEMONSTRATION else None


def roles() -> Any:
    return Account.objects.filter(person__role_only=True, is_active=True)


def role(name: str, slug: str, *, language: str = "en", zone: str = "") -> Person:
    """A role that one can sign in as by one click; the same again when it is there already."""
    person, _made = Person.objects.get_or_create(slug=slug, defaults={"name": name, "role_only": True})
    if not Account.objects.filter(person=person).exists():
        Account.objects.create_user(
            f"{slug}@demonstration.invalid", None, person=person, language=language, zone=zone
        )
    return person


@dataclass(frozen=True, slots=True)
class Role:
    """One whom one can be, with what it acts as."""

    account: Account
    posts: list[Post]

    @property
    def organisation(self) -> str:
        return plain(self.posts[0].organisation, active_language().code) if self.posts else ""

    @property
    def leads(self) -> bool:
        return any(post.offices for post in self.posts)


@never_cache
@require_GET
def identities(request: HttpRequest) -> HttpResponse:
    """Everybody whom one can be: those who lead first, then by organisation."""
    _only_in_the_demonstration()
    accounts = list(roles().select_related("person").order_by("person__name"))
    found: dict[int, list[Post]] = defaultdict(list)
    for post in posts_of([each.person_id for each in accounts], now=request.standing.now):  # type: ignore[attr-defined]
        found[post.person].append(post)
    everybody = [Role(account, found[account.person_id]) for account in accounts]
    everybody = in_order(everybody, lambda role: role.organisation, active_language().code)
    context = {
        "leading": [role for role in everybody if role.leads],
        "others": [role for role in everybody if not role.leads],
    }
    return render(request, "parties/identities.html", context)


@never_cache
@require_POST
def sign_in(request: HttpRequest, account: int) -> HttpResponse:
    """Be this role; it counts as signed in with a second factor."""
    _only_in_the_demonstration()
    chosen = get_object_or_404(roles(), pk=account)
    login(request, chosen, backend=BACKEND)
    second_factor.give(request)
    mine = posts_of([chosen.person_id], now=request.standing.now)  # type: ignore[attr-defined]
    address = f"/{mine[0].group_slug}/desk" if mine else "/"
    return HttpResponseRedirect(url_in(address, active_language().code), status=303)


def _only_in_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404
