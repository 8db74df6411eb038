"""The chair puts the text to the meeting, and judges, with reasons: the whole, or one objection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import members_of_roster, standing_objections
from onevoice.decisions.models import Proposal
from onevoice.decisions.procedures import rules_of
from onevoice.decisions.under import UnderProcedure
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, LongText, OwnChoice
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.procedure.events import Verdict
from onevoice.procedure.rules import Basis, Of, Override, Silent
from onevoice.procedure.states import State

OF_THE_WHOLE = (Verdict.CONSENSUS, Verdict.DISSENT, Verdict.NO_CONSENSUS)
OF_ONE = (Verdict.SET_ASIDE, Verdict.SUSTAINED)


def overrides(subject: Proposal) -> tuple[Override, ...]:
    """How the rules let an objection be passed over."""
    found = rules_of(subject.procedure.rules).outcome.override
    return () if isinstance(found, Silent) else found


def verdicts(subject: Proposal) -> list[tuple[str, Any]]:
    """What the chair may find of the whole, by the rules."""
    known = [
        one for one in OF_THE_WHOLE if one is not Verdict.DISSENT or Override.DISSENT in overrides(subject)
    ]
    return [(one.value, wording.VERDICTS[one]) for one in known]


def passing_over(subject: Proposal) -> list[tuple[str, Any]]:
    """Nobody's objection is passed over; or, where the rules know it, that of one member, or of two."""
    known = [one for one in overrides(subject) if one in wording.OVERRIDES]
    return [("", _("no objection is passed over")), *((one.value, wording.OVERRIDES[one]) for one in known)]


class _Judging(UnderProcedure, abstract=True):
    """A finding of the chair. Its reasons are for everybody who decides, and stand in the record."""

    by = (CHAIR,)
    what = "judged"
    reasons = LongText(_("Your reasons"), limit=5000, help=_("Everybody who decides reads them."))

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        named = {"objection": inputs["objection"]} if "objection" in inputs else {}
        return {"by": "chair", "verdict": inputs["verdict"], "reasons": inputs["reasons"], **named}

    def told(self) -> dict[str, Any]:
        return {"verdict": self.inputs["verdict"]}

    def committed(self) -> dict[str, Any]:
        return {"reasons": self.inputs["reasons"]}


class JudgeConsensus(_Judging):
    """Judge, with reasons, whether there is consensus."""

    leads = True
    offered_in = (State.WITH_THE_CHAIR, State.OPEN)
    label = _("Judge whether there is consensus")
    lede = _("What you find ends the procedure, or passes it on, as the rules say.")
    done = _("Your finding was received.")
    tells = (letters.judged,)
    verdict = Choice(_("What you find"), verdicts)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {"by": "chair", "verdict": Verdict.NO_CONSENSUS.value, "reasons": "-"}


class JudgeObjection(_Judging):
    """Judge, with reasons, one objection: it is sustained, or set aside."""

    offered_in = tuple(one for one in State if one not in (State.NOT_STARTED, State.WITHDRAWN))
    label = _("Judge an objection")
    lede = _("An objection that is set aside stands in the record, and blocks nothing.")
    done = _("Your finding was received.")
    tells = (letters.objection_judged,)
    objection = OwnChoice(_("Which objection"), standing_objections)
    verdict = Choice(_("What you find"), [(one.value, wording.VERDICTS[one]) for one in OF_ONE])

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        stands = visible.holding(subject).standing
        return None if stands else Refusal("no_objection", wording.no_objection_to_judge)

    @classmethod
    def offered(cls, actor: Actor, subject: Proposal, *, now: datetime) -> bool:
        """Where the rules let the chair set aside one of those that stand, at least."""
        finding = {"by": "chair", "verdict": Verdict.SET_ASIDE.value, "reasons": "-"}
        return any(
            visible.would_count(subject, cls.what, {**finding, "objection": one.objection})
            for one in visible.holding(subject).standing
        )


class PutToMeeting(UnderProcedure):
    """Put the text to the meeting: it comes to a decision at once, by the rules."""

    by = (CHAIR,)
    what, leads = "put", True
    offered_in = (State.OPEN, State.HELD_UP)
    label = _("Put the text to the meeting")
    lede = _("It is decided at this instant by the objections that stand: adopted where none blocks.")
    done = _("The text was put to the meeting.")
    tells = (letters.put,)
    override = Choice(_("Where the rules allow it"), passing_over, required=False)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {"by": "chair"}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": "chair", **({"override": inputs["override"]} if inputs.get("override") else {})}

    def told(self) -> dict[str, Any]:
        return {"override": self.inputs.get("override", "")}


class EnterPresent(UnderProcedure):
    """Enter which members are in the room, where the rules reckon with those present."""

    by = (CHAIR, SECRETARIAT)
    what = "present"
    label = _("Enter who is in the room")
    lede = _("The rules reckon with the members present. From now on it is these.")
    done = _("Who is in the room is entered.")
    members = Choices(_("Which members"), members_of_roster, required=True)

    @classmethod
    def offered(cls, actor: Actor, subject: Proposal, *, now: datetime) -> bool:
        rules, state = visible.case(subject).rules, visible.holding(subject).state
        shares = [rules.blocking.of, None if isinstance(rules.ballot, Silent) else rules.ballot.of]
        matters = rules.voice.basis is Basis.PRESENT or Of.PRESENT in shares
        return matters and state in (*cls.offered_in, State.TO_A_VOTE, State.VOTING)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"members": list(inputs["members"])}

    def told(self) -> dict[str, Any]:
        return {"members": list(self.inputs["members"])}
