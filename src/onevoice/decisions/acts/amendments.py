"""Other wording for a paragraph: an objection, or none, by the body's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import paragraphs_of
from onevoice.decisions.models import Proposal
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.act import Sentence
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, ShortText
from onevoice.groups.roles import MEMBER


class OfferWording(UnderProcedure):
    """Offer other wording for a paragraph."""

    by = (MEMBER,)
    what, grave = "amended", True
    label = _("Offer other wording")
    lede = _("Pick a paragraph and write how it should read. The chair may take it into a new text.")
    done = _("The wording that you offer was received.")
    tells = (letters.amended,)
    paragraph = Choice(_("Which paragraph"), paragraphs_of)
    wording = LongText(_("How it should read"), limit=5000)
    reason = LongText(_("Why"), limit=5000, required=False)
    text = ShortText(_("Text"), required=False, widget=forms.HiddenInput, limit=64)

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return {"text": visible.text_now(subject).text_hash}

    @classmethod
    def warns(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Sentence:
        """What it does by the rules, before it is sent."""
        counts = visible.case(subject).rules.objection.amendment_counts is True
        by_rule = wording.wording_objects if counts else wording.wording_blocks_nothing
        return super().warns(actor, subject, now=now) or by_rule

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        seen = {"text": inputs["text"]} if inputs.get("text") else {}
        said = {"reasons": inputs.get("reason", ""), "wording": inputs.get("wording", "")}
        picked = [inputs["paragraph"]] if inputs.get("paragraph") else []
        return {**member(actor), **said, "paragraphs": picked, **seen}

    def told(self) -> dict[str, Any]:
        return {"paragraph": self.inputs.get("paragraph", "")}

    def committed(self) -> dict[str, Any]:
        return {"wording": self.inputs.get("wording", ""), "reason": self.inputs.get("reason", "")}
