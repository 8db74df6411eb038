"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash means the value.

Only what the record holds: null, true and false, whole numbers that every reader keeps exact, text,
lists, and objects with text keys. Numbers with a fraction are refused: write them as text.
"""

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

LARGEST = 2**53 - 1
"""Whole numbers beyond this are not kept exact by every JSON reader."""


class NotCanonical(ValueError):
    """The value cannot be written so that every reader gets the same; says where and why."""


def canonical(value: Any) -> bytes:
    """The value's one canonical form, in UTF-8."""
    try:
        return _written(value, "value").encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("The text holds half of a character (a lone surrogate).") from error


def _written(value: Any, where: str) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        return _whole(value, where)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(each, f"{where}[{i}]") for i, each in enumerate(value)) + "]"
    if isinstance(value, Mapping):
        return _object(value, where)
    raise NotCanonical(f"{where} is of type {type(value).__name__}, which the record does not hold.")


def _text(value: str, where: str) -> str:
    if "\x00" in value:
        raise NotCanonical(f"{where} holds the character NUL, which no text has.")
    return encode_basestring(str(value))


def _whole(value: int, where: str) -> str:
    if abs(value) > LARGEST:
        raise NotCanonical(f"{where} is a number beyond {LARGEST}: write it as text.")
    return str(int(value))


def _object(value: Mapping[Any, Any], where: str) -> str:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(f"{where} has a key that is not text: {key!r}.")
    # RFC 8785 sorts by UTF-16 units, which differs from code points beyond the basic plane.
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{_written(k, where)}:{_written(value[k], f'{where}.{k}')}" for k in keys) + "}"
