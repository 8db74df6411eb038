"""PURE. What no stemmer of the database brings together, found out with the named queries of the tests.

- English: both spellings of -ize, and words whose plural or spelling is of its own.
- Arabic: one letter written before a word (wa-, fa-, bi-, ka-, li-): 'لحقوق' is found by 'حقوق'.
- Russian: endings that change the stem ('Ассамблея', 'Ассамблее'; 'беженец', 'беженцы'), by the beginning.
- A name typed whole is that very thing: `name_word` is one word for it, in the index and in the query.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from onevoice.languages.normal import folded

PAIRS: Final = (
    ("child", "children"), ("woman", "women"), ("man", "men"), ("person", "people"), ("crisis", "crises"),
    ("analysis", "analyses"), ("labour", "labor"), ("centre", "center"), ("programme", "program"),
    ("programmes", "programs"), ("defence", "defense"),
)  # fmt: skip
_OTHER: Final = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
_TERM = re.compile(r"'(\w{3,})'(?!:)")
_IZE = re.compile(r"(?<=\w\w[iy])[sz](?=(?:e|ed|er|ers|es|ing|ation|ations|ational)$)")
_LETTER_BEFORE = re.compile("[وفبكل](?=[\u0621-\u064a]{4})")
_RUSSIAN_END = re.compile("(?<=\\w{5})[аеиоуыэюяйь]{1,3}$")
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


def more_forms(words: str, language: str) -> str:
    """Further words under which a text is found, from its search form."""
    if language != "ar":
        return ""
    return " ".join(dict.fromkeys(bare for word in words.split() if (bare := _bare(word)) != word))


def widened(query: str, language: str) -> str:
    """A query for to_tsquery that asks for these forms of its words as well."""
    return _TERM.sub(lambda term: _either(term, language), query) if language in ("en", "ar", "ru") else query


def name_word(name: str) -> str:
    """One word of letters for a whole name, whatever its case and accents."""
    digest = hashlib.blake2b(folded(name).encode("utf-8", "replace"), digest_size=8)
    return f"name{digest.hexdigest().translate(_LETTERS)}"


def _either(term: re.Match[str], language: str) -> str:
    word = term[1]
    if language == "en":
        other = _OTHER.get(word) or _IZE.sub(lambda letter: "sz"[letter[0] == "s"], word)
    else:
        other = _bare(word) if language == "ar" else _stem(word)
    if other == word:
        return term[0]
    return f"({term[0]} | '{other}'{':*' if language == 'ru' else ''})"


def _bare(word: str) -> str:
    return word[1:] if _LETTER_BEFORE.match(word) else word


def _stem(word: str) -> str:
    return f"{word[:-2]}ц" if word.endswith("ец") and len(word) > 5 else _RUSSIAN_END.sub("", word)
