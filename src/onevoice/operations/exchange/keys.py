"""Names of rows: subject keys as enact makes them, and long lists of names in pieces that a query can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Model

MANY: Final = 10_000


def key_of(subject: Model, slug: str) -> str:
    """The subject key, as enact.subjects makes it, without asking for the group of each row."""
    own = getattr(subject, "slug", None) or str(subject.pk)
    in_group = hasattr(subject, "group_id") and subject.group_id is not None
    return f"{subject._meta.label_lower}:{slug}/{own}" if in_group else f"{subject._meta.label_lower}:{own}"


def parts(values: list[str]) -> Iterator[list[str]]:
    """The values, ten thousand at a time."""
    for start in range(0, len(values), MANY):
        yield values[start : start + MANY]
