"""The Atom feed of public decisions, in each language; and how a feed is written, for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onevoice.enact.actor import NOBODY
from onevoice.enact.subjects import key_of
from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.languages.bidi import shown
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.frame import Frame
from onevoice.look.notice import notice

from . import visible, wording
from .models import Decision

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `updated` is a UTC instant."""

    subject: Any
    title: str
    summary: str
    updated: datetime


def permanent_id(group: Group, key: str) -> str:
    """An id that is the group's own, the same under every address: from when the group was made, and the key."""
    return str(uuid5(NAMESPACE_URL, f"{group.created_at.isoformat()} {key}"))


def feed(
    request: HttpRequest, group: Group, *, title: str, of: str, page: str, entries: Iterable[Entry]
) -> HttpResponse:
    """An Atom feed in the language of its address. An entry in another language is another entry.

    A demonstration says that it is one, as subtitle and as rights.
    """
    language, absolute = active_language(), Frame(request, group).absolute
    made = Atom1Feed(
        title=shown(title), link=absolute(page), feed_url=absolute(request.path), language=language.html,
        description="", subtitle=notice(group), feed_copyright=notice(group),
        author_name=shown(plain(group.names, language.code)),
        feed_guid=f"urn:uuid:{permanent_id(group, f'{of} {language.code}')}",
    )  # fmt: skip
    for entry in entries:
        made.add_item(
            title=shown(entry.title), link=absolute(entry.subject.get_absolute_url()),
            description=shown(entry.summary), updateddate=entry.updated, pubdate=entry.updated,
            unique_id=f"urn:uuid:{permanent_id(group, f'{key_of(entry.subject)} {language.code}')}",
        )  # fmt: skip
    content = made.writeString("utf-8")
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8", headers=headers)


@require_safe
def atom(request: HttpRequest, group: str) -> HttpResponse:
    """The last public decisions of a group."""
    house = get_object_or_404(groups.groups(NOBODY), slug=group)
    rows = visible.decisions(NOBODY).filter(group=house)[:ENTRIES]
    title = _("Decisions of {group}").format(group=house.acronym)
    page = reverse("decisions:register", args=[house.slug])
    return feed(request, house, title=title, of="decisions", page=page, entries=[_entry(row) for row in rows])


def _entry(decision: Decision) -> Entry:
    code = active_language().code
    title = plain(decision.title, code)
    body = plain(decision.body.names, code)
    parts = [
        body,
        str(wording.HOW.get(decision.how, decision.how)),
        PartialDate(decision.adopted_written).shown(code),
    ]
    when = decision.adopted_at or PartialDate(decision.adopted_written).bounds(decision.group.zone)[0]
    name = f"{decision.number}: {title}" if decision.number else title
    return Entry(decision, name, " · ".join(part for part in parts if part), when)
