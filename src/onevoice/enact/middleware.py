"""Gives each request the database's clock, its viewer and its actor; each is asked once, when first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .actor import Actor, Identity, Viewer, actors_told, identity_of
from .clock import database_clock, moved_on


class Standing:
    """What a request knows of its reader, lazily."""

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._now, self._identity = request, None, None
        self._to_show: tuple[Actor, ...] | None = None
        self._moved_on: timedelta | None = None

    @property
    def now(self) -> datetime:
        self._now = self._now or database_clock()
        return self._now

    @property
    def moved_on(self) -> timedelta:
        """By how much the demonstration's clock was moved on; nothing anywhere else, and no query."""
        if self._moved_on is None:
            self._moved_on = moved_on() if settings.DEMONSTRATION else timedelta(0)
        return self._moved_on

    @property
    def identity(self) -> Identity:
        self._identity = self._identity or identity_of(self._request, now=self.now)
        return self._identity

    @property
    def viewer(self) -> Viewer:
        return self.identity.viewer

    def actors_to_show(self) -> tuple[Actor, ...]:
        """For whom the reader acts in any group, only to be named: where identity was not asked, one query."""
        if self._identity is not None:
            return self._identity.actors
        if self._to_show is None:
            self._to_show = actors_told(self._request, now=self.now)
        return self._to_show

    def actor(self, group: int | None) -> Actor | None:
        chosen = self._request.session.get(f"acting:{group}") if self.identity.actors else None
        return self.identity.actor_in(group, chosen)


def standing_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`request.standing` for pages; `request.viewer` and `request.now` for short."""

    def middleware(request: HttpRequest) -> HttpResponse:
        standing = request.standing = Standing(request)  # type: ignore[attr-defined]
        request.viewer = SimpleLazyObject(lambda: standing.viewer)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
