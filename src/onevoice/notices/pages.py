"""Mail of the demonstration: nothing leaves the machine, so letters are read here. Everybody there is a role."""

from __future__ import annotations

import re
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onevoice.languages.names import language_of

from . import visible

MOST = 100
BANNER = {"all_is_a_demonstration": True}  # these pages are in no group that would say so
# An address of this very installation, alone on its line: bare under `demo`.
LINK = re.compile(r"^(?:https?://[^\s/]+)?(/[^\s]+)$", re.MULTILINE)


def in_the_demonstration(page: Any) -> Any:
    """404 anywhere else, whatever the settings of `serve` say."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return page(request, *args, **kwargs)

    return never_cache(require_GET(asked))


@in_the_demonstration
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """The reader's letters; `?to=` shows those of somebody who has no account yet, such as a successor."""
    address = request.GET.get("to", "")
    written, reader = visible.letters(), request.user.person_id
    letters = written.filter(address=address) if address else written.filter(person=reader)
    others = written.exclude(person=reader).values("address").annotate(count=Count("pk"))
    context = {"letters": letters[:MOST], "address": address, "others": others.order_by("address")[:MOST]}
    return render(request, "notices/mail.html", context | BANNER)


@in_the_demonstration
@login_required
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter as it would have been sent; its links can be followed."""
    found = get_object_or_404(visible.letters(), pk=letter)
    return render(
        request,
        "notices/letter.html",
        {"letter": found, "body": linked(found.body), "language": language_of(found.language), **BANNER},
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
