"""Words in the six languages as acts ask for them: a field for each, and what was written in them as Words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy

from onevoice.enact.inputs import ShortText
from onevoice.groups.known import LANGUAGES
from onevoice.languages.names import CODES
from onevoice.languages.words import plain, with_text

Given = Mapping[str, Any]


def fields(label: Promise, *, limit: int = 300) -> tuple[ShortText, ...]:
    """One line in each language, in the order of CODES; `label` names its `{language}`."""
    return tuple(
        ShortText(format_lazy(label, language=LANGUAGES[code]), limit=limit, required=False) for code in CODES
    )


def filled_in(words: Mapping[str, Any], name: str) -> dict[str, str]:
    """What a form begins with where it shows what stands."""
    return {f"{name}_{code}": plain({code: words[code]}, code) if code in words else "" for code in CODES}


def as_shown(old: Mapping[str, Any], given: Given, name: str) -> dict[str, Any]:
    """The words as such a form has them: what stays as it was keeps its basis, what is empty is taken out."""
    words, shown = dict(old), filled_in(old, name)
    for code in CODES:
        if given[f"{name}_{code}"] != shown[f"{name}_{code}"]:
            words = with_text(words, code, given[f"{name}_{code}"])
    return words


def said_anew(old: Mapping[str, Any], given: Given, name: str, without: Any = ()) -> dict[str, Any]:
    """The words where a form asks only for what is wrong: what is empty stays, what is named is taken out."""
    words = dict(old)
    for code in CODES:
        if f"{name}_{code}" in without:
            words.pop(code, None)
        elif text := given[f"{name}_{code}"]:
            words = with_text(words, code, text)
    return words


def anew(old: Any, new: Any, *names: str) -> dict[str, Any]:
    """What words were and what they became, for the record; nothing of those that stayed."""
    became = {name: getattr(new, name) if new is not None else None for name in names}
    return {
        name: {"was": getattr(old, name), "became": words}
        for name, words in became.items()
        if words != getattr(old, name)
    }
