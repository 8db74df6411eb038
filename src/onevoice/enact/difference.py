"""What is different between two texts, word by word, as a reader sees it: pure, bounded, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new", "skipped"]
# A word with the space after it; a sign alone; of scripts without spaces each character.
_WORD: Final = re.compile(
    r"\n|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+(?:['’\u200c\u200d]\w+)*[^\S\n]*|[^\w\n][^\S\n]*"
)
AROUND: Final = 8  # words shown before and after what changed
MOST: Final = 1_500  # words compared one by one; of a longer stretch the whole is gone and the whole is new


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it; of what is skipped nothing is shown."""

    kind: Kind
    text: str = ""


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both in reading order; what stayed the same is shown only near to what did not."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    whole = [("same", old[:start]), *middle, ("same", old[len(old) - end :])]
    return list(_shortened([(kind, words) for kind, words in whole if words]))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _compared(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    if len(old) > MOST or len(new) > MOST:
        yield from (("gone", old), ("new", new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", old[a:b]
        else:
            yield from (("gone", old[a:b]), ("new", new[c:d]))


def _shortened(pieces: list[tuple[Kind, list[str]]]) -> Iterator[Piece]:
    for place, (kind, words) in enumerate(pieces):
        before, after = (AROUND if place else 0), (AROUND if place < len(pieces) - 1 else 0)
        if kind != "same" or len(words) <= before + after + 1:
            yield Piece(kind, "".join(words))
            continue
        if before:
            yield Piece("same", "".join(words[:before]))
        yield Piece("skipped")
        if after:
            yield Piece("same", "".join(words[-after:]))
