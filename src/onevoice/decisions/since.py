"""What changed in a text since an organisation last said something of it: a new text asks everybody anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from onevoice.enact.difference import Piece, difference
from onevoice.procedure.cases import Case
from onevoice.procedure.events import Corrected, Event, Objected, Revised, Said, Started, Text
from onevoice.procedure.states import Judgement, Outcome


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph that reads otherwise now: its number in the present text, empty where it is gone, and its pieces."""

    number: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Since:
    """When the organisation last said something of an earlier text, and what changed in it since."""

    at: datetime
    changed: list[Changed]


def since(case: Case, outcome: Outcome, member: str) -> Since | None:
    """None where it said nothing before, or has said something of the present text already."""
    counted = [one for one in case.events if outcome.judged.get(one.key) and _counts(outcome, one)]
    said = [one for one in counted if isinstance(one, Said) and one.member == member]
    if not said or outcome.text is None or outcome.since is None or said[-1].at >= outcome.since.at:
        return None
    seen = _text_seen(counted, said[-1])
    if seen is None or seen.hash == outcome.text.hash:
        return None
    return Since(said[-1].at, list(_changes(seen, outcome.text)))


def own_objection(case: Case, outcome: Outcome, member: str) -> Objected | None:
    """The organisation's objection to an earlier text that a new one answered, the latest."""
    found = [
        one
        for one in case.events
        if isinstance(one, Objected) and one.member == member and one.key in outcome.answered
    ]
    return found[-1] if found else None


def _counts(outcome: Outcome, one: Event) -> bool:
    return outcome.judged[one.key].judgement is Judgement.COUNTED


def _text_seen(counted: Sequence[Event], said: Said) -> Text | None:
    """The text that the organisation spoke of: that which it named, else the one of that instant."""
    texts = [one for one in counted if isinstance(one, Started | Revised | Corrected)]
    named = [one.text for one in texts if one.text.hash == getattr(said, "text", None)]
    before = [one.text for one in texts if one.at <= said.at]
    return (named or before or [None])[-1]


def _changes(before: Text, now: Text) -> Iterator[Changed]:
    """Paragraphs that were changed, added or taken away, in the order of the present text."""
    old, new = list(before.paragraphs.values()), list(now.paragraphs.values())
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for number, (was, is_now) in enumerate(zip_longest(old[a:b], new[c:d]), start=c + 1):
            yield Changed("" if is_now is None else str(number), difference(was or "", is_now or ""))
