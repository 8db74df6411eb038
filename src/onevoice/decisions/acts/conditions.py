"""Agreement on condition: a paragraph must read so in the end. The final text is checked against it by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import paragraphs_of
from onevoice.decisions.models import Proposal
from onevoice.decisions.under import SPEAKING, UnderProcedure, member
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText
from onevoice.groups.roles import MEMBER


def own_conditions(actor: Actor, subject: Proposal) -> dict[str, str]:
    """Paragraphs and words that the organisation's agreement depends on, now."""
    return dict(visible.holding(subject).conditions.get(actor.organisation_key, {}))


class AgreeOnCondition(UnderProcedure):
    """Agree, if a paragraph reads so in the end; paragraphs that were named before stay named."""

    by = (MEMBER,)
    what, offered_in = "conditional", SPEAKING
    label = _("Agree on condition")
    lede = _(
        "Name a paragraph and the exact words that must stand there in the end; for another paragraph do it again. "
        "If the final text reads otherwise, your condition counts as an objection."
    )
    done = _("Your condition was received.")
    tells = (letters.agreed_on_condition,)
    paragraph = Choice(_("Which paragraph"), paragraphs_of)
    words = LongText(_("The words that must stand there"), limit=5000)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {**member(actor), "paragraphs": {}}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        named = {inputs["paragraph"]: " ".join(inputs["words"].split())}  # as paragraphs of a text are kept
        return {**member(actor), "paragraphs": {**own_conditions(actor, subject), **named}}

    def told(self) -> dict[str, Any]:
        return {"paragraph": self.inputs["paragraph"]}

    def committed(self) -> dict[str, Any]:
        return {"words": self.inputs["words"]}


class TakeBackCondition(UnderProcedure):
    """Take one's condition back: the organisation agrees without it, or objects by another act."""

    by = (MEMBER,)
    what, offered_in = "conditional", SPEAKING
    label = _("Take back your condition")
    lede = _("All that your organisation's agreement depended on is taken back.")
    done = _("Your condition is taken back.")
    tells = (letters.condition_taken_back,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return None if own_conditions(actor, subject) else Refusal("no_condition", wording.no_condition)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return cls.data(actor, subject, {})

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**member(actor), "paragraphs": {}}
