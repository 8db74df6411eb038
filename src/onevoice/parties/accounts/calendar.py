"""A reader's own calendar of deadlines: a secret address that a calendar program asks for, until it is changed.

What it shows is what is owed, for each organisation that the person acts for, with a deadline. Rights are read anew
each time: with the appointment its entries are gone. The address can be taken back in the profile.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from onevoice.enact.actor import identity_of_person
from onevoice.enact.owed import Owed, everything_owed
from onevoice.languages.bidi import shown
from onevoice.languages.names import language_of
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.notices import links
from onevoice.notices.message import domain
from onevoice.notices.outbox import absolute
from onevoice.parties.models import Account

LATELY = timedelta(days=1)  # a deadline that passed less long ago is shown still


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The entries, in the language of the profile; 404 for an address that holds no more."""
    number = links.opened(token)
    account = Account.objects.filter(calendar=number, is_active=True).first() if number else None
    if account is None or account.person_id is None:
        raise Http404
    now = request.standing.now  # type: ignore[attr-defined]
    with translation.override(language_of(account.language).django):
        content = _calendar(account.person_id, now).to_ical()
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _calendar(person: int, now: datetime) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//OneVoice//Deadlines//EN")
    made.add("version", "2.0")
    made.add("refresh-interval;value=duration", "PT1H")
    identity = identity_of_person(person, now=now)
    found: dict[str, Owed] = {}
    for actor in identity.actors:
        for one in everything_owed(identity.viewer, actor, now=now):
            if one.deadline is not None and one.deadline > now - LATELY:
                found.setdefault(one.subject, one)
    for one in found.values():
        made.add_component(_entry(one, now))
    return made


def _entry(one: Owed, now: datetime) -> Event:
    assert one.deadline is not None
    event, address = Event(), absolute(one.address)
    event.add("uid", f"{one.subject.replace('/', '.').replace(':', '.')}@{domain()}")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("summary", shown(plain(one.title, active_language().code)))
    event.add("description", f"{shown(str(one.kind))}\n{address}")
    event.add("dtstart", one.deadline.astimezone(UTC).replace(microsecond=0))
    event.add("dtend", one.deadline.astimezone(UTC).replace(microsecond=0))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event


def address_of(account: Any) -> str:
    """The secret address of an account's feed; empty where there is none."""
    return absolute(reverse("deadlines", args=[links.seal(account.calendar)])) if account.calendar else ""


@never_cache
@login_required
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """A new address in the place of the old one, which holds no more; or none."""
    number = links.new() if request.POST.get("calendar") == "new" else ""
    Account.objects.filter(pk=request.user.pk).update(calendar=number)
    return HttpResponseRedirect(reverse("parties:profile") + "?saved=calendar#calendar", status=303)
