"""What the acts on mandates ask: words in the six languages, partial dates, and how a pasted text was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.enact.inputs import LongText
from onevoice.languages.names import CODES
from onevoice.languages.words import plain, with_text
from onevoice.mandates import wording
from onevoice.mandates.reading import Reading, read

LONGEST_PARAGRAPH: Final = 20_000
LONGEST_PASTED: Final = 200_000
MOST_PARAGRAPHS: Final = 300

TEXTS = tuple(
    LongText(label, limit=LONGEST_PARAGRAPH, required=False)
    for label in (
        _("Text in English"), _("Text in French"), _("Text in Spanish"), _("Text in Arabic"), _("Text in Russian"),
        _("Text in Chinese"),
    )
)  # fmt: skip
WHY = LongText(_("Why"), limit=2000, help=_("Everybody can read this on the page of the mandate."))


def texts_of(given: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """The text in the languages that were filled in; what stays as it was keeps its basis."""
    words: dict[str, Any] = dict(old)
    for code in CODES:
        if given[f"text_{code}"] != _in(old, code):
            words = with_text(words, code, given[f"text_{code}"])
    if not words:
        raise ValidationError(wording.no_text)
    return words


def _in(words: Mapping[str, Any], code: str) -> str:
    return plain({code: words[code]}, code) if code in words else ""


def filled_in(words: Mapping[str, Any]) -> dict[str, str]:
    """What a form of texts begins with."""
    return {f"text_{code}": _in(words, code) for code in CODES}


class _Shown(forms.Widget):
    """The paragraphs as they were read, and the box that says it was looked at. Empty before there is a text."""

    is_hidden = (
        True  # it brings its own label and sentence, since there is nothing to label before a text is sent
    )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        text, given = data.get("text"), data.get(name)
        return (text if isinstance(text, str) else "", given if isinstance(given, str) else "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text, given = value or ("", "")
        reading = reading_of(text)
        if not reading.paragraphs:
            return SafeString("")
        context = {"name": name, "reading": reading, "is_looked_at": given == reading.mark}
        return SafeString(render_to_string("mandates/read_as.html", context))


def reading_of(text: str) -> Reading:
    """A text as the form reads it: as long as may be, without what could not be kept."""
    return read(text.replace("\r\n", "\n").replace("\x00", "")[:LONGEST_PASTED])


class LookedAt(forms.Field):
    """What was read of the field `text` was looked at before it is entered: the mark of that very reading.

    A call is told the mark as the code of its error, and sends it the next time.
    """

    widget = _Shown

    def __init__(self) -> None:
        super().__init__(label=_("How the text was read"), required=False)

    def clean(self, value: Any) -> Reading:
        text, given = value or ("", "")
        reading = reading_of(text)
        if text.strip() and not reading.paragraphs:
            raise ValidationError(wording.no_number_found, code="no_number")
        if given != reading.mark:
            raise ValidationError(wording.look_first, code=reading.mark)
        return reading
