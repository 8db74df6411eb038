"""Silence: it is started, broken, an objection is joined, completed, taken back, entered for another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible, wording
from onevoice.decisions.acts.fields import (
    InForce,
    adopted_calendars,
    adopted_rules,
    entered_objections,
    members_of_roster,
    own_objections,
    paragraphs_of,
    standing_objections,
    until_of,
    written,
)
from onevoice.decisions.models import Proposal, ProposalState
from onevoice.decisions.procedures import rules_of
from onevoice.decisions.starting import begin
from onevoice.decisions.steps import languages_of
from onevoice.decisions.under import UnderProcedure, member
from onevoice.decisions.wording import already_settled
from onevoice.enact.act import Act, Facts, Refusal, Said, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import (
    Choice,
    Choices,
    Day,
    LongText,
    Number,
    OneOf,
    OwnChoice,
    ShortText,
    TimeOfDay,
    YesNo,
)
from onevoice.enact.perform import database_clock
from onevoice.groups.acts.people import MESSAGE, MESSAGE_HELP
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.procedure.instants import Announced
from onevoice.procedure.states import Judgement, State

UNITS = [("working_days", _("working days")), ("days", _("days")), ("hours", _("hours"))]
LONGEST_REASON = 5000
A_MINUTE = timedelta(minutes=1)


class StartSilence(Act):
    """Start the procedure of the body's rules: from here on its clock runs, and silence means what the rules say."""

    on, by = visible.proposals, (CHAIR, SECRETARIAT)
    leads = True
    label = _("Start the silence procedure")
    lede = _(
        "From now on the clock runs. The text is locked; the members of this moment decide; they are all told at once."
    )
    done = _("The silence procedure runs. The members are told.")
    tells = (letters.started,)
    rules = InForce(_("By which rules"), adopted_rules, str)
    calendar = OneOf(_("Whose working days"), adopted_calendars, str, required=False)
    number = Number(
        _("How long"),
        low=1,
        high=366,
        required=False,
        help=_("Empty for an exact end, or the shortest time."),
    )
    unit = Choice(_("Counted in"), UNITS, required=False)
    until_day = Day(_("Or until: day"), required=False)
    until_time = TimeOfDay(_("Or until: time"), required=False, help=_("In the seat's time zone."))
    kind = ShortText(_("Kind of decision"), limit=60, required=False, help=_("As the rules name it."))
    consulted = YesNo(_("Those whom the rules name were consulted"))
    agreed = YesNo(_("The group agreed in a meeting to use this procedure"))
    complete = YesNo(_("The text is complete, with its annexes"))
    dates = YesNo(_("I have looked at the dates of the calendar, where it is provisional"))

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if subject.state not in (ProposalState.TABLED, ProposalState.CALLED):
            return already_settled(subject)
        return None if subject.body.rules.exists() else Refusal("no_rules", wording.no_rules)

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return {"unit": "working_days"}

    def happen(self, subject: Any) -> Facts:
        chosen = self.inputs["rules"]
        began = begin(
            subject,
            rules=chosen,
            calendar=self.inputs["calendar"],
            dates_seen=self.inputs["dates"],
            at=self.received_at,
            actor=self.actor,
            data={
                "by": "chair" if CHAIR.allows(self.actor, subject) else "secretariat",
                "kind": self.inputs["kind"] or _usual_kind(chosen),
                "languages": languages_of(subject),
                "consulted": self.inputs["consulted"],
                "agreed": self.inputs["agreed"],
                "complete": self.inputs["complete"],
                **until_of(self.inputs, subject.group.zone, rules_of(chosen)),
            },
        )
        return facts(
            subject,
            number=subject.number,
            text_hash=subject.text_hash,
            rules=chosen.hash,
            calendar=self.inputs["calendar"].hash if self.inputs["calendar"] else "",
            ends_at=began.end.at if began.end else "",
            zone=subject.group.zone,
            members=sorted(began.entitled),
        )


def _usual_kind(adopted: Any) -> str:
    kinds = rules_of(adopted).scope.kinds
    return kinds[0] if isinstance(kinds, tuple) and kinds else ""


class _Objecting(UnderProcedure, abstract=True):
    """What an objection holds; all of it may be left out: it counts at once, and the rest may follow."""

    paragraphs = Choices(_("Which paragraphs it is about"), paragraphs_of)
    reason = LongText(
        _("What your organisation cannot accept, and why"), limit=LONGEST_REASON, required=False
    )
    wording = LongText(_("The change that would remove this objection"), limit=LONGEST_REASON, required=False)

    def committed(self) -> dict[str, Any]:
        return {"reason": self.inputs.get("reason", ""), "wording": self.inputs.get("wording", "")}

    def told(self) -> dict[str, Any]:
        return {"paragraphs": list(self.inputs.get("paragraphs", []))}


def _content(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, as the event holds it."""
    return {
        "reasons": inputs.get("reason", ""),
        "paragraphs": list(inputs.get("paragraphs", [])),
        "wording": inputs.get("wording", ""),
    }


class BreakSilence(_Objecting):
    """Object before the deadline; what follows is for the body's rules to say."""

    by = (MEMBER,)
    what, stands_incomplete, grave = "objected", True, True
    label = _("Object, and break the silence")
    lede = _(
        "Your objection counts from the second in which it is received, even if something is missing: that may follow."
    )
    done = _("Your objection counts.")
    tells = (letters.broken,)
    text = ShortText(_("Text"), required=False, widget=forms.HiddenInput, limit=64)

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return {"text": visible.text_now(subject).text_hash}

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return member(actor)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        seen = {"text": inputs["text"]} if inputs.get("text") else {}
        return {**member(actor), **_content(inputs), **seen}


class EnterObjection(_Objecting):
    """Enter an objection that a member made by mail or telephone: it counts from when the message came."""

    by = (CHAIR, SECRETARIAT)
    what, stands_incomplete, grave, for_others = "objected", False, True, True
    label = _("Enter an objection that came by mail")
    lede = _("It stands for that organisation, which is told at once, and may strike or complete it.")
    done = _("The objection is entered.")
    tells = (letters.entered, letters.broken, letters.entered_after_the_close)
    organisation = Choice(_("Which member objected"), members_of_roster)
    came_day = Day(_("When the message came: day"))
    came_time = TimeOfDay(_("When the message came: time"), help=_("In the seat's time zone."))
    message = LongText(MESSAGE, help=MESSAGE_HELP, limit=5000)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        came = written(inputs, "came", subject.group.zone)
        if came.at > database_clock():
            raise Refusal("came_in_the_future", wording.came_in_the_future)
        if came.at < visible.case(subject).events[0].at - A_MINUTE:  # the form asks for no seconds
            raise Refusal("came_before_the_start", wording.came_before_the_start)
        came = Announced(max(came.at, visible.case(subject).events[0].at), came.zone)
        return {"member": inputs["organisation"], "came": str(came), **_content(inputs)}

    @classmethod
    def said(cls, happened: Mapping[str, Any]) -> Said:
        """What was entered after a decision does not overturn it, whenever it came."""
        if happened.get("counted") == Judgement.LATE.value:
            return Said(wording.entered_after_the_close, wording.who_may_reopen, counts=False)
        return super().said(happened)

    def told(self) -> dict[str, Any]:
        return {**super().told(), "objector": self.inputs["organisation"], "came": self.received.data["came"]}

    def committed(self) -> dict[str, Any]:
        return {**super().committed(), "message": self.inputs["message"]}


def _has_none_of_its_own(actor: Actor, subject: Proposal) -> Refusal | None:
    """What is done to one's own objection needs one that stands."""
    if own_objections(subject, actor):
        return None
    return Refusal("no_own_objection", wording.no_own_objection)


def _about_one(actor: Actor, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Whose act it is, and which objection it is about."""
    return {**member(actor), "objection": inputs["objection"]}


def _about_own(actor: Actor, subject: Proposal) -> dict[str, Any]:
    """The same of one of its own, whichever stands."""
    return {**member(actor), "objection": own_objections(subject, actor)[-1][0]}


class JoinObjection(UnderProcedure):
    """Make another member's objection one's own."""

    by = (MEMBER,)
    what, grave = "joined", True
    label = _("Join an objection")
    lede = _("The objection is then yours too, and stands until you take it back.")
    done = _("You have joined the objection.")
    tells = (letters.joined,)
    objection = OwnChoice(_("Which objection"), standing_objections)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return None if standing_objections(subject) else Refusal("no_objection", wording.no_objection_stands)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {**member(actor), "objection": standing_objections(subject)[0][0]}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return _about_one(actor, inputs)


class CompleteObjection(_Objecting):
    """Add what an objection still owes: its reasons, the paragraphs, the wording."""

    by = (MEMBER,)
    what = "completed"
    label = _("Complete your objection")
    done = _("Your objection is completed.")
    tells = (letters.completed,)
    objection = OwnChoice(_("Which objection"), own_objections)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return _has_none_of_its_own(actor, subject)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return _about_own(actor, subject)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**_about_one(actor, inputs), **_content(inputs)}


class StrikeObjection(UnderProcedure):
    """Strike an objection that was entered in one's name: it is not one's own."""

    by = (MEMBER,)
    what = "struck"
    offered_in = (
        *UnderProcedure.offered_in,
        State.TO_A_VOTE,
        State.WITH_THE_CHAIR,
        State.TO_A_MEETING,
        State.NEXT_LEVEL,
    )
    label = _("Strike an objection entered for you")
    lede = _("It was entered in your organisation's name, and is not its own. It blocks nothing from now on.")
    done = _("The objection is struck.")
    tells = (letters.struck,)
    objection = OwnChoice(_("Which objection"), entered_objections)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        entered = entered_objections(subject, actor)
        return None if entered else Refusal("none_entered", wording.no_objection_entered)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return {**member(actor), "objection": entered_objections(subject, actor)[-1][0]}

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return _about_one(actor, inputs)


class WithdrawObjection(UnderProcedure):
    """Take back one's objection, where the rules allow it."""

    by = (MEMBER,)
    what = "withdrew"
    label = _("Take back your objection")
    lede = _("When no objection stands any more, the clock runs on as the rules say.")
    done = _("Your objection is taken back.")
    tells = (letters.taken_back,)
    objection = OwnChoice(_("Which objection"), own_objections)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return _has_none_of_its_own(actor, subject)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any]:
        return _about_own(actor, subject)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return _about_one(actor, inputs)
