"""Where somebody arrives after signing in: the second factor to set up, the desk, or the choice for whom to act."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from onevoice.languages.web import active_language, url_in

from .posts import posts_of
from .second_factor import given


def landing(request: HttpRequest) -> str:
    """An address in the language of the page, or of the profile when the page was in English."""
    here = active_language().code
    return url_in(_address(request), request.user.language if here == "en" else here)


def _address(request: HttpRequest) -> str:
    standing = request.standing  # type: ignore[attr-defined]
    posts = posts_of([request.user.person_id], now=standing.now)
    if any(post.offices for post in posts) and not given(request):
        return url_in(reverse("mfa_index"), "en")
    if len(posts) == 1:
        return f"/{posts[0].group_slug}/desk"
    return url_in(reverse("parties:acting" if posts else "parties:profile"), "en")
