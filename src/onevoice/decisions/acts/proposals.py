"""A proposal outside the room: it is put to a body in writing; its organisation withdraws it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible
from onevoice.decisions.models import Proposal, ProposalState, ProposalWithdrawal
from onevoice.decisions.starting import take_back
from onevoice.decisions.steps import paragraphs, propose, settle
from onevoice.decisions.wording import already_settled, not_the_proposer
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import LongText, ShortText, YesNo
from onevoice.groups import visible as groups
from onevoice.groups.roles import CHAIR, MEMBER, ORGANISATION, SECRETARIAT

OPEN = (ProposalState.TABLED, ProposalState.CALLED)


class ProposeInWriting(Act):
    """Put a text to a body outside a meeting: it is decided under the body's rules."""

    on, by = groups.bodies, (MEMBER, CHAIR, SECRETARIAT)
    label = _("Propose a text in writing")
    lede = _(
        "The text is frozen when you propose it. The chair or the secretariat then starts the body's procedure."
    )
    done = _("The text is proposed.")
    creates, tells = True, (letters.proposed_in_writing,)
    title = ShortText(_("Title"), limit=300)
    text = LongText(
        _("Text"), help=_("An empty line begins a new paragraph. Paragraphs are numbered for you.")
    )
    public = YesNo(_("Publish the decision when it is adopted"))

    def happen(self, subject: Any) -> Facts:
        proposal = propose(
            subject,
            title={"en": self.inputs["title"]},
            text=paragraphs(self.inputs["text"]),
            by=self.actor.organisation,
            person=self.actor.person,
            at=self.received_at,
            public=self.inputs["public"],
        )
        return facts(proposal, number=proposal.number, text_hash=proposal.text_hash)


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
        if hasattr(subject, "procedure"):
            return None if not visible.holding(subject).is_final else already_settled(subject)
        return None if subject.state in OPEN else already_settled(subject)

    def happen(self, subject: Any) -> Facts:
        if hasattr(subject, "procedure"):
            take_back(subject, actor=self.actor, at=self.received_at)
        else:
            settle(subject, ProposalState.WITHDRAWN)
        ProposalWithdrawal.objects.create(proposal=subject, at=self.received_at, why=self.inputs["why"])
        why = {"why": self.inputs["why"]}
        return facts(subject, personal=why, number=subject.number, text_hash=subject.text_hash)
