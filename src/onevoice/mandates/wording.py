"""The words of mandates, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal
from onevoice.languages.bidi import shown
from onevoice.languages.names import CODES, language_of

from .models import Instrument, InstrumentKind, Paragraph

KINDS: Final[Mapping[str, Promise]] = {
    InstrumentKind.MANDATE: _("Mandate"),
    InstrumentKind.DRAFT: _("Draft"),
    InstrumentKind.REPORT: _("Report of the Secretary-General"),
}
# What can be corrected of an instrument, by the names of the record file.
FIELDS: Final[Mapping[str, Promise]] = {
    "kind": _("Kind"),
    "symbol": _("Symbol"),
    "organ": _("By"),
    "title": _("Title"),
    "when": _("Date"),
    "session": _("Session"),
    "effect": _("What it did"),
    "note": _("Note"),
    "web": _("Read it"),
    "leads_to": _("Led to"),
    "responds_to": _("Responds to"),
}
session: Final = _("session {number}")
title_not_found: Final = _("Title not found")
nothing_answers: Final = _("none found")
with_date: Final = _("{title} ({date})")
was_empty: Final = _("nothing")

# --- what keeps an act from happening ----------------------------------------------------------------------------
no_name: Final = _("Give the symbol or the title: a mandate is called by one of them.")
symbol_taken: Final = _("{symbol} is entered already. Nothing has changed: correct what is there.")
leads_to_itself: Final = _("A mandate cannot lead to itself or respond to itself. Choose another.")
nothing_differs: Final = _("Nothing differs from what is there. Nothing has changed.")
no_text: Final = _("Give the text in one language at least.")
number_taken: Final = _(
    "This mandate has a paragraph with that number already. Nothing has changed: correct that one, or choose "
    "another number."
)
entered_already: Final = _(
    "Some of these paragraphs are entered already in this language: {numbers}. Nothing has changed. Correct them, or "
    "take them out of the text."
)
too_many: Final = _(
    "{count} paragraphs were read; at most {limit} are entered at once. Send the text in parts."
)
paragraph_too_long: Final = _(
    "Paragraph {number} has {size} characters; the limit is {limit}. Nothing has changed: check how the text is "
    "numbered."
)
no_number_found: Final = _(
    "No paragraph number was found at the beginning of a line. Begin each paragraph with its number, as “21.”"
)
look_first: Final = _(
    "Nothing has been entered yet. Look at how the text was read, then say that it is right and send it again."
)
withdrawn: Final = Refusal("withdrawn", _("This paragraph was withdrawn. Nothing has changed."))
mandate_withdrawn: Final = Refusal("withdrawn", _("This mandate was withdrawn. Nothing has changed."))


def refuse_withdrawn(subject: Instrument | Paragraph) -> Refusal | None:
    """What was withdrawn, or stands in what was, is not acted on any more."""
    if isinstance(subject, Paragraph):
        return None if subject.standing and subject.instrument.standing else withdrawn
    return None if subject.standing else mandate_withdrawn


nothing_to_take_back: Final = Refusal(
    "nothing_to_take_back", _("Nothing is said to answer this that could be taken back. Nothing has changed.")
)
nothing_chosen: Final = _("Choose what answers it, or give the address of its page.")
not_found_there: Final = _(
    "There is no decision, event, output or mandate of this group at that address. Copy the address from its page."
)
answers_already: Final = _("This is said to answer it already. Nothing has changed.")
not_itself: Final = _("A mandate does not answer itself. Choose something else.")


def paragraph_of(symbol: str, number: str) -> dict[str, Any]:
    """What a paragraph is called, in each language: 'A/RES/72/195, paragraph 21'."""
    words = {}
    for code in CODES:
        with override(language_of(code).django):
            say = gettext("{mandate}, paragraph {number}") if symbol else gettext("Paragraph {number}")
            words[code] = say.format(mandate=shown(symbol), number=number)
    return words
