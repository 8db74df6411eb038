"""How a subject is named for ever, and where it is shown."""

from __future__ import annotations

from typing import Any


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
