"""What acts on a text before a meeting share: a text that was put in writing is not for them."""

from __future__ import annotations

from datetime import datetime

from onevoice.decisions.models import Proposal
from onevoice.enact.act import Act, Refusal
from onevoice.enact.actor import Actor
from onevoice.meetings import visible, wording


class BeforeAMeeting(Act, abstract=True):
    """An act on a text that stands under an agenda item."""

    on = visible.in_the_room

    @classmethod
    def refusal(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        allowed = any(who.allows(actor, subject) for who in cls.by)
        if allowed and not hasattr(subject, "proposed_under"):
            return Refusal("in_writing", wording.put_in_writing, number=subject.number)
        return super().refusal(actor, subject, now=now)
