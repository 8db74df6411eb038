"""Steps that acts share: enter, correct and withdraw, with what was kept. They neither record nor tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from onevoice.enact.act import Act
from onevoice.record.canonical import canonical

from .models import (
    Instrument,
    InstrumentCorrection,
    InstrumentWithdrawal,
    Paragraph,
    ParagraphCorrection,
    ParagraphWithdrawal,
)

Words = Mapping[str, Any]


def said_by(act: Act, why: str = "") -> dict[str, Any]:
    """Who performs the act, for which organisation and why: the fields of a trace."""
    return {"by": act.actor.key, "organisation_id": act.actor.organisation, "why": why}


def hash_of(text: Words) -> str:
    """SHA-256 of the canonical JSON of a paragraph's text: what the record keeps of it."""
    return hashlib.sha256(canonical(dict(text))).hexdigest()


def standing(instrument: Instrument) -> list[Paragraph]:
    """The paragraphs that stand, in order, each with its instrument at hand."""
    found = list(instrument.paragraphs.filter(standing=True).order_by("order", "pk"))
    for each in found:
        each.instrument = instrument
    return found


def enter(instrument: Instrument, read: Iterable[tuple[str, Words]], *, by: str) -> list[Paragraph]:
    """Add paragraphs, and put all of the instrument in the order of their numbers."""
    made = [
        Paragraph.objects.create(instrument=instrument, number=number, text=text, order=32767, entered_by=by)
        for number, text in read
    ]
    _put_in_order(instrument)
    return made


def _put_in_order(instrument: Instrument) -> None:
    """By number; where one has no number to count by, what was there keeps its place and the new stand last."""
    there = standing(instrument)
    places = [_place(each.number) for each in there]
    if None not in places:
        there = [each for _, each in sorted(zip(places, there, strict=True), key=lambda pair: pair[0])]
    moved = [(order, each) for order, each in enumerate(there) if each.order != order]
    for order, each in moved:
        each.order = order
    Paragraph.objects.bulk_update([each for _, each in moved], ["order"])


_LATIN = ("", "bis", "ter", "quater", "quinquies", "sexies")


def _place(number: str) -> tuple[int, int, str] | None:
    found = re.match(r"(\d+)\s*(.*)", number)
    if found is None:
        return None
    rest = found[2].casefold()
    return int(found[1]), _LATIN.index(rest) if rest in _LATIN else len(_LATIN), rest


def correct(paragraph: Paragraph, *, number: str, text: Words, **trace: Any) -> None:
    """Say a paragraph anew; what it was stays, with who, when and why."""
    ParagraphCorrection.objects.create(
        paragraph=paragraph, number=paragraph.number, text=paragraph.text, **trace
    )
    is_renumbered = paragraph.number != number
    paragraph.number, paragraph.text = number, dict(text)
    paragraph.save(update_fields=["number", "text"])
    if is_renumbered:
        _put_in_order(paragraph.instrument)


def withdraw(paragraph: Paragraph, **trace: Any) -> None:
    """Take a paragraph from standing."""
    ParagraphWithdrawal.objects.create(paragraph=paragraph, **trace)
    Paragraph.objects.filter(pk=paragraph.pk).update(standing=False)
    paragraph.standing = False


def withdraw_instrument(instrument: Instrument, **trace: Any) -> None:
    """Take an instrument from standing; what answered it goes on naming it."""
    InstrumentWithdrawal.objects.create(instrument=instrument, **trace)
    Instrument.objects.filter(pk=instrument.pk).update(standing=False)
    instrument.standing = False


# --- instruments ------------------------------------------------------------------------------------------------
# By the names of the record file; those that differ from the model's stand here.
FIELDS = {
    "kind": "kind", "symbol": "symbol", "organ": "organ", "title": "title", "when": "when_written",
    "session": "session", "effect": "effect", "note": "note", "web": "web",
}  # fmt: skip


def as_it_is(instrument: Instrument) -> dict[str, Any]:
    """What can be corrected of an instrument, by the names of the record file; two queries."""
    found = {name: getattr(instrument, of_model) for name, of_model in FIELDS.items()}
    found["leads_to"] = instrument.leads_to.slug if instrument.leads_to else ""
    found["responds_to"] = sorted(instrument.responds_to.values_list("slug", flat=True))
    return found


def correct_instrument(instrument: Instrument, new: Mapping[str, Any], **trace: Any) -> dict[str, Any]:
    """Say an instrument anew; what changed stays as it was. Gives what changed, as it is now."""
    old = as_it_is(instrument)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return {}
    was = {name: old[name] for name in changed}
    InstrumentCorrection.objects.create(instrument=instrument, was=was, **trace)
    for name in changed.keys() & FIELDS.keys():
        setattr(instrument, FIELDS[name], changed[name])
    among = Instrument.objects.filter(group=instrument.group_id)
    if "leads_to" in changed:
        instrument.leads_to = among.filter(slug=changed["leads_to"]).first()
    instrument.save()
    if "responds_to" in changed:
        instrument.responds_to.set(among.filter(slug__in=changed["responds_to"]).order_by("order", "pk"))
    return changed
