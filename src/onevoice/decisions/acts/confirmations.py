"""Ad referendum: an organisation agrees subject to confirmation, by its own second clock; then confirms or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import soon, to_come
from onevoice.decisions.models import Proposal
from onevoice.decisions.under import SPEAKING, UnderProcedure, member
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Day, LongText, TimeOfDay
from onevoice.groups.roles import MEMBER
from onevoice.procedure.events import AdReferendum
from onevoice.procedure.states import State


class AgreeAdReferendum(UnderProcedure):
    """Agree, subject to confirmation by one's headquarters until an instant of one's own."""

    by = (MEMBER,)
    what, offered_in = "ad referendum", SPEAKING
    label = _("Agree ad referendum")
    lede = _(
        "Your organisation agrees, and its headquarters confirms or refuses by the instant that you name. "
        "Without a word by then, it counts as confirmed."
    )
    done = _("Your agreement ad referendum was received.")
    tells = (letters.agreed_ad_referendum,)
    until_day = Day(_("Until: day"))
    until_time = TimeOfDay(_("Until: time"), help=_("In the seat's time zone."))

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {**member(actor), "until": soon(subject.group.zone)}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**member(actor), "until": str(to_come(inputs, "until", subject.group.zone))}

    def told(self) -> dict[str, Any]:
        return {"until": self.received.data["until"]}


class _Answering(UnderProcedure, abstract=True):
    """The answer of a headquarters; what comes after the second clock is kept, and does not count."""

    by = (MEMBER,)
    offered_in = (*SPEAKING, State.WAITING, State.TO_A_VOTE, State.VOTING, State.WITH_THE_CHAIR, State.NEXT_LEVEL,
                  State.TO_A_MEETING, State.AD_REFERENDUM)  # fmt: skip

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        agreed = any(
            isinstance(one, AdReferendum) and one.member == actor.organisation_key
            for one in visible.case(subject).events
        )
        return None if agreed else Refusal("not_ad_referendum", wording.not_ad_referendum)

    @classmethod
    def due(cls, subject: Proposal, *, now: datetime, actor: Actor) -> datetime | None:
        """The end of the organisation's own second clock."""
        own = visible.holding(subject).pending.get(actor.organisation_key)
        return own.at if own else None

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return member(actor)


class ConfirmAgreement(_Answering):
    """Confirm what one's organisation agreed ad referendum."""

    what, leads = "confirmed", True
    label = _("Confirm the agreement ad referendum")
    lede = _("Your headquarters agrees: your organisation's second clock ends with it.")
    done = _("Your confirmation was received.")
    tells = (letters.confirmed,)


class RefuseAgreement(_Answering):
    """Say that one's headquarters does not agree: an objection, also to what was adopted ad referendum."""

    what, grave = "refused", True
    label = _("Refuse after agreeing ad referendum")
    lede = _(
        "Your headquarters does not agree: that is an objection. "
        "A text that was adopted ad referendum is then not adopted, or the chair judges, as the rules say."
    )
    done = _("Your objection counts.")
    tells = (letters.refused,)
    reason = LongText(_("What your organisation cannot accept, and why"), limit=5000, required=False)

    def committed(self) -> dict[str, Any]:
        return {"reason": self.inputs.get("reason", "")}
