"""How a subject is named for ever, and where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


def key_of(subject: Any) -> str:
    """The subject key: "meetings.meeting:icat/2018-06-14-briefing-to-member-states"."""
    return f"{subject._meta.label_lower}:{permanent_name(subject)}"


def permanent_name(subject: Any) -> str:
    """The group's and the subject's own permanent names; a row without one is named by its number."""
    own = getattr(subject, "slug", None) or str(subject.pk)
    group = getattr(subject, "group", None)
    return f"{group.slug}/{own}" if group is not None and group is not subject else own


def title_of(subject: Any) -> dict[str, Any]:
    """What a subject is called, as Words."""
    return getattr(subject, "title", None) or getattr(subject, "names", None) or {"en": str(subject)}


def address_of(subject: Any) -> str:
    """Where a subject is shown, in the reader's language; empty where it has no page of its own."""
    return subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else ""


def group_of(subject: Any) -> Any:
    """The group in which an act on this subject happens: the subject's own, or the subject itself."""
    return getattr(subject, "group", subject)


Above = Callable[[Any], Any]
_above: dict[str, Above] = {}


def stands_under(model: str) -> Callable[[Above], Above]:
    """Declare what a subject stands under, one step up: acts on it are acts under that, and under all above that.

    `stands_under("meetings.document")(lambda document: document.item)`. What is not declared stands under nothing.
    Declare only what everybody who acts on the thing above may see: its form tells them.
    """

    def register(function: Above) -> Above:
        _above[model] = function
        return function

    return register


def above(subject: Any) -> list[Any]:
    """All that a subject stands under, the nearest first."""
    found: list[Any] = []
    while (step := _above.get(subject._meta.label_lower)) and (subject := step(subject)) is not None:
        found.append(subject)
    return found


def keys_above(subject: Any, also: Iterable[Any] = ()) -> list[str]:
    """Their keys, and those of what it came to stand under by the act (`also`); each once."""
    more = [one for thing in also for one in (thing, *above(thing))]
    return list(dict.fromkeys(key_of(one) for one in [*above(subject), *more]))


def plain_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the record keeps them: instants as RFC 3339 in UTC, subjects by their keys."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if hasattr(value, "_meta"):
        return key_of(value)
    if isinstance(value, Mapping):
        return plain_facts(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def as_kept(value: Any) -> Any:
    """A value as JSON keeps it; nothing, an empty text and an empty list are the same."""
    plain = plain_facts({"": value})[""]
    if isinstance(plain, Promise):
        plain = str(plain)
    if isinstance(plain, str):
        plain = plain.replace("\r\n", "\n").strip()
    if isinstance(plain, list):
        plain = sorted(plain, key=str)
    return None if plain in ("", []) else plain
