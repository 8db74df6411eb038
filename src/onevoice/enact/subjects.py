"""How a subject is named for ever, and where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
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
