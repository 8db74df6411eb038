"""The sentences of decisions, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal

from .models import Proposal, ProposalState

not_the_proposer = _("Only the organisation that made this proposal can withdraw it. Nothing has changed.")
already_public = _("This decision is public already. Nothing has changed.")
not_public = _("This decision is not public. Nothing has changed.")

STATES = {
    ProposalState.TABLED: _("Tabled"),
    ProposalState.CALLED: _("Objections called for"),
    ProposalState.ADOPTED: _("Adopted"),
    ProposalState.NOT_ADOPTED: _("Not adopted"),
    ProposalState.WITHDRAWN: _("Withdrawn"),
}
MARKS = {
    ProposalState.TABLED: "waiting",
    ProposalState.CALLED: "running",
    ProposalState.ADOPTED: "done",
    ProposalState.NOT_ADOPTED: "stopped",
    ProposalState.WITHDRAWN: "waiting",
}
HOW = {"consensus": _("by consensus"), "": ""}

_settled = {
    ProposalState.ADOPTED: _("Proposal {number} was adopted already. Nothing has changed."),
    ProposalState.NOT_ADOPTED: _("Proposal {number} was not adopted: the body has dealt with it. Nothing has changed."),
    ProposalState.WITHDRAWN: _("Proposal {number} was withdrawn. Nothing has changed."),
}


def already_settled(proposal: Proposal) -> Refusal:
    """The proposal is no longer open."""
    return Refusal("settled", _settled[ProposalState(proposal.state)], number=proposal.number)
