"""How the documents of a meeting look as data: what each is, how large, in which language, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise

from onevoice.enact.actor import Viewer
from onevoice.enact.after import Link
from onevoice.files.kinds import KINDS
from onevoice.files.wording import KINDS as NAMES
from onevoice.languages.names import Language, language_of
from onevoice.languages.sizes import size_in_words
from onevoice.languages.web import active_language
from onevoice.parties.models import Organisation

from . import visible
from .models import Document, Meeting


@dataclass(slots=True)
class Paper:
    """A document as a page shows it; `withdrawn` is when it was taken back, and then there is no address."""

    document: Document
    title: Mapping[str, Any]
    address: str
    media_type: str
    kind: str | Promise
    size: str
    language: Language
    organisation: Organisation
    withdrawn: datetime | None
    acts: list[Link] = field(default_factory=list)


def paper(document: Document) -> Paper:
    """Reads what `visible.documents` fetched."""
    withdrawal, file = getattr(document, "withdrawal", None), document.file
    return Paper(
        document=document,
        title=document.title,
        address="" if withdrawal else file.get_absolute_url(),
        media_type=file.media_type,
        kind=NAMES[KINDS[file.media_type].key],
        size=size_in_words(file.size, active_language().code),
        language=language_of(document.language),
        organisation=document.added_by,
        withdrawn=withdrawal.at if withdrawal else None,
    )


def with_documents(viewer: Viewer) -> Prefetch:
    """For a set of agenda items: their documents in `.documents`; one query, two where there are any."""
    return Prefetch("documents", queryset=visible.documents(viewer).prefetch_related("added_by__names"))


def open_to_all(viewer: Viewer, meeting: Meeting) -> list[Paper]:
    """What somebody outside the group may read of a public meeting, in the order of the agenda."""
    rows = visible.documents(viewer).filter(item__meeting=meeting).prefetch_related("added_by__names")
    return papers(rows.order_by("item__order", "pk"))


def papers(documents: Iterable[Document]) -> list[Paper]:
    return [paper(document) for document in documents]
