"""Who acted, in templates: `{% load people %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from onevoice.look import former

register = template.Library()


@register.filter
def called(by: Mapping[str, Any]) -> str:
    """`{{ performed.by|called }}`: the name as it was shown, or 'A former focal point' where it was erased."""
    return former.called(by.get("person", ""), by.get("capacity", ""))
