"""What the subjects of entries and claims are called in words, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from onevoice.enact.actor import Viewer
from onevoice.enact.after import found
from onevoice.enact.subjects import title_of
from onevoice.groups import visible as groups
from onevoice.mandates.models import Instrument
from onevoice.mandates.shapes import line_of

Words = Mapping[str, Any]
# Facts that are named by their number alone, and organisations, which are in no group.
_BY_NUMBER: Final = {"groups.membership": groups.memberships, "groups.officeholding": groups.offices}


def called(viewer: Viewer, keys: Iterable[str]) -> dict[str, Words]:
    """Words by subject key, for those only that the viewer may see; one query a model, and names of organisations."""
    keys = {key for key in keys if key}
    titles = {key: _title(subject) for key, subject in found(viewer, keys).items()}
    for model, rows in _BY_NUMBER.items():
        if names := _names(keys, model):
            titles |= {f"{model}:{row.pk}": row.title for row in _numbered(rows(viewer), names)}
    if names := _names(keys, "parties.organisation"):
        rows = groups.organisations(viewer).filter(slug__in=names)
        titles |= {f"parties.organisation:{row.slug}": row.words() for row in rows}
    return titles


def _title(subject: Any) -> Words:
    return line_of(subject) if isinstance(subject, Instrument) else title_of(subject)


def _names(keys: Iterable[str], model: str) -> list[str]:
    return sorted(key.partition(":")[2] for key in keys if key.partition(":")[0] == model)


def _numbered(rows: QuerySet[Any], names: Iterable[str]) -> QuerySet[Any]:
    return rows.filter(pk__in=[int(name) for name in names if name.isascii() and name.isdigit()])
