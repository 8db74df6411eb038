"""What users type, made safe to show: no invisible character may turn the reading order of a page.

`faults_of` finds what cannot be stored (NUL, lone surrogates) and what should not be (controls).
`clean_line` and `clean_text` take out what nobody types on purpose. `shown` is for old or foreign data.
"""

import re
import unicodedata
from typing import Final, Literal

Fault = Literal["nul", "surrogate", "control", "direction"]

_DIRECTION: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_JOINERS: Final = "\u200c\u200d"  # needed by Persian names and some scripts
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
BROKEN: Final = "\ufffd"  # stands where bytes were no character

_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")


def is_clean(text: str) -> bool:
    """Whether the text can be stored as it was typed: no NUL, no lone surrogate, nor what is read in place of one."""
    return "\x00" not in text and BROKEN not in text and not _SURROGATES.search(text)


def faults_of(text: str) -> frozenset[Fault]:
    """What is wrong with a text that somebody typed; line ends and tabs are no fault."""
    found: set[Fault] = set()
    if "\x00" in text:
        found.add("nul")
    if _SURROGATES.search(text):
        found.add("surrogate")
    if any(unicodedata.category(char) == "Cc" and char not in "\x00\t\n\r" for char in text):
        found.add("control")
    if any(char in _DIRECTION for char in text):
        found.add("direction")
    return frozenset(found)


def clean_line(text: str) -> str:
    """One line as it is stored: composed (NFC), one space between words, nothing invisible."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", _LINE_ENDS.sub(" ", text)))
    return _SPACES.sub(" ", _visible(composed, keep="")).strip()


def clean_text(text: str) -> str:
    """Paragraphs as they are stored: line ends kept as LF, trailing space gone, nothing invisible."""
    lines = _visible(unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)), keep="\n\t").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def shown(text: str) -> str:
    """A text as it may be put on a page, inside `bdi` or its own `dir`: controls taken out."""
    return _visible(text, keep="\n\t")


def isolated(text: str) -> str:
    """A name for plain text (mail, calendars, titles): it cannot reorder what stands around it."""
    return f"{FIRST_STRONG_ISOLATE}{_visible(text, keep='')}{POP_ISOLATE}"


def without_surrogates(text: str) -> str:
    """Lone surrogates replaced by U+FFFD, so that the text can be encoded."""
    return _SURROGATES.sub("\ufffd", text)


def _visible(text: str, keep: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if char in keep or _is_visible(char))


def _is_visible(char: str) -> bool:
    if char in _JOINERS:
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\u2028\u2029"
