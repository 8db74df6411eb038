"""Mandates, and one of them with its paragraphs and what answers each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import Link, acts_on, link_to
from onevoice.groups import visible as groups
from onevoice.groups.days import asked, say_once
from onevoice.groups.known import THERE
from onevoice.groups.models import Group
from onevoice.groups.pages import answered
from onevoice.groups.sources import behind

from . import shapes, visible, wording
from .acts.instruments import EnterMandate
from .answers import whole_answers
from .lists import MANDATES
from .models import Instrument


@require_safe
def mandates(request: HttpRequest, group: str) -> HttpResponse:
    """Every instrument that tasks or concerns the group, each with what answers it."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    day = asked(request, found, officers=False)
    instruments = visible.mandates(request.viewer).filter(group=found)
    rows = shapes.mandate_rows(request.viewer, instruments, day)
    listing = MANDATES.view(request, rows)
    say_once(listing)
    if file := listing.file(found):
        return file
    context = {
        "group": found,
        "asked": day,
        "list": listing,
        "all": len(rows),
        "counts": dict(shapes.counts(rows)),
        "asked_kind": request.GET.get("kind", ""),
        "acts": _entering(request, found),
    }
    return answered(request, "mandates/mandates.html", context, status=day.status)


def _entering(request: HttpRequest, group: Group) -> list[Link]:
    """The act that makes a mandate, for those who may."""
    actor = _actor(request, group.pk)
    if actor is None or EnterMandate.refusal(actor, group, now=request.standing.now) is not None:
        return []
    return [link_to(EnterMandate, group)]


def _actor(request: HttpRequest, group: int) -> Actor | None:
    return request.standing.actor(group) if request.viewer.is_in(group) else None


@require_safe
def mandate(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One instrument: its paragraphs, each with its own address and what answers it, its family and its history."""
    viewer: Viewer = request.viewer
    instrument = get_object_or_404(
        shapes.with_withdrawal(visible.instruments(viewer)), group__slug=group, slug=slug
    )
    day = asked(request, instrument.group, officers=False)
    gone = shapes.gone_of(viewer, instrument)
    paragraphs, withdrawn = shapes.paragraph_rows(viewer, instrument, gone, day)
    whole = shapes.given_by(day, whole_answers(viewer, [instrument])[instrument.pk])
    context = {
        "group": instrument.group,
        "asked": day,
        "there": THERE.get(shapes.there_on(instrument, day), ""),
        "mandate": instrument,
        "gone_for_good": shapes.withdrawal_of(instrument),
        "kind": wording.KINDS[instrument.kind],
        "name": shapes.name_of(instrument),
        "paragraphs": paragraphs,
        "is_inside": viewer.is_in(instrument.group_id),
        "withdrawn": withdrawn,
        "unanswered": sum(not each.answers for each in paragraphs),
        "answers": whole,
        "gone": gone.get(None, []),
        "earlier": shapes.earlier_of(viewer, instrument),
        "kin": shapes.kin_of(viewer, instrument, day),
        "answered": shapes.answered_by(viewer, instrument),
        "sources": behind(viewer, [instrument]).of(instrument),
        "acts": _acts(request, instrument, whole, paragraphs),
    }
    return answered(request, "mandates/mandate.html", context, status=day.status)


def _acts(
    request: HttpRequest, instrument: Instrument, whole: list[Any], paragraphs: list[shapes.ParagraphRow]
) -> list[Link]:
    """The acts open on the instrument; those on each paragraph are put beside it. None is asked twice what answers."""
    actor, now = _actor(request, instrument.group_id), request.standing.now
    if actor is None:
        return []
    for row in paragraphs:
        row.paragraph.answered_by = row.answers  # type: ignore[attr-defined]
        row.acts = acts_on(row.paragraph, actor, now=now)
    instrument.answered_by = whole  # type: ignore[attr-defined]
    return acts_on(instrument, actor, now=now)
