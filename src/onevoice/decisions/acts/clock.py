"""The clock and the text under a procedure: more time is asked for and given, a new text takes the place of the old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible
from onevoice.decisions.acts.fields import until_of
from onevoice.decisions.models import Proposal
from onevoice.decisions.steps import hash_of, paragraphs
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Day, LongText, TimeOfDay
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.procedure.ends import later
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
        return {"text": "\n\n".join(one["text"].get("en", "") for one in visible.text_now(subject).text)}

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {"by": role(actor, subject), "text": {"hash": "another", "paragraphs": {}}}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        text = paragraphs(inputs["text"])
        return {
            "by": role(actor, subject),
            "text": {
                "hash": hash_of(subject.title, text),
                "paragraphs": {one["id"]: one["text"]["en"] for one in text},
            },
            **until_of(inputs, subject.group.zone),
        }
