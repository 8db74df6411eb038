"""What becomes of a proposal outside the room: its organisation withdraws it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible
from onevoice.decisions.models import Proposal, ProposalState, ProposalWithdrawal
from onevoice.decisions.steps import settle
from onevoice.decisions.wording import already_settled, not_the_proposer
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import LongText
from onevoice.groups.roles import ORGANISATION

OPEN = (ProposalState.TABLED, ProposalState.CALLED)


class WithdrawProposal(Act):
    """Take back a proposal that is not yet decided."""

    on, by = visible.proposals, (ORGANISATION,)
    label = _("Withdraw the proposal")
    lede = _(
        "The body is no longer asked to decide. The text stays readable for the group, marked as withdrawn."
    )
    done = _("The proposal is withdrawn.")
    grave, tells = True, (letters.withdrawn,)
    why = LongText(_("Why"), required=False, limit=2000)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if actor.organisation != subject.proposed_by_id:
            return Refusal("not_the_proposer", not_the_proposer)
        return None if subject.state in OPEN else already_settled(subject)

    def happen(self, subject: Any) -> Facts:
        settle(subject, ProposalState.WITHDRAWN)
        ProposalWithdrawal.objects.create(proposal=subject, at=self.received_at, why=self.inputs["why"])
        why = {"why": self.inputs["why"]}
        return facts(subject, personal=why, number=subject.number, text_hash=subject.text_hash)
