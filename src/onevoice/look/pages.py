"""The sheets as files that browsers may keep, and the page that shows every part."""

from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onevoice.look.samples import samples
from onevoice.look.sheet import colours, sheet, version

FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ICON: Final = (Path(__file__).resolve().parent / "icon.svg").read_bytes()


@require_safe
def style_sheet(request: HttpRequest, version: str) -> HttpResponse:
    """All sheets as one file."""
    return _file(sheet().encode(), "text/css; charset=utf-8", version)


@require_safe
def icon(request: HttpRequest, version: str) -> HttpResponse:
    """The mark in the browser's tab."""
    return _file(_ICON, "image/svg+xml", version)


@require_safe
def colour_sheet(request: HttpRequest, both: str) -> HttpResponse:
    """A group's colours, from its address alone: '0b4f71-93c8e6'."""
    on_paper, _, on_dark = both.partition("-")
    try:
        content = colours(f"#{on_paper}", f"#{on_dark}")
    except ValueError as error:
        raise Http404 from error
    return _file(content.encode(), "text/css; charset=utf-8", version())


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every part, in both directions."""
    return render(request, "look/parts.html", samples(request))


def _file(content: bytes, kind: str, asked: str) -> HttpResponse:
    """Kept for good under the address of this version; an old page's address gets today's, unkept."""
    kept = FOR_GOOD if asked == version() else "no-cache"
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": kept})
