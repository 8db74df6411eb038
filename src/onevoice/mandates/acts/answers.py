"""What answers a mandate, or a paragraph of it: said, and taken back, by the secretariat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, ShortText
from onevoice.enact.subjects import key_of
from onevoice.groups.roles import SECRETARIAT
from onevoice.languages.bidi import shown
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.mandates import visible, wording
from onevoice.mandates.acts.fields import WHY
from onevoice.mandates.answers import (
    Answer,
    inside,
    is_public,
    paragraph_answers,
    that_could_answer,
    thing_at,
    thing_called,
    whole_answers,
)
from onevoice.mandates.models import AnswerTakenBack, Instrument, Paragraph
from onevoice.mandates.steps import said_by

Target = Instrument | Paragraph
Offered = list[tuple[Any, Any]]


def _line(answer: Answer) -> str:
    """A thing as a choice: its title, with its date where it has one."""
    code = active_language().code
    title = shown(plain(answer.title, code))
    if not answer.when_written:
        return title
    return str(wording.with_date).format(title=title, date=PartialDate(answer.when_written).shown(code))


def could_answer(subject: Target) -> Offered:
    """The newest decisions, events, outputs and instruments of the group, each kind together; not what does already."""
    there = {answer.key for answer in _now(subject)} | {key_of(_instrument(subject))}
    return [("", "—")] + [
        (str(kind.label), [(each.key, _line(each)) for each in things if each.key not in there])
        for kind, things in that_could_answer(subject.group)
        if things
    ]


def do_answer(subject: Target) -> Offered:
    return [("", "—"), *((each.key, _line(each)) for each in _now(subject))]


def _now(subject: Target) -> list[Answer]:
    """What answers it now, as the group sees it; a page that knows it already has put it there."""
    if isinstance(known := getattr(subject, "answered_by", None), list):
        return known
    viewer = inside(subject.group_id)
    if isinstance(subject, Paragraph):
        return paragraph_answers(viewer, [subject])[subject.pk]
    return whole_answers(viewer, [subject])[subject.pk]


def _instrument(subject: Target) -> Instrument:
    return subject.instrument if isinstance(subject, Paragraph) else subject


def _paragraph(subject: Target) -> Paragraph | None:
    return subject if isinstance(subject, Paragraph) else None


def _of(subject: Target) -> dict[str, Any]:
    """What is answered, for the record."""
    paragraph = _paragraph(subject)
    return {"mandate": _instrument(subject).slug} | ({"paragraph": paragraph.number} if paragraph else {})


THING = Choice(
    _("What answers it"), could_answer, required=False, help=_("The newest of each kind are offered.")
)
ADDRESS = ShortText(
    _("Or the address of its page"), limit=500, required=False,
    help=_("For a decision, event, output or mandate that is not offered: copy the address of its page."),
)  # fmt: skip
ANSWER = Choice(_("What no longer answers it"), do_answer)


class SaysWhatAnswers:
    """What such acts share: from now on the thing chosen, or the one at the address, answers what the act is on."""

    by, creates = (SECRETARIAT,), True
    actor: Actor
    inputs: dict[str, Any]

    @classmethod
    def may(cls, actor: Actor, subject: Target, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        key, address = self.inputs["thing"], self.inputs["address"]
        if not (key or address):
            raise ValidationError({"thing": wording.nothing_chosen})
        found = thing_called(subject.group, key) if key else thing_at(subject.group, address)
        if found is None:
            raise ValidationError({"address": wording.not_found_there})
        kind, thing = found
        if thing == _instrument(subject):
            raise ValidationError({"address": wording.not_itself})
        links = kind.links(thing, _paragraph(subject))
        if links.filter(pk=subject.pk).exists():
            raise ValidationError({"address" if address else "thing": wording.answers_already})
        links.add(subject)
        return facts(subject, public=is_public(kind, thing), answer=thing, **_of(subject))


class TakesBackAnswer:
    """What such acts share: it no longer answers; that it was said to, and why it was taken back, stays."""

    by, grave = (SECRETARIAT,), True
    actor: Actor
    inputs: dict[str, Any]
    lede = _("The page goes on to say that it was there, and why it was taken back.")
    done = _("The answer is taken back. The page says that it was there.")

    @classmethod
    def may(cls, actor: Actor, subject: Target, *, now: datetime) -> Refusal | None:
        nothing = None if _now(subject) else wording.nothing_to_take_back
        return wording.refuse_withdrawn(subject) or nothing

    def happen(self, subject: Any) -> Facts:
        found = thing_called(subject.group, self.inputs["answer"])
        if found is None:
            raise ValidationError({"answer": wording.nothing_chosen})
        kind, thing = found
        kind.links(thing, _paragraph(subject)).remove(subject)
        why = self.inputs["why"]
        AnswerTakenBack.objects.create(
            answer=key_of(thing), instrument=_instrument(subject), paragraph=_paragraph(subject),
            **said_by(self, why),
        )  # fmt: skip
        return facts(subject, public=is_public(kind, thing), answer=thing, why=why, **_of(subject))


class SayWhatAnswersMandate(SaysWhatAnswers, Act):
    """Say that a decision, event, output or other instrument answers a mandate as a whole."""

    on = visible.instruments
    label = _("Say what answers this mandate")
    lede = _("For what answers all of it. What answers one paragraph is said at the paragraph.")
    done = _("The page of the mandate shows what answers it.")
    thing, address = THING, ADDRESS


class TakeBackAnswerToMandate(TakesBackAnswer, Act):
    """Take back that something answers a mandate as a whole."""

    on = visible.instruments
    label = _("Take back an answer")
    answer, why = ANSWER, WHY


class SayWhatAnswersParagraph(SaysWhatAnswers, Act):
    """Say that a decision, event, output or other instrument answers a paragraph."""

    on = visible.paragraphs
    label = _("Say what answers this paragraph")
    lede = _("It then stands under the paragraph, and its own page names the paragraph.")
    done = _("The paragraph shows what answers it.")
    leads = True
    thing, address = THING, ADDRESS


class TakeBackAnswerToParagraph(TakesBackAnswer, Act):
    """Take back that something answers a paragraph."""

    on = visible.paragraphs
    label = _("Take back an answer to this paragraph")
    answer, why = ANSWER, WHY
