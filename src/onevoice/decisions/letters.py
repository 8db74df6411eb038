"""Letters about a proposal or a decision outside the room: the members of the body, who were told of it, are told.

Written in the act's transaction, sent after it; in a fixed number of queries, however large the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onevoice.enact.act import Facts
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.groups.standing import who_acts
from onevoice.notices.outbox import post_many
from onevoice.parties.accounts.invitations import recipients_of

from .models import Decision, Proposal


def withdrawn(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the body is no longer asked to decide."""
    why = happened.personal["why"]
    tell_members(performed, proposal, "decisions/letters/withdrawn.txt", {"proposal": proposal, "why": why})


def published(performed: Performed, decision: Decision, happened: Facts) -> None:
    """That everybody may read what the body decided."""
    tell_members(performed, decision, "decisions/letters/published.txt", {"decision": decision})


def unpublished(performed: Performed, decision: Decision, happened: Facts) -> None:
    """That what the body decided was taken from the public site, and why."""
    why = happened.personal["why"]
    tell_members(performed, decision, "decisions/letters/unpublished.txt", {"decision": decision, "why": why})


def tell_members(performed: Performed, about: Any, template: str, context: Mapping[str, Any]) -> None:
    """One letter to everybody who acts for a member of the body, unless letters about work are switched off."""
    members = who_acts(about.body, at=performed.received_at)
    context = {**context, "performed": performed}
    post_many(recipients_of(members, work=True), "work", template, context, key_of(about), group=about.group)
