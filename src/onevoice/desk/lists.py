"""What an organisation owes, as a list: its columns and filters, on the page and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.enact.owed import Owed
from onevoice.languages.normal import finder
from onevoice.languages.words import texts
from onevoice.look.lists import Column, Day, Listing, Words
from onevoice.look.templatetags.look import colon, plain, when
from onevoice.notices.outbox import absolute


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed, for whom it is shown; `is_next` is the one with the nearest deadline."""

    owed: Owed
    request: HttpRequest
    is_next: bool


def duties(request: HttpRequest, owed: Sequence[Owed]) -> list[Duty]:
    """The rows of the list, the nearest deadline first as they come."""
    return [Duty(one, request, is_next=at == 0) for at, one in enumerate(owed)]


def _deadline_shown(duty: Duty) -> SafeString:
    """In the zone in which it was announced and in the reader's."""
    if duty.owed.deadline is None:
        return format_html("{}", _("No deadline"))
    return when({"request": duty.request}, duty.owed.deadline, duty.owed.zone)


def _to_do_shown(duty: Duty) -> SafeString:
    """The act to do as a button, the solid one for what comes next; under it the other ways to answer."""
    owed = duty.owed
    kind = "button" if duty.is_next else "button second"
    button = format_html('<a class="{}" href="{}">{}</a>', kind, owed.address, owed.label)
    for link in owed.otherwise:
        button += format_html(
            ' <a href="{}">{}<span class="hidden">{}{}</span></a>',
            link.address, link.act.label, colon(), plain(owed.title),
        )  # fmt: skip
    return button


def _with_words(rows: Iterable[Duty], typed: str) -> list[Duty]:
    """By title, in whatever language, by what sort of thing it is and by what to do."""
    finds = finder(typed)
    return [
        row
        for row in rows
        if finds([*(text for _, text in texts(row.owed.title)), str(row.owed.kind), str(row.owed.label)])
    ]


def _due_by(rows: Iterable[Duty], day: date) -> list[Duty]:
    """What ends on this day or before, in the zone in which it was announced."""
    return [
        row
        for row in rows
        if row.owed.deadline and row.owed.deadline.astimezone(ZoneInfo(row.owed.zone)).date() <= day
    ]


OWED = Listing(
    name="owed",
    label=_("What is owed"),
    columns=(
        Column("deadline", _("Deadline"), lambda row: row.owed.deadline, sort=True, show=_deadline_shown),
        Column("zone", _("Time zone"), lambda row: row.owed.zone if row.owed.deadline else "", only_file=True),
        Column(
            "title",
            _("Of what"),
            lambda row: row.owed.title,
            sort=True,
            heading=True,
            href=lambda row: row.owed.address,
        ),
        Column("kind", _("Kind"), lambda row: row.owed.kind, sort=True),
        Column(
            "to-do",
            _("To do"),
            lambda row: [row.owed.label, *(link.act.label for link in row.owed.otherwise)],
            show=_to_do_shown,
        ),
        Column("address", _("Address"), lambda row: absolute(row.owed.address), only_file=True),
    ),
    filters=(Words("q", _("Words"), _with_words), Day("until", _("Due by"), _due_by)),
    sort="deadline",
    note=_("The nearest deadline first."),
    empty=_("Nothing is owed today."),
    filter_from=8,
)
