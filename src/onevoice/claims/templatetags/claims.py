"""Tags of claims: `{% load claims %}`."""

from __future__ import annotations

from django import template

from onevoice.claims.wording import reason as in_words

register = template.Library()


@register.filter
def reason(why: str) -> str:
    """`{{ once.why|reason }}`: why something was said anew; what a machine wrote, in the reader's language."""
    return in_words(why)
