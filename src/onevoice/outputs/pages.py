"""The library of outputs, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.known import LANGUAGES
from onevoice.groups.pages import answered
from onevoice.groups.sources import behind
from onevoice.languages.collation import in_order
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.look.frame import Frame
from onevoice.mandates import visible as mandates
from onevoice.mandates.shapes import answered_by

from . import shapes, visible, wording
from .lists import OUTPUTS


@require_safe
def outputs(request: HttpRequest, group: str) -> HttpResponse:
    """What the group published, the newest first."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    listing = OUTPUTS.view(request, list(shapes.library(request.viewer, found)))
    if file := listing.file(found):
        return file
    return answered(request, "outputs/outputs.html", {"group": found, "list": listing})


@require_safe
def output(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One output: its versions, who contributed and cleared it, its series, its sources."""
    rows = visible.outputs(request.viewer).filter(group__slug=group)
    found = get_object_or_404(rows.prefetch_related("versions", "contributors__names"), slug=slug)
    code = active_language().code
    among = visible.outputs(request.viewer).filter(group=found.group_id)
    context = {
        "group": found.group,
        "output": found,
        "title": shapes.title_text(found),
        "series": wording.series(found.kind, found.number),
        "versions": [(LANGUAGES[v.language], v) for v in found.versions.all()],
        "contributors": in_order(found.contributors.all(), lambda each: plain(each.acronym(), code), code),
        "derived": list(among.filter(derived_from=found)),
        "others": [
            (each, shapes.title(each), wording.series(each.kind, each.number))
            for each in among.filter(kind=found.kind).exclude(pk=found.pk)[:8]
        ],
        "mandates": mandates.instruments(request.viewer).filter(outputs=found),
        "paragraphs": answered_by(request.viewer, found),
        "sources": behind(request.viewer, [found]).of(found),
        "data": shapes.output_ld(found, address=Frame(request, found.group).canonical),
    }
    return answered(request, "outputs/output.html", context)
