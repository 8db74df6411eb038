"""Lists and numbers in words, by CLDR."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from onevoice.languages.names import language_of

_MARK: Final = "\x00{}\x00"


def listed(items: Iterable[str], language: str) -> str:
    """'A, B and C' in the language of the page."""
    return format_list(list(items), locale=_locale(language_of(language).locale))


def alternatives(items: Iterable[str], language: str) -> str:
    """'A, B or C' in the language of the page."""
    return format_list(list(items), style="or", locale=_locale(language_of(language).locale))


def list_parts(count: int, language: str) -> tuple[str, ...]:
    """What stands before, between and after that many items, for lists of links: count + 1 pieces."""
    if count == 0:
        return ("",)
    return tuple(listed([_MARK.format("")] * count, language).split(_MARK.format("")))


def number(value: int | float | Decimal, language: str) -> str:
    """'1,234' grouped as the language does, in Western digits as the six web sites of the UN use."""
    return format_decimal(value, locale=_locale(language_of(language).locale), numbering_system="latn")


def percentage(share: float | Decimal, language: str) -> str:
    """'12%' of a share between 0 and 1."""
    return format_percent(share, locale=_locale(language_of(language).locale), numbering_system="latn")


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
