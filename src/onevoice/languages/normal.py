"""Search forms: one function makes a text findable, its twin asks for it, so that both sides agree.

The database finds words by the stemmer of the language (`CONFIGURATIONS`); what it cannot do is done
here, on both sides:
1. letters: NFKC, small, tatweel and vowel signs of Arabic out, its forms of alef, ya and ta marbuta one;
2. the Arabic article al- (and wa-, bi-, ka-, fa-, li- before it) out;
3. accents: a word with accents is found with and without them;
4. Chinese: pairs of characters ('各国应' is '各国 国应 应'), so that any two that touch are found, and
   one alone by its beginning;
5. symbols of documents: 'A/RES/72/195' is found whole, as 'RES/72/195' and as '72/195' (each is one word of
   letters and digits, for the database's parser would cut it at the strokes);
6. 'co-chair' is found as 'cochair' too.
`search_text` goes into to_tsvector(configuration, …), `search_query` into to_tsquery(configuration, …).
Lists are filtered without a stemmer, by the beginnings of words in whatever language: `words_of` gives the words
of a text, `words_asked` asks for them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from onevoice.languages.names import language_of

CONFIGURATIONS: Final = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ar": "arabic",
    "ru": "russian",
    "zh": "simple",
}
_LONGEST: Final = 100  # characters of one word; the database refuses lexemes over 2,046 bytes
_MOST: Final = 24  # words of one query
_PARTS: Final = 8  # of one symbol
_NO_LETTER = re.compile(r"[\W_]+")

_SYMBOL = re.compile(r"[^\W_][\w.()-]*(?:/[^\W_][\w.()-]*)+")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_HYPHENS = re.compile("[-\u2010\u2011]")
_ASKED = re.compile(r"'(\w+)'(?::\*)?")
_QUOTED = re.compile('["“«„]([^"“”»„]*)["”»“]')
_HAN = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_ARABIC_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ONE_FORM: Final = str.maketrans("أإآٱىةؤئیکё", "اااايهوييكе")
_ARTICLE = re.compile("(?:[وفبك]?ال|[وف]?لل)(?=[\u0621-\u064a]{2})")


def search_text(text: str, language: str) -> str:
    """The words under which a text is found, in its order, other spellings after them."""
    found = list(_tokens(_prepared(text), language_of(language).code))
    others = dict.fromkeys(word for token in found for word in token.others)
    return " ".join([*(word for token in found for word in token.words), *others])


def search_query(text: str, language: str) -> str:
    """What somebody typed, for to_tsquery: all of its words; what stands in quotation marks as a phrase.

    Empty when nothing in it can be looked for.
    """
    code, prepared = language_of(language).code, _prepared(text)
    asked = [_phrase(quoted, code) for quoted in _QUOTED.findall(prepared)]
    asked += [token.query for token in _tokens(_QUOTED.sub(" ", prepared), code)]
    return " & ".join(list(dict.fromkeys(part for part in asked if part))[:_MOST])


def words_of(text: str) -> Iterator[str]:
    """The words of a text in whatever language, with their other spellings; small letters and digits only."""
    if (
        text.isascii() and "/" not in text
    ):  # the same words, ten times as fast: most of what a large import says
        for written in _WORD.findall(text.lower()):
            parts = written.split("-")
            yield from (part[:_LONGEST] for part in parts)
            if len(parts) > 1:
                yield "".join(parts)[:_LONGEST]
        return
    for token in _tokens(_prepared(text), "en"):
        yield from token.words
        yield from token.others


def words_asked(typed: str) -> str:
    """For to_tsquery: texts in which every word typed begins some word; of Chinese, every pair of characters.

    Empty when nothing in it can be looked for.
    """
    return " & ".join(_ASKED.sub(r"'\1':*", each) for each in _asked(typed))


def finder(typed: str) -> Callable[[Iterable[str]], bool]:
    """The same for texts that are here: whether every word typed begins some word of them."""
    either = [tuple(_ASKED.findall(one)) for each in _asked(typed) for one in each.split(" & ")]

    def finds(texts: Iterable[str]) -> bool:
        words = {word for text in texts for word in words_of(text)}
        return bool(either) and all(any(word.startswith(begins) for word in words) for begins in either)

    return finds


def _asked(typed: str) -> list[str]:
    """Each word typed as `search_query` asks for it, without the order of Chinese characters."""
    asked = (token.query.replace("<->", "&") for token in _tokens(_prepared(typed), "en"))
    return list(dict.fromkeys(asked))[:_MOST]


def folded(text: str) -> str:
    """A text without case, accents and vowel signs, for comparing names as people type them."""
    return " ".join(_without_accents(_letters(word)) for word in _prepared(text).split())


@dataclass(frozen=True, slots=True)
class _Token:
    """One word, symbol or run of characters: as it stands, its other spellings, how to ask for it."""

    words: tuple[str, ...]
    others: tuple[str, ...]
    query: str


def _prepared(text: str) -> str:
    small = unicodedata.normalize("NFKC", text).casefold()
    digits = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in small)
    return _ARABIC_SIGNS.sub("", unicodedata.normalize("NFC", digits))


def _tokens(prepared: str, code: str) -> Iterator[_Token]:
    position = 0
    for symbol in _SYMBOL.finditer(prepared):
        if any(char.isdigit() for char in symbol[0]):
            yield from _words(prepared[position : symbol.start()], code)
            yield _symbol(symbol[0])
            position = symbol.end()
    yield from _words(prepared[position:], code)


def _words(text: str, code: str) -> Iterator[_Token]:
    position = 0
    for run in _HAN.finditer(text):
        yield from map(_word, _WORD.findall(text[position : run.start()]))
        yield _characters(run[0])
        position = run.end()
    yield from map(_word, _WORD.findall(text[position:]))


def _word(written: str) -> _Token:
    """'co-chair' is two words and, for those who write it so, one; 'être' is also found as 'etre'."""
    parts = tuple(_letters(part)[:_LONGEST] for part in _HYPHENS.split(written))
    bare = tuple(map(_without_accents, parts))
    others = () if bare == parts else bare
    if len(parts) > 1:
        others = (*others, "".join(bare)[:_LONGEST])
    return _Token(parts, others, _choices(parts, bare))


def _choices(parts: tuple[str, ...], bare: tuple[str, ...]) -> str:
    """Each part as it stands or without accents; Arabic also with an article that may be part of the word."""
    asked = []
    for part, plain in zip(parts, bare, strict=True):
        either = dict.fromkeys((part, plain))
        asked.append(_quote(part) if len(either) == 1 else f"({' | '.join(map(_quote, either))})")
    return " & ".join(asked)


def _letters(word: str) -> str:
    """Arabic without its article and with one form a letter; Russian with е for ё; others unchanged."""
    while article := _ARTICLE.match(word):
        word = word[article.end() :]
    return word.translate(_ONE_FORM)


def _without_accents(word: str) -> str:
    """Accents off Latin letters only: Cyrillic й is a letter of its own."""
    if word.isascii():
        return word
    kept, base = [], ""
    for char in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(char):
            base = char
        if char == base or not base.isascii():
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _characters(run: str) -> _Token:
    """Pairs of characters, and the last one alone so that every character begins some word."""
    pairs = tuple(run[at : at + 2] for at in range(len(run) - 1))
    asked = " <-> ".join(map(_quote, pairs[:_MOST])) if pairs else f"{_quote(run)}:*"
    return _Token((*pairs, run[-1]), (), asked if len(pairs) < 2 else f"({asked})")


def _symbol(written: str) -> _Token:
    """A symbol whole, then its parts as words; its ends ('72/195') are other spellings of it."""
    parts = [part for piece in written.split("/") if (part := _NO_LETTER.sub("", piece))][-_PARTS:]
    ends = tuple(("s0" + "s0".join(parts[at:]))[:_LONGEST] for at in range(max(1, len(parts) - 1)))
    return _Token((ends[0], *(part[:_LONGEST] for part in parts)), ends[1:], _quote(ends[0]))


def _phrase(quoted: str, code: str) -> str:
    tokens = list(_tokens(quoted, code))
    words = [_quote(word) for token in tokens for word in token.words]
    if any(_HAN.search(word) or word.startswith("s0") for word in words):
        return " & ".join(token.query for token in tokens)
    return f"({' <-> '.join(words)})" if len(words) > 1 else "".join(words)


def _quote(word: str) -> str:
    """A word for to_tsquery; it holds letters and digits only, so nothing in it needs escaping."""
    return f"'{word}'"
