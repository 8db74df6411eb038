"""The sentences of decisions, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal

from .models import Objection, Proposal, ProposalState

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
HOW = {
    "consensus": _("by consensus"),
    "endorsed": _("endorsed"),
    "endorsement": _("endorsed"),
    "issued": _("issued"),
    "": "",
}
not_public_yet = _("Not public")
none_found = _("none found")

_settled = {
    ProposalState.ADOPTED: _("Proposal {number} was adopted already. Nothing has changed."),
    ProposalState.NOT_ADOPTED: _(
        "Proposal {number} was not adopted: the body has dealt with it. Nothing has changed."
    ),
    ProposalState.WITHDRAWN: _("Proposal {number} was withdrawn. Nothing has changed."),
}


def already_settled(proposal: Proposal) -> Refusal:
    """The proposal is no longer open."""
    return Refusal("settled", _settled[ProposalState(proposal.state)], number=proposal.number)


def consequence(proposal: Proposal, objections: Sequence[Objection]) -> str:
    """What becomes of a proposal: the first thing its page says."""
    say = _consequences[ProposalState(proposal.state)]
    if objections and proposal.state in (ProposalState.TABLED, ProposalState.CALLED):
        say = while_objected
    return str(say)


while_objected = _("An objection stands. While it does, the text cannot be adopted by consensus.")
_consequences = {
    ProposalState.TABLED: _("The text is before the body. The chair will ask whether any member objects."),
    ProposalState.CALLED: _(
        "The chair has asked whether any member objects. The text is adopted when the chair declares that nobody does."
    ),
    ProposalState.ADOPTED: _("No member objected. The text is a decision of the body."),
    ProposalState.NOT_ADOPTED: _(
        "A member objected, and the text was not adopted. It stays readable for the group."
    ),
    ProposalState.WITHDRAWN: _(
        "The organisation that proposed the text took it back. It stays readable for the group."
    ),
}

OWED = {
    ProposalState.TABLED: _("A proposal in the room. If your organisation agrees, you have nothing to do."),
    ProposalState.CALLED: _(
        "Objections are called for now. If your organisation agrees, you have nothing to do."
    ),
}
read_it = _("Read the proposal")
