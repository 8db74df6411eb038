"""The six official languages of the United Nations: their codes, addresses, directions and own names."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One of the six languages, by every name it goes by in the product."""

    code: str  # the key of content: en fr es ar ru zh
    prefix: str  # the first part of an address; English has none
    direction: Direction
    own_name: str  # the language as its readers write it
    locale: str  # CLDR locale for Babel
    html: str  # value of lang and hreflang
    django: str  # Django's internal code


# In the order in which the United Nations lists its languages.
_ALL: Final = (
    Language("ar", "ar", "rtl", "العربية", "ar", "ar", "ar"),
    Language("zh", "zh", "ltr", "中文", "zh_Hans", "zh-Hans", "zh-hans"),
    Language("en", "", "ltr", "English", "en_GB", "en", "en"),
    Language("fr", "fr", "ltr", "Français", "fr", "fr", "fr"),
    Language("ru", "ru", "ltr", "Русский", "ru", "ru", "ru"),
    Language("es", "es", "ltr", "Español", "es", "es", "es"),
)
LANGUAGES: Final[dict[str, Language]] = {language.code: language for language in _ALL}
CODES: Final = ("en", "fr", "es", "ar", "ru", "zh")
DEFAULT: Final = LANGUAGES["en"]


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language:
    """The language that a tag stands for ('zh', 'zh-hans', 'fr-CA'); English for any other."""
    return LANGUAGES.get(tag.replace("_", "-").split("-")[0].lower(), DEFAULT)


def is_language(code: str) -> bool:
    """Whether this is one of the six keys of content."""
    return code in LANGUAGES


def direction_of(tag: str) -> Direction:
    """The direction in which a language is read: 'rtl' for Arabic."""
    return language_of(tag).direction
