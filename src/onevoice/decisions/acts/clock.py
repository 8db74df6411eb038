"""The clock and the text under a procedure: more time is asked for and given, a new text takes the place of the old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import until_of
from onevoice.decisions.models import Proposal
from onevoice.decisions.steps import hash_of, paragraphs
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.act import Refusal, Sentence
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Day, LongText, TimeOfDay
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.procedure.ends import later
from onevoice.procedure.rules import Correction, Silent
from onevoice.procedure.states import State

A_MINUTE = timedelta(minutes=1)


def role(actor: Actor, subject: Proposal) -> str:
    """In which role an officer acts; the chair's where it holds both."""
    return "chair" if CHAIR.allows(actor, subject) else "secretariat"


class AskForTime(UnderProcedure):
    """Ask for more time."""

    by = (MEMBER,)
    what, offered_in = "asked", (State.RUNNING, State.VOTING)
    label = _("Ask for more time")
    lede = _(
        "Where the rules give it to whoever asks, the clock is longer at once. Otherwise the chair decides."
    )
    done = _("Your request was received.")
    tells = (letters.asked,)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return member(actor)


class ExtendSilence(UnderProcedure):
    """Give more time, as the rules allow."""

    by = (CHAIR, SECRETARIAT)
    what, offered_in = "extended", (State.RUNNING, State.VOTING)
    label = _("Give more time")
    lede = _("Without a day, the clock is longer by what the rules say.")
    done = _("The act was received.")
    tells = (letters.extended,)
    until_day = Day(_("Until: day"), required=False)
    until_time = TimeOfDay(_("Until: time"), required=False, help=_("In the seat's time zone."))

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        """A minute more: an end of one's own may be given where the rules name no length."""
        end = visible.holding(subject).end
        return {"by": role(actor, subject), **({"until": str(later(end, A_MINUTE))} if end else {})}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": role(actor, subject), **until_of(inputs, subject.group.zone)}


class CorrectTypingError(UnderProcedure):
    """Put a typing error right, by the rule for it: where it asks for notice alone, all that was said stands."""

    by = (CHAIR, SECRETARIAT)
    what = "corrected"
    offered_in = (State.RUNNING, State.HELD_UP, State.OPEN, State.WITH_THE_CHAIR)
    label = _("Correct a typing error")
    lede = _("For errors of form alone. Whoever changes what the text says puts a new text instead.")
    done = _("The correction was received.")
    tells = (letters.corrected,)
    text = LongText(
        _("Text"), help=_("An empty line begins a new paragraph. Paragraphs are numbered for you.")
    )
    why = LongText(_("What was wrong"), limit=1000)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        rule = visible.case(subject).rules.revision.correction
        return Refusal("no_correction", wording.no_correction) if isinstance(rule, Silent) else None

    @classmethod
    def warns(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Sentence:
        """Whether the clock starts again, by the rule."""
        restarts = visible.case(subject).rules.revision.correction is Correction.RESTART
        by_rule = wording.correction_restarts if restarts else wording.correction_with_notice
        return super().warns(actor, subject, now=now) or by_rule

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return _text_now(subject)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return _another_text(actor, subject)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": role(actor, subject), "text": _text_of(subject, inputs["text"])}

    def committed(self) -> dict[str, Any]:
        return {"why": self.inputs["why"]}


class ReviseText(UnderProcedure):
    """Put a new text in the place of the present one; a new round begins, with the clock that the rules give it."""

    by = (CHAIR, SECRETARIAT)
    what, leads = "revised", True
    offered_in = (State.RUNNING, State.HELD_UP, State.OPEN, State.WITH_THE_CHAIR)
    label = _("Put a new text")
    lede = _(
        "A new round begins. Objections to the earlier text are answered by this one; "
        "whoever still objects says so again."
    )
    done = _("The new text was received.")
    tells = (letters.revised,)
    text = LongText(
        _("Text"), help=_("An empty line begins a new paragraph. Paragraphs are numbered for you.")
    )
    until_day = Day(_("Until: day"), required=False)
    until_time = TimeOfDay(
        _("Until: time"), required=False, help=_("Empty for the time that the rules give.")
    )

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return _text_now(subject)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return _another_text(actor, subject)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "by": role(actor, subject),
            "text": _text_of(subject, inputs["text"]),
            **until_of(inputs, subject.group.zone),
        }


def _text_now(subject: Proposal) -> dict[str, str]:
    """The present text, as it is typed."""
    return {"text": "\n\n".join(one["text"].get("en", "") for one in visible.text_now(subject).text)}


def _text_of(subject: Proposal, typed: str) -> dict[str, Any]:
    """A typed text as an event holds it."""
    text = paragraphs(typed)
    return {
        "hash": hash_of(subject.title, text),
        "paragraphs": {one["id"]: one["text"]["en"] for one in text},
    }


def _another_text(actor: Actor, subject: Proposal) -> dict[str, Any]:
    return {"by": role(actor, subject), "text": {"hash": "another", "paragraphs": {}}}
