"""The bytes of a file, for those who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from . import visible
from .kinds import KINDS, PDF, TEXT
from .models import StoredFile, Visibility
from .steps import CHUNK

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Browsers do not show a PDF in a sandbox; their own reader runs nothing of it on this site.
BARE = "default-src 'none'; frame-ancestors 'none'"
MINUTES = 5  # a public file may be kept so long without asking again


@require_safe
def file(request: HttpRequest, group: str, prefix: str, name: str) -> StreamingHttpResponse:
    """A file by the beginning of its hash and its name; 404 the same whether there is none or none for this reader."""
    rows = visible.files(request.viewer)  # type: ignore[attr-defined]
    found = (
        rows.filter(group_slug=group, sha256__startswith=prefix, name=name)
        .order_by("visibility", "pk")
        .last()
    )
    if found is None:
        raise Http404
    kind = KINDS[found.media_type]
    if kind is not TEXT:  # the others are compressed already
        request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    found.path.stat()  # bytes that are gone are told at once and in the log, not in the midst of an answer
    return StreamingHttpResponse(_read(found.path), headers=_headers(found))


def _read(path: Path) -> Iterator[bytes]:
    """Opened only when somebody reads it: not for a question whether it has changed."""
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            yield chunk


def _headers(found: StoredFile) -> dict[str, str]:
    kind = KINDS[found.media_type]
    public = f"public, max-age={MINUTES * 60}"
    return {
        "Content-Length": str(found.size),
        "Content-Disposition": content_disposition_header(not kind.opens, found.name) or "inline",
        "Content-Type": f"{kind.media_type}; charset=utf-8" if kind is TEXT else kind.media_type,
        "Content-Security-Policy": BARE if kind is PDF else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": public if found.visibility == Visibility.PUBLIC else "private, no-cache",
        "ETag": f'"{found.sha256}"',
    } | ({} if found.visibility == Visibility.PUBLIC else {"Vary": "Cookie"})
