"""Order: sort keys by the Unicode Collation Algorithm with CLDR's rules, one order for each language.

The database compares the keys as bytes; it never orders words itself. A stored key holds for one
version of ICU: `VERSION` says which, and keys of another version are made again.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

import icu  # type: ignore[import-untyped]

from onevoice.languages.bidi import without_surrogates
from onevoice.languages.names import language_of

VERSION: Final = f"{icu.ICU_VERSION}"
LONGEST_KEY: Final = 2_000  # bytes


def sort_key(text: str, language: str) -> bytes:
    """The place of a text in the order of a language; 'Issue brief 2' stands before 'Issue brief 12'."""
    key: bytes = _collator(language).getSortKey(text if text.isascii() else without_surrogates(text))
    return key


def stored_key(text: str, language: str) -> bytes:
    """The same for a column with an index, which holds 2,700 bytes: exact for the first 600 characters and more."""
    return sort_key(text, language)[:LONGEST_KEY]


def in_order[T](items: Iterable[T], text: Callable[[T], str], language: str) -> list[T]:
    """The items sorted by their text; those that are equal keep their order."""
    return sorted(items, key=lambda item: sort_key(text(item), language))


@lru_cache(maxsize=32)
def _collator(language: str) -> Any:
    collator = icu.Collator.createInstance(icu.Locale(language_of(language).code))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    return collator
