"""Mail of the demonstration: nothing leaves the machine, so letters are read here. Everybody there is a role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onevoice.languages.bidi import is_clean
from onevoice.languages.names import language_of
from onevoice.languages.normal import finder
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Listing, Words
from onevoice.look.templatetags.look import when
from onevoice.notices import links, visible
from onevoice.notices.models import Letter

BANNER = {"all_is_a_demonstration": True}  # these pages are in no group that would say so
# An address of this very installation, alone on its line: bare under `demo`.
LINK = re.compile(r"^(?:https?://[^\s/]+)?(/[^\s]+)$", re.MULTILINE)


def in_the_demonstration(page: Any) -> Any:
    """404 anywhere else, whatever the settings of `serve` say."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMONSTRATION:
            raise Http404
        return page(request, *args, **kwargs)

    return never_cache(require_GET(asked))


@dataclass(frozen=True, slots=True)
class Marks:
    """What the files say of what they come from."""

    demonstration: bool = True


def _written_shown(letter: Letter) -> SafeString:
    """On the clocks for which it was written, and on the reader's own."""
    return when({"request": letter.reader}, letter.queued_at, letter.zone or "UTC")  # type: ignore[attr-defined]


def _subject_shown(letter: Letter) -> SafeString:
    language = language_of(letter.language)
    return format_html(
        '<a class="title" href="{}"><bdi lang="{}" dir="{}">{}</bdi></a>',
        reverse("demonstration-letter", args=[letter.pk]), language.html, language.direction, letter.subject,
    )  # fmt: skip


def _address_shown(letter: Letter) -> SafeString:
    return format_html("<bdi>{}</bdi>", letter.address)


def _with_words(rows: Iterable[Letter], typed: str) -> list[Letter]:
    """By subject and address."""
    finds = finder(typed)
    return [row for row in rows if finds([row.subject, *re.split("[@.+_-]", row.address), row.address])]


def _addresses(request: HttpRequest) -> Choices:
    """To whom else letters were written."""
    others = visible.letters().exclude(person=request.user.person_id)  # type: ignore[union-attr]
    found = others.order_by("address").values_list("address", flat=True).distinct()
    return [(address, address) for address in found]


LETTERS = Listing(
    name="letters",
    label=_("Letters"),
    columns=(
        Column("subject", _("Subject"), lambda row: row.subject, sort=True, heading=True, show=_subject_shown),
        Column("to", _("To"), lambda row: row.address, sort=True, show=_address_shown),
        Column("written", _("Written"), lambda row: row.queued_at, sort=True, show=_written_shown),
    ),
    filters=(
        Words("q", _("Words"), _with_words),
        Choice("to", _("To"), _addresses, lambda rows, to: rows, any=_("Your own letters"), of_page=True),
    ),
    sort="-written",
    note=_("The newest first."),
    empty=_("No letter yet. Appoint somebody, or hand over a focal point, and look again."),
)


@in_the_demonstration
@login_required
def mail(request: HttpRequest) -> HttpResponseBase:
    """The reader's letters; `?to=` shows those of somebody who has no account yet, such as a successor."""
    listing = LETTERS.view(request, letters_of(request))
    return listing.file(Marks()) or render(request, "parties/mail.html", {"list": listing} | BANNER)


def letters_of(request: HttpRequest) -> Sequence[Letter]:
    """Those to the address that is chosen, else the reader's own; without their texts."""
    address, written = request.GET.get("to", ""), visible.letters().defer("body", "calendar")
    chosen = is_clean(address) and address
    found = list(written.filter(address=address) if chosen else written.filter(person=request.user.person_id))  # type: ignore[union-attr]
    for letter in found:
        letter.reader = request  # type: ignore[attr-defined]
    return found


@in_the_demonstration
@login_required
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter as it would have been sent; its links can be followed."""
    found = get_object_or_404(visible.letters(), pk=letter)
    return render(
        request,
        "parties/letter.html",
        {"letter": found, "body": linked(links.sealed(found.body)), "language": language_of(found.language), **BANNER},
    )


def linked(body: str) -> SafeString:
    """Plain text with its addresses as links."""
    pieces, end = [], 0
    for found in LINK.finditer(body):
        pieces += [
            conditional_escape(body[end : found.start()]),
            format_html('<a href="{}">{}</a>', found[1], found[0]),
        ]
        end = found.end()
    return mark_safe("".join([*pieces, conditional_escape(body[end:])]))  # noqa: S308 - each piece is escaped
