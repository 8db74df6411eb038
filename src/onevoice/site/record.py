"""The record for people: its head, its entries, one entry with its proof, and how to verify all of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.models import Group
from onevoice.groups.pages import answered
from onevoice.look.frame import Frame
from onevoice.look.notice import file_name
from onevoice.record.models import Placement
from onevoice.record.receipts import proof_of

from . import shapes, visible
from .lists import ENTRIES


@require_safe
def record(request: HttpRequest, group: str) -> HttpResponse:
    """The head of the log, its entries, and the commands that check it."""
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    listing = ENTRIES.view(request, visible.placements(request.viewer, found))
    if file := listing.file(found):
        return file
    listing.found = shapes.titled(request.viewer, listing.found)
    head = visible.head(found)
    context = {
        "group": found,
        "list": listing,
        "head": head,
        "root": bytes(head.root).hex() if head else "",
        "key": visible.key(found),
        "log": Frame(request, found).absolute(f"/{found.slug}/record"),
    }
    return answered(request, "site/record.html", context)


@require_safe
def entry(request: HttpRequest, group: str, number: int) -> HttpResponse:
    """One entry: what it says, its leaf, its hash, and the proof that it stands in the log."""
    found, placement = _placed(request, group, number)
    shapes.titled(request.viewer, [placement])
    proof = proof_of(placement.entry)
    context = {
        "group": found,
        "entry": placement.entry,
        "row": shapes.entry_row(placement),
        "leaf": shapes.leaf_text(bytes(placement.entry.leaf)),
        "hash": bytes(placement.entry.leaf_hash).hex(),
        "proof": proof.decode() if proof else "",
        "previous": number - 1 if number else None,
        "file": _file_name(found, number),
    }
    return answered(request, "site/entry.html", context)


@require_safe
def entry_leaf(request: HttpRequest, group: str, number: int) -> HttpResponse:
    """The bytes of a leaf, as they were hashed."""
    found, placement = _placed(request, group, number)
    return _file(bytes(placement.entry.leaf), "application/json", f"{_file_name(found, number)}.json")


@require_safe
def entry_proof(request: HttpRequest, group: str, number: int) -> HttpResponse:
    """The proof as a file; 404 until the head holds the entry."""
    found, placement = _placed(request, group, number)
    proof = proof_of(placement.entry)
    if proof is None:
        raise Http404
    return _file(proof, "text/plain; charset=utf-8", f"{_file_name(found, number)}.tlog-proof")


def _file_name(group: Group, number: int) -> str:
    """What the files of an entry are called, but for their kind."""
    return file_name(group, f"{group.slug}-entry-{number}")


def _placed(request: HttpRequest, group: str, number: int) -> tuple[Group, Placement]:
    found = get_object_or_404(groups.groups(request.viewer), slug=group)
    return found, get_object_or_404(visible.placements(request.viewer, found), index=number)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type=kind, headers=headers)
