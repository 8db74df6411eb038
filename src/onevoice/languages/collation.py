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


def sort_key(text: str, language: str) -> bytes:
    """The place of a text in the order of a language; 'Issue brief 2' stands before 'Issue brief 12'."""
    return bytes(_collator(language_of(language).code).getSortKey(without_surrogates(text)))


def in_order[T](items: Iterable[T], text: Callable[[T], str], language: str) -> list[T]:
    """The items sorted by their text; those that are equal keep their order."""
    return sorted(items, key=lambda item: sort_key(text(item), language))


@lru_cache(maxsize=8)
def _collator(code: str) -> Any:
    collator = icu.Collator.createInstance(icu.Locale(code))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    return collator
