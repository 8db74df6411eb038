"""Tags of acts: `{% load enact %}`."""

from __future__ import annotations

from django import template

from onevoice.look.wording import CAPACITIES

register = template.Library()


@register.filter
def capacity(kind: str) -> str:
    """`{{ actor.capacity|capacity }}`: 'focal point', in the reader's language."""
    return str(CAPACITIES.get(kind, kind))
