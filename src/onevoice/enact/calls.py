"""A call read: JSON {"inputs": {…}, "once": "…", "seen": 12, "as": 34}. All of it is hostile until it is read here.

`as` is the appointment under which one acts; whoever has several in the group says which.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from . import wording
from .act import Refusal
from .form import new_number
from .perform import Sending

LAST = 2**63


class NotACall(Exception):  # noqa: N818 - an answer, not an error
    """What was sent is no call, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.kind)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Call:
    """What was sent, and the appointment that it names ("" or None: none)."""

    sending: Sending
    as_: str | None = None


def call_of(content: bytes) -> Call:
    """The inputs, the one-time number, the last act seen; NotACall where they are not what a call holds."""
    try:
        body = json.loads(content or b"{}")
        inputs = {str(name): _input(value) for name, value in dict(body.get("inputs") or {}).items()}
        seen, as_ = body.get("seen"), body.get("as")
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise NotACall(Refusal("not_json", wording.not_json)) from error
    if any(number is not None and (type(number) is not int or not 0 <= number < LAST) for number in (seen, as_)):
        raise NotACall(Refusal("not_json", wording.not_json))
    once = body.get("once")
    if once is not None and not is_number_once(once):
        raise NotACall(Refusal("not_a_number_once", wording.not_a_number_once))
    return Call(Sending(inputs, once or new_number(), seen), None if as_ is None else str(as_))


def is_number_once(once: Any) -> bool:
    """Never cut short: two numbers with one beginning would be taken for the same sending."""
    return isinstance(once, str) and 1 <= len(once) <= 64 and once.isprintable()


def _input(value: Any) -> Any:
    """As a form would send it: a text, a yes or no, or a list of texts."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise TypeError(type(value).__name__)
