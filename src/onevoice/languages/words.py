"""Words: one thing said in several languages, and the one to show to a reader.

A value of words is JSON: `{"en": "text", "fr": {"text": "…", "basis": "label"}}`. The basis is left out
when the words are official or the original.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypedDict, cast

from onevoice.languages.names import CODES, Direction, is_language, language_of


class Based(TypedDict):
    """Words that are not official, with where they come from."""

    text: str
    basis: str


Words = Mapping[str, str | Based]
Basis = Literal["", "label", "cldr", "draft"]
OFFICIAL: Final = ""
BASES: Final = ("label", "cldr", "draft")  # a label list; the Unicode CLDR; a draft not yet reviewed


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader gets: the text, and whether it is in the language asked for and official."""

    text: str
    language: str
    direction: Direction
    is_asked_language: bool
    basis: Basis

    def __str__(self) -> str:
        return self.text

    @property
    def html_language(self) -> str:
        """The value for a `lang` attribute."""
        return language_of(self.language).html


def said(words: Words | None, language: str, original: str = "en") -> Said:
    """The words in the language asked for, else in the original, else in the first language there is."""
    asked = language_of(language).code
    for code in (asked, original, *CODES):
        text, basis = _one(words or {}, code)
        if text:
            return Said(text, code, language_of(code).direction, code == asked, basis)
    return Said("", asked, language_of(asked).direction, True, OFFICIAL)


def plain(words: Words | None, language: str, original: str = "en") -> str:
    """Only the text of `said`, for titles, mail subjects and file names."""
    return said(words, language, original).text


def texts(words: Words | None) -> Iterator[tuple[str, str]]:
    """Every language with its text, in the order en fr es ar ru zh; for search and exports."""
    for code in CODES:
        text, _ = _one(words or {}, code)
        if text:
            yield code, text


def with_text(
    words: Words | None, language: str, text: str, basis: Basis = OFFICIAL
) -> dict[str, str | Based]:
    """The same words with one language said anew; an empty text takes the language out."""
    changed = dict(words or {})
    changed.pop(language, None)
    if text:
        changed[language] = {"text": text, "basis": basis} if basis else text
    return {code: changed[code] for code in CODES if code in changed}


def faults(words: object) -> tuple[str, ...]:
    """What keeps a value from being words: empty when it is well formed."""
    if not isinstance(words, Mapping):
        return ("not a mapping of languages",)
    return tuple(fault for code, value in words.items() if (fault := _fault(str(code), value)))


def _fault(code: str, value: object) -> str:
    if not is_language(code):
        return f"unknown language: {code}"
    if isinstance(value, str):
        return ""
    if (
        not isinstance(value, Mapping)
        or set(value) - {"text", "basis"}
        or not isinstance(value.get("text"), str)
    ):
        return f"{code}: neither a text nor a text with its basis"
    return "" if value.get("basis", "") in ("", *BASES) else f"{code}: unknown basis"


def _one(words: Words, code: str) -> tuple[str, Basis]:
    value = words.get(code, "")
    if isinstance(value, str):
        return value, OFFICIAL
    return value.get("text", ""), cast(Basis, value.get("basis", OFFICIAL))
