"""Tags for facts and their sources: `{% load sources %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onevoice.languages.bidi import shown

register = template.Library()


@register.filter
def web_address(address: str) -> SafeString:
    """`{{ group.web|web_address }}`: an address without its scheme, which may break after each stroke."""
    parts = shown(address).split("://", 1)[-1].rstrip("/").split("/")
    return format_html(
        "<bdi>{}</bdi>", format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in parts))
    )
