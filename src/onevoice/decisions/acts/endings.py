"""How a procedure ends that silence alone does not end: absences are reported, it goes up, the next level decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.clock import role
from onevoice.decisions.acts.fields import unreached_members
from onevoice.decisions.models import Proposal
from onevoice.decisions.procedures import rules_of
from onevoice.decisions.under import UnderProcedure
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, LongText
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.procedure.events import Verdict
from onevoice.procedure.states import State

VERDICTS = [(Verdict.ADOPTED.value, _("adopted")), (Verdict.NOT_ADOPTED.value, _("not adopted"))]


class ReportAbsent(UnderProcedure):
    """Report members absent whom no notice reached, so that the others can decide."""

    by = (CHAIR, SECRETARIAT)
    what, grave = "absent", True
    offered_in = (State.RUNNING, State.HELD_UP, State.WAITING)
    label = _("Report members absent")
    lede = _("No notice reached them, and they have not acted. Their silence is then not counted.")
    done = _("The absence is reported.")
    members = Choices(_("Which members"), unreached_members, required=True)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return None if visible.holding(subject).unreached else Refusal("all_reached", wording.all_reached)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": role(actor, subject), "members": list(inputs["members"])}

    def told(self) -> dict[str, Any]:
        return {"members": list(self.inputs["members"])}


class PassToNextLevel(UnderProcedure):
    """Pass what is held up to the next level, which the rules name."""

    by = (CHAIR,)
    what, grave = "escalated", True
    offered_in = (State.HELD_UP, State.WITH_THE_CHAIR, State.TO_A_MEETING)
    label = _("Pass to the next level")
    lede = _("The level that the rules name decides then, and this body no longer.")
    done = _("The act was received.")
    tells = (letters.passed_on,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        named = isinstance(rules_of(subject.procedure.rules).outcome.next_level, str)
        return None if named else Refusal("no_next_level", wording.no_next_level)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {"by": "chair"}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": "chair"}


class EnterWhatWasDecided(UnderProcedure):
    """Enter what a meeting, or the next level, decided on a proposal that went to it."""

    by = (CHAIR, SECRETARIAT)
    what, leads = "settled", True
    offered_in = (State.TO_A_MEETING, State.NEXT_LEVEL)
    label = _("Enter what was decided")
    lede = _("A meeting or the next level has decided. An adopted text becomes a decision with its number.")
    done = _("The act was received.")
    verdict = Choice(_("What was decided"), VERDICTS)
    reasons = LongText(_("Where and how it was decided"), limit=2000)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"verdict": inputs["verdict"]}

    def told(self) -> dict[str, Any]:
        return {"verdict": self.inputs["verdict"]}

    def committed(self) -> dict[str, Any]:
        return {"reasons": self.inputs["reasons"]}
