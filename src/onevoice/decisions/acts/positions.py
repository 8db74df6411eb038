"""What a member says without blocking, and what it agrees to subject to confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, wording
from onevoice.decisions.acts.fields import paragraphs_of
from onevoice.decisions.models import Proposal
from onevoice.decisions.procedures import rules_of
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, LongText
from onevoice.groups.roles import MEMBER
from onevoice.procedure.rules import Position
from onevoice.procedure.states import State


def position_kinds(subject: Proposal) -> list[tuple[str, Any]]:
    """The positions that the rules know; all of them where the rules do not say."""
    known = rules_of(subject.procedure.rules).positions.kinds
    kinds = known if isinstance(known, tuple) else tuple(Position)
    return [(one.value, wording.POSITIONS[one]) for one in kinds]


class StatePosition(UnderProcedure):
    """State a position that does not block: it stands with the decision."""

    by = (MEMBER,)
    what = "stated"
    offered_in = tuple(one for one in State if one not in (State.NOT_STARTED, State.WITHDRAWN))
    label = _("State a position")
    lede = _("It blocks nothing. By the rules it may be attached to the decision.")
    done = _("Your position was received.")
    tells = (letters.stated,)
    position = Choice(_("Kind of position"), position_kinds)
    statement = LongText(_("What your organisation states"), limit=5000, required=False)
    paragraphs = Choices(_("Which paragraphs it is about"), paragraphs_of)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return None if position_kinds(subject) else Refusal("no_positions", wording.no_positions)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any] | None:
        kinds = position_kinds(subject)
        return {**member(actor), "position": kinds[0][0]} if kinds else None

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**member(actor), "position": inputs["position"], "paragraphs": list(inputs["paragraphs"])}

    def told(self) -> dict[str, Any]:
        return {"position": self.inputs["position"], "paragraphs": list(self.inputs["paragraphs"])}

    def committed(self) -> dict[str, Any]:
        return {"statement": self.inputs["statement"]}


class AgreeNow(UnderProcedure):
    """Say that one agrees, so that nobody reminds one."""

    by = (MEMBER,)
    what = "supported"
    label = _("Say that you agree")
    lede = _(
        "Whoever says so now is not reminded. Where the rules ask that some members speak for it, it counts."
    )
    done = _("Your agreement was received.")

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return member(actor)
