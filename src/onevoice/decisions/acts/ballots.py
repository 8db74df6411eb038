"""Ballots: one is opened until an instant, members vote, and the last vote of each counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, wording
from onevoice.decisions.acts.clock import role
from onevoice.decisions.acts.fields import soon, to_come
from onevoice.decisions.models import Proposal
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Day, TimeOfDay
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.procedure.states import State


class OpenBallot(UnderProcedure):
    """Open a ballot on a text that goes to a vote, until an instant."""

    by = (CHAIR, SECRETARIAT)
    what, leads = "ballot", True
    offered_in = (State.TO_A_VOTE,)
    label = _("Open a ballot")
    lede = _(
        "Members vote until the instant that you name. What decides then is the share that the rules ask for."
    )
    done = _("The ballot is open. The members are told.")
    tells = (letters.ballot_opened,)
    until_day = Day(_("Until: day"))
    until_time = TimeOfDay(_("Until: time"), help=_("In the seat's time zone."))

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {"by": role(actor, subject), "until": soon(subject.group.zone)}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": role(actor, subject), "until": str(to_come(inputs, "until", subject.group.zone))}

    def told(self) -> dict[str, Any]:
        return {"until": self.received.data["until"]}


class CastVote(UnderProcedure):
    """Vote in a ballot; until it ends one may vote again, and the last vote counts."""

    by = (MEMBER,)
    what, leads = "voted", True
    offered_in = (State.VOTING,)
    label = _("Vote")
    lede = _("Until the ballot ends you may vote again: your last vote counts.")
    done = _("Your vote was received.")
    vote = Choice(_("Your vote"), [(one.value, say) for one, say in wording.VOTES.items()])

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {**member(actor), "vote": "abstain"}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**member(actor), "vote": inputs["vote"]}

    def committed(self) -> dict[str, Any]:
        return {"vote": self.inputs["vote"]}
