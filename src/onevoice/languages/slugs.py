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


def slug(title: str, otherwise: str = "untitled", longest: int = LONGEST) -> str:
    """A title as part of an address: small Latin letters, digits and hyphens, in any script."""
    latin = _APOSTROPHES.sub("", _latin().transliterate(without_surrogates(title)))
    return _cut(_OTHERS.sub("-", latin.lower()).strip("-"), longest) or otherwise


def free_slug(
    title: str, taken: Callable[[str], bool], otherwise: str = "untitled", *, longest: int = LONGEST
) -> str:
    """The slug, or with '-2', '-3' … behind it the first that is not taken; never longer than `longest`."""
    wanted, number = slug(title, otherwise, longest), 2
    found = wanted
    while taken(found):
        end = f"-{number}"
        found, number = wanted[: longest - len(end)].rstrip("-") + end, number + 1
    return found


def _cut(whole: str, longest: int) -> str:
    if len(whole) <= longest:
        return whole
    return whole[: longest + 1].rpartition("-")[0] or whole[:longest]


@lru_cache(maxsize=1)
def _latin() -> Any:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
