"""Letters about what becomes of a decision."""

from __future__ import annotations

from typing import Any

from onevoice.enact.act import Facts
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.notices.outbox import post_many
from onevoice.parties.accounts.invitations import recipients_of

from . import lasting_wording as wording
from .lasting import persons_owing
from .letters import tell_members
from .models import Decision, FollowUp, Proposal

LETTER = "decisions/letters/lasting.txt"


def announced(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the outcome is announced."""
    _of_outcome(performed, proposal, happened, wording.letter_announced)


def met(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the next meeting was held."""
    _of_outcome(performed, proposal, happened, wording.letter_met)


def reopened(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That somebody asks to take the matter up again."""
    _of_outcome(performed, proposal, happened, wording.letter_reopened)


def superseded(performed: Performed, decision: Decision, happened: Facts) -> None:
    """That another decision takes its place."""
    tell_members(performed, decision, LETTER, {"about": decision, "say": wording.letter_superseded})


def owed(performed: Performed, _subject: Any, happened: Facts) -> None:
    """To whoever owns a follow-up: what is to be done, and until when."""
    follow_up: FollowUp = happened.result
    context = {
        "about": follow_up.decision,
        "say": wording.letter_follow_up,
        "follow_up": follow_up,
        "performed": performed,
    }
    to = recipients_of(persons_owing(follow_up, at=performed.received_at), work=True)
    post_many(to, "work", LETTER, context, key_of(follow_up), group=follow_up.group)


def _of_outcome(performed: Performed, proposal: Proposal, happened: Facts, say: Any) -> None:
    if happened.values.get("counted", "counted") == "counted":
        tell_members(performed, proposal, LETTER, {"about": proposal, "say": say})
