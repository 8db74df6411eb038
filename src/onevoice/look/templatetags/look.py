"""Tags of the look: `{% load look %}`. What they need of the reader they take from the page's context."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from onevoice.languages import times
from onevoice.languages.bidi import shown
from onevoice.languages.lists import list_parts
from onevoice.languages.lists import number as number_in_words
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language, url_in
from onevoice.languages.words import Said, Words
from onevoice.languages.words import plain as plain_words
from onevoice.languages.words import said as said_words
from onevoice.look import forms, frame, sheet, wording

register = template.Library()
STOPS = {"zh": "。"}
COLONS = {"fr": "\u00a0: ", "zh": "："}
COMMAS = {"ar": "، ", "zh": "，"}
STATES = ("done", "partly", "waiting", "running", "caution", "stopped")


@register.simple_tag(takes_context=True, name="frame")
def frame_tag(context: Mapping[str, Any]) -> frame.Frame:
    """`{% frame as frame %}`: everything around the content, from `request`, `group` and `section`."""
    return frame.frame_of(context)


@register.simple_tag
def sheet_address() -> str:
    return reverse("look-sheet", args=[sheet.version()])


@register.simple_tag
def icon_address() -> str:
    return reverse("look-icon", args=[sheet.version()])


@register.simple_tag
def said(words: Words | None, original: str = "en", mark: bool = True) -> SafeString:
    """`{% said group.names %}`: the words for this reader, with their language and basis where not as asked.

    `mark=False` leaves the visible mark out, where a caption says it once for many.
    """
    return said_html(said_words(words, active_language().code, original), mark)


def said_html(words: Said, mark: bool = True) -> SafeString:
    """Words as HTML; another language carries its `lang` and `dir`, and a visible mark."""
    text: Any = conditional_escape(shown(words.text))
    if words.text and not words.is_asked_language:
        text = format_html('<span lang="{}" dir="{}">{}</span>', words.html_language, words.direction, text)
    return format_html("{}{}", text, told(words)) if mark else SafeString(text)


def told(words: Said) -> SafeString:
    """The visible mark of words in another language, or not official; empty for those that are as asked."""
    marks = [wording.IN_LANGUAGE[words.language]] if words.text and not words.is_asked_language else []
    marks += [wording.BASES[words.basis]] if words.basis else []
    return (
        format_html(' <span class="told">{}</span>', ", ".join(map(str, marks))) if marks else SafeString("")
    )


@register.filter
def plain(words: Words | None) -> str:
    """`{{ words|plain }}`: the text alone, for titles and attributes."""
    return shown(plain_words(words, active_language().code))


@register.simple_tag
def partial(written: str | PartialDate | None, grain: str = "") -> SafeString:
    """`{% partial "2006-09" %}`: a date as far as known; `grain="weekday"` names the day of a full one."""
    if not written:
        return SafeString("")
    date = PartialDate(str(written)) if not isinstance(written, PartialDate) else written
    words = date.shown(active_language().code)
    if grain == "weekday" and date.precision == "day":
        words = times.date_in_words(date.first_day, active_language().code, "weekday")
    return format_html('<time datetime="{}">{}</time>', date.written, words)


@register.simple_tag(takes_context=True)
def when(
    context: Mapping[str, Any], instant: datetime, zone: str, place: Any = "", seconds: bool = False
) -> SafeString:
    """`{% when closes_at group.zone place=group.seat %}`: a time at a place, and the reader's own."""
    own = frame.zone_of(context.get("request"))
    at = when_html(instant, zone, _place(place), seconds)
    if not own or times.hour_in_words(instant, own) == times.hour_in_words(instant, zone):
        return at
    return format_html('{} <span class="yours">({})</span>', at, _own_time(instant, own, zone))


def when_html(instant: datetime, zone: str, place: str = "", seconds: bool = False) -> SafeString:
    """A time with its place in words."""
    code = active_language().code
    words = times.instant_in_words(instant, zone, code, seconds=seconds)
    local = instant.astimezone(ZoneInfo(zone))
    time = format_html('<time datetime="{}">{}</time>', instant_attribute(local), words)
    return mark_safe(times.in_place(time, conditional_escape(place or times.place_of(zone, code)), code))  # noqa: S308


@register.simple_tag(takes_context=True)
def deadline(
    context: Mapping[str, Any], instant: datetime, zone: str, place: Any = "", utc: bool = False
) -> SafeString:
    """`{% deadline due group.zone %}`: the time, under it the reader's own and how far off it is.

    With `utc=True`, for what counts to the second, the second, and the same in UTC.
    """
    code, request = active_language().code, context.get("request")
    own, now = frame.zone_of(request), frame.now_of(request)
    under = [times.distance(instant, now, code)]
    if own and times.hour_in_words(instant, own) != times.hour_in_words(instant, zone):
        under.insert(0, _own_time(instant, own, zone))
    if utc:
        under.insert(-1, f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
    return format_html(
        '<p class="deadline">{} <span>{}</span></p>',
        when_html(instant, zone, _place(place), utc),
        " · ".join(under),
    )


def _own_time(instant: datetime, own: str, zone: str) -> str:
    """The reader's time; with its day when that is another day there."""
    code = active_language().code
    same_day = instant.astimezone(ZoneInfo(own)).date() == instant.astimezone(ZoneInfo(zone)).date()
    hour = times.hour_in_words(instant, own)
    return times.in_place(
        hour if same_day else times.instant_in_words(instant, own, code, "short"),
        times.place_of(own, code),
        code,
    )


def _place(place: Any) -> str:
    return plain(place) if isinstance(place, Mapping) else str(place)


@register.simple_tag(takes_context=True)
def distance(context: Mapping[str, Any], instant: datetime) -> str:
    """`{% distance due %}`: 'in 3 days'."""
    return times.distance(instant, frame.now_of(context.get("request")), active_language().code)


@register.simple_tag
def comma() -> str:
    """`{% comma %}`: what stands between two parts of a line, as the language writes it."""
    return COMMAS.get(active_language().code, ", ")


@register.simple_tag
def stop() -> str:
    """`{% stop %}`: the full stop after something shown, as the language writes it."""
    return STOPS.get(active_language().code, ".")


@register.simple_tag
def colon() -> str:
    """`{% colon %}`: what stands between a label and what it labels, as the language writes it."""
    return COLONS.get(active_language().code, ": ")


@register.filter
def instant_attribute(instant: datetime) -> str:
    """An instant for a `datetime` attribute, to the second."""
    return instant.isoformat(timespec="seconds")


@register.simple_tag(takes_context=True)
def organisation(context: Mapping[str, Any], given: Any, link: bool = True) -> SafeString:
    """`{% organisation unicef %}`: its acronym, as a link to its page in this group; framed if one's own.

    Takes anything with `slug` and `acronym` (words or text, or a function that gives them).
    """
    acronym = given.acronym() if callable(given.acronym) else given.acronym
    name = said_words(acronym, active_language().code) if isinstance(acronym, Mapping) else None
    text = said_html(name, mark=False) if name else conditional_escape(shown(str(acronym)))
    kind = "organisation own" if _is_own(context, given) else "organisation"
    group = context.get("group")
    if not link or group is None:
        return format_html('<bdi class="{}">{}</bdi>', kind, text)
    address = url_in(f"/{group.slug}/members/{given.slug}", active_language().code)
    return format_html('<a class="{}" href="{}"><bdi>{}</bdi></a>', kind, address, text)


def _is_own(context: Mapping[str, Any], given: Any) -> bool:
    around = context.get("frame")
    acting = around.acting if isinstance(around, frame.Frame) else None
    return bool(
        acting and acting.organisation_id is not None and acting.organisation_id == getattr(given, "pk", None)
    )


@register.simple_tag(takes_context=True)
def listed(context: Mapping[str, Any], items: Iterable[Any], by: str = "") -> SafeString:
    """`{% listed names %}`: 'A, B and C'; `by="organisation"` or `by="said"` writes each by that tag."""
    written = [_item(context, item, by) for item in items]
    parts = list_parts(len(written), active_language().code)
    return mark_safe(parts[0] + "".join(item + part for item, part in zip(written, parts[1:], strict=True)))  # noqa: S308


def _item(context: Mapping[str, Any], item: Any, by: str) -> str:
    if by == "organisation":
        return organisation(context, item)
    return said(item) if by == "said" else conditional_escape(item)


@register.simple_tag
def state(kind: str, word: Any) -> SafeString:
    """`{% state "done" _("Cleared") %}`: a word with a mark of its own shape."""
    if kind not in STATES:
        raise ValueError(f"A state is one of {', '.join(STATES)}, not {kind!r}.")
    return format_html('<span class="state {}">{}</span>', kind, word)


@register.filter
def number(value: int | float | None) -> str:
    """`{{ count|number }}`: grouped as the language does."""
    return "" if value is None else number_in_words(value, active_language().code)


@register.simple_tag(takes_context=True)
def address_in(context: Mapping[str, Any], language: str) -> str:
    """`{% address_in "ar" %}`: this very page in another language."""
    request = context.get("request")
    return url_in(request.get_full_path() if request else "/", language)


@register.simple_tag
def address(path: str) -> str:
    """`{% address "/icat/members" %}`: an address without prefix, in the language of this page."""
    return url_in(path, active_language().code)


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """`{% json_ld event %}`: schema.org data for machines; never run, so the content policy allows it."""
    written = json.dumps(dict(data), ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308


@register.filter
def field_kind(field: Any) -> str:
    """How a form's field is laid out: hidden, tick, choices or plain."""
    return forms.field_kind(field)


@register.filter
def in_our_words(field: Any) -> list[str]:
    """`{{ field|in_our_words }}`: the errors of a field or of `form.non_field_errors`, in our words."""
    return forms.in_our_words(field)


@register.filter
def target(field: Any) -> str:
    """The id to which an error's link goes: the field, or its first choice."""
    return forms.target(field)


@register.tag
def captured(parser: Parser, token: Token) -> "Captured":
    """`{% captured as title text %}…{% endcaptured %}`: kept under a name; `text` strips tags."""
    words = token.split_contents()
    if len(words) not in (3, 4) or words[1] != "as" or words[3:] not in ([], ["text"]):
        raise template.TemplateSyntaxError("captured takes: as <name>, and 'text' or nothing.")
    inside = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(inside, words[2], only_text=len(words) == 4)


class Captured(template.Node):
    """What a part of the frame says, so that the frame can say it twice or leave its place out."""

    def __init__(self, nodelist: NodeList, name: str, *, only_text: bool) -> None:
        self.nodelist, self.name, self.only_text = nodelist, name, only_text

    def render(self, context: template.Context) -> SafeString:
        inside = self.nodelist.render(context).strip()
        if self.only_text:
            inside = " ".join(strip_tags(inside).split())
        context[self.name] = mark_safe(inside)  # noqa: S308
        return SafeString("")
