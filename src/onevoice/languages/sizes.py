"""How large a file is, in words."""

from functools import lru_cache
from typing import Final

from babel import Locale
from babel.units import format_unit

from onevoice.languages.names import language_of

_MEGABYTE: Final = 1_000_000
_KILOBYTE: Final = 1_000


def size_in_words(size: int, language: str) -> str:
    """'21.3 MB', '200 kB' or, below a thousand, '1 kB': thousands of bytes, as people are told them elsewhere."""
    locale = _locale(language_of(language).locale)
    if size >= _MEGABYTE:
        return _unit(size / _MEGABYTE, "digital-megabyte", "#,##0.#", locale)
    return _unit(max(round(size / _KILOBYTE), 1), "digital-kilobyte", "#,##0", locale)


def _unit(value: float, unit: str, pattern: str, locale: Locale) -> str:
    return format_unit(value, unit, "short", format=pattern, locale=locale)


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
