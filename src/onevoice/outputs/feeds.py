"""The Atom feed of outputs, in each language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onevoice.decisions.feeds import ENTRIES, Entry, feed
from onevoice.enact.actor import NOBODY
from onevoice.groups import visible as groups
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language

from . import shapes, wording
from .models import Output


@require_safe
def atom(request: HttpRequest, group: str) -> HttpResponse:
    """The last outputs that are public."""
    house = get_object_or_404(groups.groups(NOBODY), slug=group)
    title = _("Outputs of {group}").format(group=house.acronym)
    entries = [_entry(output) for output in shapes.recent(NOBODY, house, most=ENTRIES)]
    page = reverse("outputs:outputs", args=[house.slug])
    return feed(request, house, title=title, of="outputs", page=page, entries=entries)


def _entry(output: Output) -> Entry:
    when = PartialDate.parse(output.when_written)
    series = wording.series(output.kind, output.number)
    parts = [series, when.shown(active_language().code), shapes.remark(output)]
    summary = " · ".join(part for part in parts if part)
    return Entry(output, shapes.title_text(output), summary, when.bounds(output.group.zone)[0])
