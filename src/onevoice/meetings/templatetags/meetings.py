"""Tags of meetings: `{% load meetings %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onevoice.decisions.wording import HOW
from onevoice.languages import times
from onevoice.languages.bidi import shown
from onevoice.languages.lists import listed
from onevoice.languages.names import language_of
from onevoice.languages.web import active_language
from onevoice.languages.words import Said, Words, plain, said
from onevoice.look.frame import zone_of
from onevoice.look.templatetags.look import instant_attribute
from onevoice.notices.templatetags.notices import span

register = template.Library()
MARKS = {"en": "“{}”", "fr": "«\u00a0{}\u00a0»", "es": "«{}»", "ar": "«{}»", "ru": "«{}»", "zh": "“{}”"}


@register.simple_tag(takes_context=True)
def hours(context: Mapping[str, Any], meeting: Any) -> SafeString:
    """`{% hours meeting %}`: when it begins and ends at its place, and on the reader's own clock if another."""
    own = zone_of(context.get("request"))
    starts, ends, zone = meeting.starts_at, meeting.ends_at, meeting.zone
    there = format_html(
        '<time datetime="{}">{}</time>',
        instant_attribute(starts.astimezone(ZoneInfo(zone))),
        span(starts, ends, zone),
    )
    if not own or times.hour_in_words(starts, own) == times.hour_in_words(starts, zone):
        return there
    return format_html('{} <span class="yours">({})</span>', there, span(starts, ends, own))


@register.simple_tag
def on_day(instant: datetime, zone: str) -> str:
    """`{% on_day meeting.starts_at meeting.zone as day %}`: '14 January 2027', for the subject of a letter."""
    return times.date_in_words(instant.astimezone(ZoneInfo(zone)).date(), active_language().code)


@register.simple_tag
def acronyms(organisations: Iterable[Any]) -> str:
    """`{% acronyms objectors as names %}`: 'ILO and UNICEF' as text, for letters."""
    code = active_language().code
    return listed([shown(plain(one.acronym(), code)) for one in organisations], code)


@register.filter
def in_quotation_marks(words: Said) -> str:
    """`{{ said|in_quotation_marks }}`: the words as they are, between the marks of their own language."""
    text = shown(words.text).strip()
    return text if text[:1] in '“«"„' else MARKS[words.language].format(text)


@register.filter
def title_names_it(voice: Any) -> bool:
    """`{% if voice|title_names_it %}`: the speaker's title says for whom already."""
    code = active_language().code
    return plain(voice.organisation.acronym, code) in plain(voice.title, code)


@register.filter
def said_in(words: Words) -> Said:
    """`{{ one.quotation|said_in }}`: the words with their language, for blocks that carry `lang` and `dir`."""
    return said(words, active_language().code)


@register.filter
def language_name(code: str) -> str:
    """`{{ "en"|language_name }}`: a language as its readers write it."""
    return language_of(code).own_name


@register.filter
def how_adopted(how: str) -> str:
    """`{{ decision.how|how_adopted }}`: in words; a word of an old record stands as it is."""
    return str(HOW.get(how, how))
