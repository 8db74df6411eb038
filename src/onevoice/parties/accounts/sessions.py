"""Where one is signed in: the sessions of one's own account, as a list, and the way out of all others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched
from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from onevoice.languages.normal import finder
from onevoice.look.lists import Column, Listing, Words
from onevoice.look.templatetags.look import when_html
from onevoice.parties.models import Account

AT_ONCE = 1000  # notes of sessions that are looked at together
SHOWN = 120  # characters of what a browser says of itself


def open_sessions(account: Account, *, now: Any) -> list[UserSession]:
    """Those that would still open a page; of the others nothing is kept. Two queries, one more where there are any."""
    noted = list(UserSession.objects.filter(user=account).order_by("-created_at", "-pk"))
    keys = [each.session_key for each in noted]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=now) if keys else ()
    alive = {each.session_key for each in stored if _is_of(each, account)}
    if over := [each.pk for each in noted if each.session_key not in alive]:
        UserSession.objects.filter(pk__in=over).delete()
    return [each for each in noted if each.session_key in alive]


def sweep(*, now: Any) -> int:
    """Remove sessions that have run out, and every note whose session would open no page; how many notes."""
    Session.objects.filter(expire_date__lte=now).delete()
    swept = 0
    notes = UserSession.objects.select_related("user").order_by("pk").iterator(chunk_size=AT_ONCE)
    for some in batched(notes, AT_ONCE):
        stored = {one.session_key: one for one in Session.objects.filter(session_key__in=[n.session_key for n in some])}
        over = [n.pk for n in some if n.session_key not in stored or not _is_of(stored[n.session_key], n.user)]
        swept += UserSession.objects.filter(pk__in=over).delete()[0] if over else 0
    return swept


def _is_of(stored: Session, account: Account) -> bool:
    """Whether it is signed in as this account, with its password of today."""
    data = stored.get_decoded()
    hashed = account.get_session_auth_hash()
    return data.get(SESSION_KEY) == str(account.pk) and constant_time_compare(data.get(HASH_SESSION_KEY, ""), hashed)


def _began(session: UserSession) -> SafeString:
    """On the reader's own clocks; of this very session it says so."""
    began = when_html(session.created_at, session.user.zone or "UTC")
    return format_html("{} {}", began, _("(this one)")) if session.is_current() else began


def _browser(session: UserSession) -> SafeString:
    return format_html("<bdi>{}</bdi>", Truncator(session.user_agent).chars(SHOWN))


def _with_words(rows: Iterable[UserSession], typed: str) -> list[UserSession]:
    """By address and browser."""
    finds = finder(typed)
    return [row for row in rows if finds([row.ip, row.user_agent])]


SESSIONS = Listing(
    name="sessions",
    label=_("Sessions of your account"),
    columns=(
        Column("began", _("Signed in"), lambda row: row.created_at, sort=True, heading=True, show=_began),
        Column("this", _("This one"), lambda row: row.is_current(), only_file=True),
        Column("address", _("From address"), lambda row: row.ip, sort=True),
        Column("browser", _("Browser"), lambda row: row.user_agent, sort=True, show=_browser),
    ),
    filters=(Words("q", _("Words"), _with_words),),
    sort="-began",
    note=_("The newest first."),
)


class Sessions(ListUserSessionsView):
    """django-allauth's page with our list; what is sent to it stays its own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        context = self.get_context_data()
        return context["list"].file(None) or self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = open_sessions(self.request.user, now=self.request.standing.now)
        for session in found:
            session.user = self.request.user
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "list": SESSIONS.view(self.request, found), "session_count": len(found)}


page = never_cache(Sessions.as_view())
