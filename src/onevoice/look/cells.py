"""What stands in a cell: the same value for the page (HTML), for files (plain) and for order."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from onevoice.languages.bidi import shown as without_controls
from onevoice.languages.collation import sort_key
from onevoice.languages.lists import number
from onevoice.languages.partial import PartialDate
from onevoice.languages.times import date_in_words, moment
from onevoice.languages.web import active_language
from onevoice.languages.words import plain, said
from onevoice.look import wording
from onevoice.look.columns import Column


def shown(column: Column, row: Any) -> SafeString:
    """The cell of a row, as HTML."""
    if column.show:
        return SafeString(column.show(row))
    value = column.value(row)
    from onevoice.look.templatetags.look import said_html, told

    words = said(value, active_language().code) if isinstance(value, Mapping) else None
    inside = said_html(words, mark=False) if words else html(value)
    if column.href and inside:
        inside = format_html('<a class="title" href="{}">{}</a>', column.href(row), inside)
    return format_html("{}{}", inside, told(words)) if words and column.mark else inside


def html(value: Any) -> SafeString:
    """A value on the page: words with their language, dates as `time`, lists one under the other."""
    from onevoice.look.templatetags.look import said_html

    code = active_language().code
    match value:
        case None | "":
            return SafeString("")
        case SafeString():
            return value
        case bool():
            return SafeString(conditional_escape(wording.yes if value else wording.no))
        case int() | float():
            return SafeString(conditional_escape(number(value, code)))
        case PartialDate():
            return format_html('<time datetime="{}">{}</time>', value.written, value.shown(code))
        case datetime():
            shown_utc = moment(value, "UTC", code)
            return format_html(
                '<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), shown_utc
            )
        case date():
            return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_in_words(value, code))
        case Mapping():
            return said_html(said(value, code), mark=True)
        case list() | tuple():
            return format_html_join(SafeString("<br>"), "{}", ((html(item),) for item in value))
        case _:
            return SafeString(conditional_escape(without_controls(str(value))))


def written(column: Column, row: Any) -> str | int | float:
    """The cell of a row in a file: text or a number, never mark-up."""
    value = plain_value(column.written(row) if column.written else column.value(row))
    return without_controls(value) if isinstance(value, str) else value


def plain_value(value: Any) -> str | int | float:
    """A value in a file: dates as ISO 8601 in UTC, words as text, lists joined by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return str(wording.yes if value else wording.no)
        case int() | float():
            return value
        case PartialDate():
            return value.written
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Mapping():
            return plain(value, active_language().code)
        case list() | tuple():
            return "; ".join(str(plain_value(item)) for item in value)
        case _:
            return str(value)


def order_of(value: Any, language: str) -> Any:
    """What a value sorts by, None for one that is empty; words by the order of the language."""
    match value:
        case None | "":
            return None
        case bytes() | int() | float() | datetime() | date():
            return value
        case PartialDate():
            return value.written
        case Mapping():
            text = plain(value, language)
            return sort_key(text, language) if text else None
        case str() | Promise():
            return sort_key(str(value), language)
        case tuple() | list():
            return [order_of(item, language) or b"" for item in value] or None
        case _:
            return value
