"""Rules in the reader's language: what each value is, and what it means for a member. The English stands in
`procedure/words/`, where the command line reads it too."""

from __future__ import annotations

from datetime import date, time
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from babel import Locale
from babel.dates import format_time
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from onevoice.languages.bidi import isolated
from onevoice.languages.lists import listed, number
from onevoice.languages.names import is_language, language_of
from onevoice.languages.times import date_in_words
from onevoice.languages.web import active_language
from onevoice.procedure import calendars
from onevoice.procedure.clock import Length
from onevoice.procedure.rules import UNSET, Rules, Silent
from onevoice.procedure.words import meaning, values
from onevoice.procedure.words.sayings import Saying

LANGUAGES_OF: Final = "start.languages"
CALENDAR: Final = "clock.calendar"


def value(one: Any, key: str = "") -> str:
    """A value of a rule in words; `key`, as `section.name`, where words of the file are names of something."""
    code = active_language().code
    match one:
        case Silent():
            return gettext(values.UNSET if one is UNSET else values.NONE)
        case tuple():
            return listed([value(each, key) for each in one], code) or gettext(values.NONE)
        case bool():
            return gettext(values.YES if one else values.NO)
        case Enum():
            return gettext(values.of(one))
        case Length():
            return _counted(values.LENGTHS[one.unit], one.number)
        case Fraction():
            return isolated(f"{one.numerator}/{one.denominator}")
        case int():
            return number(one, code)
        case time():
            return format_time(one, "short", locale=_locale(code))
        case date():
            return date_in_words(one, code)
        case _:
            return _named(str(one), key, code)


def _named(words: str, key: str, code: str) -> str:
    """Words of the file: a language or a calendar that the product knows by its name, else as they stand."""
    if key == LANGUAGES_OF and is_language(words):
        return _locale(code).languages.get(words, isolated(words))
    if key == CALENDAR and words in calendars.known():
        return isolated(calendars.shipped(words).place)
    return isolated(words)


def _locale(code: str) -> Locale:
    return Locale.parse(language_of(code).locale)


def _counted(forms: tuple[str, str], count: int) -> str:
    return ngettext(*forms, count).format(count=number(count, active_language().code))


def means(rules: Rules, key: str, one: Any) -> str:
    """What a value means for a member."""
    return said(meaning.meaning(rules, key, one), one, key)


def said(saying: Saying, one: Any, key: str = "") -> str:
    """A sentence with its value in words."""
    if isinstance(saying, tuple):
        return _counted(saying, one)
    words = gettext(saying)
    return words.format(value=value(one, key)) if "{value}" in words else words


def label(says: str) -> str:
    """What a value is, at the beginning of a line."""
    return capfirst(gettext(says))
