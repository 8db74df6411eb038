"""After a new text: an organisation renews its objection with one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import own_objections
from onevoice.decisions.models import Proposal
from onevoice.decisions.since import own_objection
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.groups.roles import MEMBER


class RenewObjection(UnderProcedure):
    """Object to the new text with the words of one's objection to the earlier one."""

    by = (MEMBER,)
    what, grave = "objected", True
    label = _("Renew your objection")
    lede = _("What your organisation said of the earlier text holds for this one too. It counts at once.")
    done = _("Your objection counts.")
    tells = (letters.broken,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        made = own_objection(visible.case(subject), visible.holding(subject), actor.organisation_key)
        if made is None or own_objections(subject, actor):
            return Refusal("nothing_to_renew", wording.nothing_to_renew)
        return None

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        made = own_objection(visible.case(subject), visible.holding(subject), actor.organisation_key)
        assert made is not None
        now = visible.text_now(subject)
        there = [one for one in made.paragraphs if one in {paragraph["id"] for paragraph in now.text}]
        said = {"reasons": made.reasons, "wording": made.wording, "paragraphs": there}
        return {**member(actor), **said, "text": now.text_hash}

    def committed(self) -> dict[str, Any]:
        return {"reason": self.received.data["reasons"], "wording": self.received.data["wording"]}
