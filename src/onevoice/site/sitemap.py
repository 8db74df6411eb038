"""The map of all public addresses, each in six languages with its twins; in parts when it grows large.

1. Every page that anybody may read stands once a language, each time with the same seven alternates.
2. Up to `PAGES_A_FILE` pages are one file; beyond, the map is an index of files, `?part=1` and so on.
3. The order is fixed, so that a part keeps its pages while nothing is added before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from onevoice.decisions import visible as decisions
from onevoice.enact.actor import NOBODY
from onevoice.groups import visible as groups
from onevoice.languages.names import LANGUAGES
from onevoice.languages.web import url_in
from onevoice.look.frame import Frame
from onevoice.mandates import visible as mandates
from onevoice.meetings import visible as meetings
from onevoice.outputs import visible as outputs

from . import visible

PAGES_A_FILE: Final = 4_000  # times six languages: 24,000 of the 50,000 addresses that a file may hold
_HOUSE: Final = ("/", "/accessibility", "/privacy", "/docs/acts", "/docs/permissions")
_OF_A_GROUP: Final = (
    "/", "/about", "/about/record", "/members", "/mandates", "/events", "/decisions", "/outputs", "/record", "/search",
)  # fmt: skip
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole map, an index of its parts, or one part."""
    paths = list(public_paths())
    parts = -(-len(paths) // PAGES_A_FILE)
    absolute = Frame(request).absolute
    asked = request.GET.get("part", "")
    if not asked and parts > 1:
        return _xml(_index(parts, absolute))
    number = _part(asked, parts)
    return _xml(_urls(paths[(number - 1) * PAGES_A_FILE : number * PAGES_A_FILE], absolute))


def _part(asked: str, parts: int) -> int:
    if not asked:
        return 1
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= max(parts, 1)):
        raise Http404
    return int(asked)


def public_paths() -> Iterator[str]:
    """Every address that anybody may read, without its language; eight queries, and one a group."""
    yield from (path for path in _HOUSE if _is_there(path))
    found = list(groups.groups(NOBODY))
    for group in found:
        yield from (path for rest in _OF_A_GROUP if _is_there(path := f"/{group.slug}{rest}"))
        slugs = visible.organisations(NOBODY, group).prefetch_related(None).values_list("slug", flat=True)
        yield from (f"/{group.slug}/members/{slug}" for slug in slugs)
    of_many = (
        ("mandates", mandates.instruments(NOBODY)),
        ("events", meetings.meetings(NOBODY)),
        ("decisions", decisions.decisions(NOBODY)),
        ("outputs", outputs.outputs(NOBODY)),
    )
    for section, rows in of_many:
        pairs = rows.order_by("group__slug", "pk").values_list("group__slug", "slug")
        yield from (f"/{group}/{section}/{slug}" for group, slug in pairs)
    placed = visible.places(NOBODY, found).values_list("group", "index")
    yield from (f"/{group}/record/entries/{index}" for group, index in placed)


def _is_there(path: str) -> bool:
    """A room that is not in this house has no page."""
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def _urls(paths: Iterable[str], absolute: Callable[[str], str]) -> Iterator[str]:
    yield f'<urlset {_SPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for path in paths:
        twins = {language.html: absolute(url_in(path, code)) for code, language in LANGUAGES.items()}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in [*twins.items(), ("x-default", twins["en"])]
        )
        yield from (f"<url><loc>{address}</loc>{links}</url>\n" for address in twins.values())
    yield "</urlset>\n"


def _index(parts: int, absolute: Callable[[str], str]) -> Iterator[str]:
    yield f"<sitemapindex {_SPACES}>\n"
    for number in range(1, parts + 1):
        yield f"<sitemap><loc>{absolute(f'/sitemap.xml?part={number}')}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _xml(lines: Iterable[str]) -> HttpResponse:
    content = _HEAD + "".join(lines)
    return HttpResponse(
        content, content_type="application/xml; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )
