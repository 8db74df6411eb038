"""A log as anybody's tools fetch it: C2SP tlog-tiles, bytes without pages, the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onevoice.record import stored, tiles

FOR_EVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"
FRESH = "no-cache"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"


@require_safe
def checkpoint(request: HttpRequest, group: str) -> HttpResponse:
    """The newest signed head."""
    head = stored.head(group)
    if head is None:
        raise Http404
    return _answer(bytes(head.note), TEXT, FRESH)


@require_safe
def tile(request: HttpRequest, group: str, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries; a full one never changes again."""
    asked = tiles.Tile.parse(path)
    content = stored.content(group, asked) if asked else None
    if asked is None or content is None:
        raise Http404
    return _answer(content, BYTES, FOR_EVER if asked.width == tiles.WIDTH else SHORT)


@require_safe
def vkey(request: HttpRequest, group: str) -> HttpResponse:
    """The key that signs the log now."""
    return _answer(_keys(group)[0].encode() + b"\n", TEXT, FRESH)


@require_safe
def vkeys(request: HttpRequest, group: str) -> HttpResponse:
    """Every key that ever signed the log, the present one first."""
    return _answer("".join(f"{key}\n" for key in _keys(group)).encode(), TEXT, FRESH)


def _keys(group: str) -> list[str]:
    found = stored.vkeys(group)
    if not found:
        raise Http404
    return found


def _answer(content: bytes, kind: str, caching: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": caching})
