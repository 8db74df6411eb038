"""After an outcome: it is announced, the next meeting is held, somebody asks to take the matter up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import lasting, lasting_letters, visible
from onevoice.decisions import lasting_wording as wording
from onevoice.decisions.acts.clock import role
from onevoice.decisions.models import Proposal
from onevoice.decisions.procedures import rules_of
from onevoice.decisions.under import UnderProcedure, member
from onevoice.enact.act import Facts, Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import LongText, ShortText, YesNo
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.procedure.rules import Role
from onevoice.procedure.states import State

DECIDED = (State.ADOPTED, State.AD_REFERENDUM, State.NOT_ADOPTED)


class _AfterOutcome(UnderProcedure, abstract=True):
    """What follows an outcome; from when the decision holds may depend on it."""

    offered_in = DECIDED

    def happen(self, subject: Any) -> Facts:
        happened = super().happen(subject)
        if (decision := getattr(subject, "decision", None)) is not None:
            lasting.takes_effect(decision, visible.holding(subject))
        return happened


class AnnounceOutcome(_AfterOutcome):
    """Announce the outcome of a procedure to the body."""

    by, what = (CHAIR, SECRETARIAT), "announced"
    label = _("Announce the outcome")
    lede = _("The members are told. Where the rules say so, the decision holds from this instant on.")
    done = _("The outcome is announced.")
    tells = (lasting_letters.announced,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        gone = visible.holding(subject).announced is not None
        return Refusal("announced_already", wording.announced_already) if gone else None

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": role(actor, subject)}


class EnterNextMeeting(_AfterOutcome):
    """Enter that the next meeting was held, and what it did with the outcome."""

    by, what = (CHAIR, SECRETARIAT), "met"
    label = _("Enter that the next meeting was held")
    lede = _(
        "The outcome was before it, as the rules ask. Where they say so, the decision holds from now on."
    )
    done = _("It is entered that the next meeting was held.")
    tells = (lasting_letters.met,)
    meeting = ShortText(_("Which meeting"), limit=200)
    noted = LongText(_("What it did"), limit=2000, required=False, help=_("It took note, for example."))

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        gone = visible.holding(subject).met is not None
        return Refusal("met_already", wording.met_already) if gone else None

    def committed(self) -> dict[str, Any]:
        return {"meeting": self.inputs["meeting"], "noted": self.inputs["noted"]}


def _reopens(actor: Actor, subject: Proposal) -> dict[str, Any] | None:
    """In which role somebody may ask to take the matter up again by the rules; the chair's first."""
    by = rules_of(subject.procedure.rules).outcome.reopened_by
    if not isinstance(by, tuple):
        return None
    for who, as_ in ((CHAIR, Role.CHAIR), (SECRETARIAT, Role.SECRETARIAT)):
        if as_ in by and who.allows(actor, subject):
            return {"by": as_.value}
    return {"member": actor.organisation_key} if Role.MEMBER in by and MEMBER.allows(actor, subject) else None


class ReopenMatter(_AfterOutcome):
    """Ask that the body takes a matter up again; what was decided holds until another decision supersedes it."""

    by, what = (MEMBER, CHAIR, SECRETARIAT), "reopened"
    offered_in = (State.ADOPTED, State.NOT_ADOPTED)
    label = _("Ask to take the matter up again")
    lede = _("What was decided holds until another decision takes its place. The members are told.")
    done = _("It is asked that the matter is taken up again.")
    grave, tells = True, (lasting_letters.reopened,)
    new = YesNo(_("There is new information"))
    reasons = LongText(_("What is new, and why the body should look again"), limit=5000)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if not isinstance(rules_of(subject.procedure.rules).outcome.reopened_by, tuple):
            return Refusal("no_reopening", wording.no_reopening)
        allowed = _reopens(actor, subject) is not None
        return None if allowed else Refusal("not_yours_to_reopen", wording.not_yours_to_reopen)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        if rules_of(subject.procedure.rules).outcome.new_information is True and not inputs["new"]:
            raise Refusal("new_information", wording.new_information_first)
        return {**(_reopens(actor, subject) or member(actor)), "new_information": inputs["new"]}

    def told(self) -> dict[str, Any]:
        return {"new_information": self.inputs["new"]}

    def committed(self) -> dict[str, Any]:
        return {"reasons": self.inputs["reasons"]}
