"""The numbered paragraphs of a mandate: entered one by one or from a pasted text, corrected, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, ShortText
from onevoice.groups.known import LANGUAGES
from onevoice.groups.roles import SECRETARIAT
from onevoice.languages.bidi import clean_text
from onevoice.languages.lists import number as in_digits
from onevoice.languages.web import active_language
from onevoice.languages.words import texts, with_text
from onevoice.mandates import visible, wording
from onevoice.mandates.acts.fields import (
    LONGEST_PARAGRAPH,
    LONGEST_PASTED,
    MOST_PARAGRAPHS,
    TEXTS,
    WHY,
    LookedAt,
    filled_in,
    texts_of,
)
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.mandates.reading import Reading
from onevoice.mandates.steps import correct, enter, hash_of, said_by, standing, withdraw

NUMBER = ShortText(_("Number"), limit=20, help=_("As it stands in the text: 21, or 12 bis."))
TAKEN = {"paragraph_number_stands_once": wording.number_taken}


class EnterParagraphs(Act):
    """Enter the numbered paragraphs of a mandate from a pasted text."""

    on, by = visible.instruments, (SECRETARIAT,)
    label = _("Enter paragraphs from a text")
    lede = _("Paste the text with its paragraph numbers. The form first shows how it was read; nothing is entered "
             "before you say that it is right.")  # fmt: skip
    done = _("The paragraphs are entered. Each has an address of its own.")
    creates = True
    language = Choice(_("Language of the text"), list(LANGUAGES.items()))
    text = LongText(
        _("Text"), limit=LONGEST_PASTED,
        help=_("Each paragraph begins on a new line with its number, as “21.” For paragraphs that are there already "
               "in another language, the text is put beside it."),
    )  # fmt: skip
    read_as = LookedAt()

    @classmethod
    def may(cls, actor: Actor, subject: Instrument, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    @classmethod
    def initial(cls, subject: Instrument) -> dict[str, Any]:
        return {"language": "en"}

    def happen(self, subject: Any) -> Facts:
        language, reading = self.inputs["language"], self.inputs["read_as"]
        _within_limits(reading)
        there = {each.number: each for each in standing(subject)}
        new, beside = [], []
        for each in reading.paragraphs:
            (beside if each.number in there else new).append((each.number, clean_text(each.text)))
        _none_said(there, beside, language)
        for number, text in beside:
            old = there[number]
            correct(old, number=number, text=with_text(old.text, language, text), **said_by(self))
        enter(subject, [(number, {language: text}) for number, text in new], by=self.actor.key)
        hashes = {each.number: hash_of({language: clean_text(each.text)}) for each in reading.paragraphs}
        return facts(subject, public=True, language=language, paragraphs=hashes)


def _within_limits(reading: Reading) -> None:
    code = active_language().code
    if len(reading.paragraphs) > MOST_PARAGRAPHS:
        counts = {"count": len(reading.paragraphs), "limit": MOST_PARAGRAPHS}
        say = str(wording.too_many).format(**{name: in_digits(n, code) for name, n in counts.items()})
        raise ValidationError({"text": say})
    for each in reading.paragraphs:
        if len(each.text) > LONGEST_PARAGRAPH:
            size, limit = in_digits(len(each.text), code), in_digits(LONGEST_PARAGRAPH, code)
            say = str(wording.paragraph_too_long).format(number=each.number, size=size, limit=limit)
            raise ValidationError({"text": say})


def _none_said(there: dict[str, Paragraph], beside: list[tuple[str, str]], language: str) -> None:
    """Pasting never replaces words that are there: those are corrected one by one, with a reason."""
    said = [number for number, _text in beside if language in dict(texts(there[number].text))]
    if said:
        say = str(wording.entered_already).format(numbers=", ".join(said))
        raise ValidationError({"text": say})


class EnterParagraph(Act):
    """Enter one numbered paragraph of a mandate, in one or more languages."""

    on, by = visible.instruments, (SECRETARIAT,)
    label = _("Enter one paragraph")
    lede = _("It gets an address of its own, which stays when its number or words are corrected.")
    done = _("The paragraph is entered.")
    creates, forbids = True, TAKEN
    number = NUMBER
    text_en, text_fr, text_es, text_ar, text_ru, text_zh = TEXTS

    @classmethod
    def may(cls, actor: Actor, subject: Instrument, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        number, text = self.inputs["number"], texts_of(self.inputs, {})
        (made,) = enter(subject, [(number, text)], by=self.actor.key)
        return facts(made, public=True, number=number, text_hash=hash_of(text))


class CorrectParagraph(Act):
    """Correct the number or the words of a paragraph; the old wording stays one click away."""

    on, by = visible.paragraphs, (SECRETARIAT,)
    label = _("Correct the paragraph")
    lede = _("The old wording stays one click away, with when it was corrected, by whom and why.")
    done = _("The paragraph is corrected. Its old wording stays in its history.")
    forbids = TAKEN
    number = NUMBER
    text_en, text_fr, text_es, text_ar, text_ru, text_zh = TEXTS
    why = WHY

    @classmethod
    def initial(cls, subject: Paragraph) -> dict[str, Any]:
        return {"number": subject.number, **filled_in(subject.text)}

    @classmethod
    def may(cls, actor: Actor, subject: Paragraph, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        number, text, why = self.inputs["number"], texts_of(self.inputs, subject.text), self.inputs["why"]
        if (number, text) == (subject.number, subject.text):
            raise ValidationError(wording.nothing_differs)
        was = {"number": subject.number, "text_hash": hash_of(subject.text)}
        correct(subject, number=number, text=text, **said_by(self, why))
        return facts(subject, public=True, number=number, text_hash=hash_of(text), was=was, why=why)


class WithdrawParagraph(Act):
    """Withdraw a paragraph that was entered by mistake; that it was there stays on the page."""

    on, by = visible.paragraphs, (SECRETARIAT,)
    label = _("Withdraw the paragraph")
    lede = _(
        "For a paragraph that was entered by mistake. The page goes on to say that it was there, and why it went; what "
        "answered it keeps its link."
    )
    done = _("The paragraph is withdrawn. The page says that it was there.")
    grave = True
    why = WHY

    @classmethod
    def may(cls, actor: Actor, subject: Paragraph, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        withdraw(subject, **said_by(self, self.inputs["why"]))
        return facts(subject, public=True, number=subject.number, why=self.inputs["why"])
