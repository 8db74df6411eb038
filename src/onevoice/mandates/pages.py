"""Mandates, and one of them with its paragraphs and what answers it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.pages import answered

from . import shapes, visible, wording
from .lists import MANDATES
from .models import InstrumentKind


@require_safe
def mandates(request: HttpRequest, group: str) -> HttpResponse:
    """Every instrument that tasks or concerns the group, each with what answers it."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    instruments = visible.instruments(request.viewer).filter(group=found)
    rows = shapes.mandate_rows(request.viewer, instruments)
    listing = MANDATES.view(request, rows)
    if file := listing.file(found):
        return file
    tasks = sum(row.instrument.kind == InstrumentKind.MANDATE for row in rows)
    return answered(request, "mandates/mandates.html", {"group": found, "list": listing, "tasks": tasks})


@require_safe
def mandate(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One instrument: its paragraphs, each with its own address, what answers it, and its family."""
    instruments = visible.instruments(request.viewer).filter(group__slug=group)
    instrument = get_object_or_404(instruments.prefetch_related("paragraphs"), slug=slug)
    (row,) = shapes.mandate_rows(request.viewer, [instrument])
    context = {
        "group": instrument.group,
        "mandate": instrument,
        "kind": wording.KINDS[instrument.kind],
        "name": shapes.name_of(instrument),
        "paragraphs": [(shapes.anchor(each), each) for each in instrument.paragraphs.all()],
        "answers": row.answers,
        "kin": shapes.kin_of(request.viewer, instrument),
        "sources": row.sources,
    }
    return answered(request, "mandates/mandate.html", context)
