"""Readable addresses: 'Briefing to Member States' becomes 'briefing-to-member-states'."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import icu  # type: ignore[import-untyped]

from onevoice.languages.bidi import without_surrogates

LONGEST: Final = 80  # letters; cut between words
_OTHERS = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['’ʼʹ`]")


def slug(title: str, otherwise: str = "untitled") -> str:
    """A title as part of an address: small Latin letters, digits and hyphens, in any script."""
    latin = _APOSTROPHES.sub("", _latin().transliterate(without_surrogates(title)))
    return _cut(_OTHERS.sub("-", latin.lower()).strip("-")) or otherwise


def free_slug(title: str, taken: Callable[[str], bool], otherwise: str = "untitled") -> str:
    """The slug, or with '-2', '-3' … behind it the first that is not taken."""
    wanted, number = slug(title, otherwise), 2
    found = wanted
    while taken(found):
        found, number = f"{wanted}-{number}", number + 1
    return found


def _cut(whole: str) -> str:
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST + 1].rpartition("-")[0] or whole[:LONGEST]


@lru_cache(maxsize=1)
def _latin() -> Any:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
