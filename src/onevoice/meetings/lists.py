"""The list of events: its columns, filters and order, on the page and in files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.decisions.lists import bodies, in_group, titled, years_of
from onevoice.groups.models import Group
from onevoice.languages.partial import PartialDate
from onevoice.look.columns import ByWord
from onevoice.look.derived import holding
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import partial
from onevoice.look.templatetags.look import state as state_tag

from . import visible, wording
from .models import Meeting, MeetingKind, MeetingState


def date_shown(meeting: Meeting) -> SafeString:
    """The date as written, or the first and last day."""
    if not meeting.until_written:
        return partial(meeting.when_written)
    return format_html("{} – {}", partial(meeting.when_written), partial(meeting.until_written))


def kind_shown(meeting: Meeting) -> SafeString:
    """The kind in words, with the state where there is one to tell."""
    kind = wording.KINDS[MeetingKind(meeting.kind)]
    word = wording.STATES.get(MeetingState(meeting.state))
    return format_html("{} {}", kind, state_tag("caution", word)) if word else format_html("{}", kind)


def level(meeting: Meeting) -> dict[str, Any]:
    """The body that met, or the level as the source says it."""
    return (meeting.body.names if meeting.body else meeting.level) or {}


def years(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """From the last year with an event to the first."""
    return years_of(in_group(request, visible.meetings(request.viewer)), "when_written")


def upcoming(rows: QuerySet[Meeting], group: Group, *, now: datetime) -> QuerySet[Meeting]:
    """What has not ended yet, the nearest first; a date without an hour counts to its last day at the seat."""
    today = now.astimezone(group.tz).date().isoformat()
    ahead = Q(ends_at__gte=now) | Q(ends_at=None, starts_at__gte=now)
    dated = Q(starts_at=None) & (Q(when_written__gte=today) | Q(until_written__gte=today))
    return rows.filter(ahead | dated).order_by("when_written", "starts_at", "pk")


EVENTS = Listing(
    name="events",
    label=_("Events"),
    columns=(
        Column(
            "date",
            _("Date"),
            lambda m: PartialDate(m.when_written),
            sort=("when_written", "starts_at"),
            show=date_shown,
        ),
        Column(
            "until",
            _("Last day"),
            lambda m: PartialDate(m.until_written) if m.until_written else "",
            only_file=True,
        ),
        Column("begins", _("Begins at (UTC)"), lambda m: m.starts_at, only_file=True),
        titled(_("Event")),
        Column(
            "kind",
            _("Kind"),
            lambda m: wording.KINDS[MeetingKind(m.kind)],
            sort=ByWord("kind", wording.KINDS),
            show=kind_shown,
        ),
        Column("level", _("Level"), level, sort=("body__order", "when_written")),
        Column("place", _("Place"), lambda m: m.place, sort="place_key_{language}"),
        Column("state", _("Status"), lambda m: wording.STATES.get(MeetingState(m.state), ""), only_file=True),
    ),
    sort="-date",
    filters=(
        Words("q", _("Words"), holding),
        Choice("year", _("Year"), years, lambda rows, year: rows.filter(when_written__startswith=year)),
        Choice("kind", _("Kind"), tuple(wording.KINDS.items()), lambda rows, kind: rows.filter(kind=kind)),
        Choice("level", _("Level"), bodies, lambda rows, body: rows.filter(body__slug=body)),
        Words("place", _("Place"), lambda rows, typed: holding(rows, typed, "place_words")),
    ),
    note=_("The newest first"),
    empty=_("No event is on the record yet."),
)
