"""What letters say: `{% load notices %}`."""

from __future__ import annotations

from django import template

from onevoice.notices import outbox

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    """`{{ meeting.get_absolute_url|absolute }}`: the whole address of a page, as a letter needs it."""
    return outbox.absolute(path)
