"""What letters and pages about people say: organisations, moments, addresses, in the language being written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from onevoice.languages.times import moment as in_words
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.notices.outbox import absolute
from onevoice.parties.accounts.middleware import is_missing

register = template.Library()


@register.simple_tag
def acronym(of: Any) -> str:
    """The acronym, or the words given."""
    return plain(of.acronym() if hasattr(of, "acronym") else of, active_language().code)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, instant: datetime) -> str:
    """A moment in words, on the clocks of the letter's reader, else of the group's seat."""
    recipient, group = context.get("recipient"), context.get("group")
    zone = getattr(recipient, "zone", "") or getattr(group, "zone", "") or "UTC"
    return in_words(instant, zone, active_language().code)


@register.simple_tag
def page(name: str) -> str:
    """The whole address of a page, for letters."""
    return absolute(reverse(name))


@register.simple_tag
def demonstration_address() -> str:
    """The page of one-click identities; empty where there is none."""
    return reverse("demonstration") if settings.DEMONSTRATION else ""


@register.simple_tag(takes_context=True)
def second_factor_missing(context: template.Context) -> bool:
    """Whether an office of the reader's organisation waits for a second factor."""
    return is_missing(context["request"])


@register.simple_tag
def qr(svg: str) -> SafeString:
    """The picture of an authenticator's key, in the page: the content policy allows no pictures as data.

    It stands on white, as cameras need it, in the dark too; the key in letters stands beside it.
    """
    picture = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true"', 1)
    return mark_safe(picture.replace(">", '><rect width="100%" height="100%" fill="#fff"/>', 1))  # noqa: S308


@register.simple_tag
def way_named(way: Mapping[str, Any]) -> str:
    """Another way of confirming that it is oneself, in our words."""
    if "webauthn" in way["url"]:
        return _("With a passkey")
    return _("With a code") if "2fa" in way["url"] else _("With the password")
