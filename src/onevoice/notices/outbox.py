"""Queues letters inside the act's transaction; they leave after the commit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from onevoice.languages.names import language_of

from .models import Letter

MAY_BE_ENDED = ("work",)  # kinds of letters that a reader may switch off


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a letter: opaque person id, address, language key, zone (empty: the seat's).

    `member` names, opaquely, the organisation it reaches; `off` is where the reader ends such letters.
    """

    person: int | None
    address: str
    language: str = "en"
    zone: str = ""
    member: str = ""
    off: str = ""


class Group(Protocol):
    """What a letter says of the group it comes from."""

    slug: str
    acronym: str
    demonstration: bool


def post(
    recipient: Recipient,
    kind: str,
    template: str,
    context: Mapping[str, Any],
    about: str = "",
    *,
    group: Group | None = None,
) -> Letter:
    """Render a letter in the recipient's language and queue it; its first line is the subject."""
    letter = _letter(recipient, kind, about, group, _told(recipient, template, context, group))
    letter.save()
    if leaves():
        from .jobs import send_letter

        send_letter.defer(letter=letter.pk)
    return letter


def post_many(
    recipients: Iterable[Recipient],
    kind: str,
    template: str,
    context: Mapping[str, Any],
    about: str = "",
    *,
    group: Group | None = None,
    calendar: Callable[[], str] | None = None,
    turn: int | None = None,
    own: Callable[[Recipient], Mapping[str, str]] | None = None,
) -> int:
    """The same letter to many, written once for each language and zone; two statements, however many they are.

    `calendar` makes the iCalendar file to attach, in the language that is active when it is called. `own` gives the
    words that stand in each one's own letter in the place of others, such as the numbers of links (links.py).
    """
    told: dict[tuple[str, str], Told] = {}
    letters = []
    for recipient in recipients:
        key = (recipient.language, recipient.zone)
        if key not in told:
            told[key] = _told(recipient, template, context, group, calendar)
        letters.append(_letter(recipient, kind, about, group, _own(told[key], own, recipient), turn))
    Letter.objects.bulk_create(letters)
    if letters and leaves():
        from .jobs import send_letter

        send_letter.batch_defer(*({"letter": letter.pk} for letter in letters))
    return len(letters)


@dataclass(frozen=True, slots=True)
class Told:
    """A letter in one language, for the clocks of one zone."""

    subject: str
    body: str
    calendar: str = ""


def _told(
    recipient: Recipient,
    template: str,
    context: Mapping[str, Any],
    group: Group | None,
    calendar: Callable[[], str] | None = None,
) -> Told:
    with translation.override(language_of(recipient.language).django):
        subject, body = _written(template, {**context, "group": group, "recipient": recipient}, group)
        return Told(subject, body, calendar() if calendar else "")


def _own(told: Told, own: Callable[[Recipient], Mapping[str, str]] | None, recipient: Recipient) -> Told:
    body = told.body
    for words, others in (own(recipient) if own else {}).items():
        body = body.replace(words, others)
    return replace(told, body=body)


def _letter(
    recipient: Recipient, kind: str, about: str, group: Group | None, told: Told, turn: int | None = None
) -> Letter:
    return Letter(
        person=recipient.person,
        address=recipient.address,
        language=recipient.language,
        zone=recipient.zone,
        group=group.slug if group else "",
        kind=kind,
        subject=told.subject,
        body=told.body,
        calendar=told.calendar,
        about=about,
        member=recipient.member,
        turn=turn,
        off=recipient.off if kind in MAY_BE_ENDED else "",
    )


def leaves() -> bool:
    """Whether letters leave the machine; those of the demonstration are read on its pages."""
    return not settings.DEMONSTRATION


def absolute(path: str) -> str:
    """The address of a page as a letter writes it; bare under `demo`, where letters are read on the spot."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _written(template: str, context: dict[str, Any], group: Group | None) -> tuple[str, str]:
    # Plain text: escaping for HTML would put &#x27; into people's names.
    text = get_template(template).template.render(Context(context, autoescape=False)).strip()
    subject, _rest, body = text.partition("\n")
    body = (
        re.sub(r"\s*\n\s*\n\s*", "\n\n", body.strip()) + "\n"
    )  # what a template leaves out leaves its lines
    if group is not None and group.demonstration:
        body = f"{invented(group)}\n\n{body}"
    return " ".join(subject.split())[:300], body


def invented(group: Group) -> str:
    """The sentence that every letter of a demonstration begins with."""
    return _(
        "This is a demonstration: nothing in this letter was said or decided by the organisations named."
    )
