"""Follow-up of a decision: what is to be done is added, whoever owns it says how far it is, it is closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import lasting, lasting_letters, shapes, visible
from onevoice.decisions import lasting_wording as wording
from onevoice.decisions.models import FollowUp, FollowUpState
from onevoice.enact.act import Act, Facts, Refusal, Who, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, PartialDay
from onevoice.enact.perform import database_clock
from onevoice.groups.known import OFFICES
from onevoice.groups.roles import CHAIR, ORGANISATION, SECRETARIAT
from onevoice.groups.standing import members_now
from onevoice.parties.models import Organisation


def _owns(actor: Actor, subject: Any) -> bool:
    held = actor.offices.get(subject.body_id, frozenset())
    mine = (
        subject.organisation_id == actor.organisation if subject.organisation_id else subject.office in held
    )
    return mine and ORGANISATION.allows(actor, subject)


OWNER = Who("owner", _("whoever the follow-up belongs to, through its focal point or alternate"), _owns)


def _members(subject: Any) -> list[tuple[str, Any]]:
    """The members of the decision's body now, by acronym."""
    body = (subject.decision if isinstance(subject, FollowUp) else subject).body
    there = [one.slug for one in members_now(body, at=database_clock())]
    if isinstance(subject, FollowUp) and subject.organisation is not None:
        there.append(subject.organisation.slug)
    return [("", "—"), *shapes.named(there)]


class _Owned(Act, abstract=True):
    """Whose a follow-up is, and until when."""

    organisation = Choice(_("Which organisation does it"), _members, required=False)
    office = Choice(_("Or which office"), [("", "—"), *OFFICES.items()], required=False)
    until = PartialDay(
        _("Until when"), required=False, help=_("As far as it is known: 2027, 2027-03 or 2027-03-31.")
    )

    def owner(self) -> dict[str, Any]:
        """As it was chosen: an organisation or an office."""
        slug, office = self.inputs["organisation"], self.inputs["office"]
        if bool(slug) == bool(office):
            raise ValidationError({"organisation": wording.one_owner})
        return {"organisation": Organisation.objects.get(slug=slug) if slug else None, "office": office}


class AddFollowUp(_Owned):
    """Say what is to be done after a decision, by whom and until when."""

    on, by = visible.decisions, (CHAIR, SECRETARIAT)
    creates = True
    label = _("Add a follow-up")
    lede = _(
        "It stands on the desk of whoever it belongs to until it is closed. The group sees it with the decision."
    )
    done = _("The follow-up is added.")
    tells = (lasting_letters.owed,)
    what = LongText(_("What is to be done"), limit=1000)

    def happen(self, subject: Any) -> Facts:
        made = lasting.add_follow_up(
            subject, what=self.inputs["what"], due=self.inputs["until"], by=self.actor.organisation,
            at=self.received_at, **self.owner(),
        )  # fmt: skip
        return _facts(made, what=self.inputs["what"])


class _OnOne(Act, abstract=True):
    """An act on a follow-up that is not closed."""

    on = visible.follow_ups

    @classmethod
    def may(cls, actor: Actor, subject: FollowUp, *, now: datetime) -> Refusal | None:
        return None if subject.is_open else Refusal("closed_already", wording.closed_already)

    def goes_on(self, subject: FollowUp, said: str, **owed: Any) -> Facts:
        lasting.step(subject, said=said, by=self.actor.organisation, at=self.received_at, **owed)
        return _facts(subject, said=said)


class ReportProgress(_OnOne):
    """Say how far a follow-up is."""

    by = (OWNER, SECRETARIAT)
    label = _("Say how far it is")
    done = _("It is kept with the follow-up.")
    words = LongText(_("How far it is"), limit=5000)

    def happen(self, subject: Any) -> Facts:
        return self.goes_on(subject, self.inputs["words"], state=FollowUpState.ONGOING)


class CompleteFollowUp(_OnOne):
    """Say that what was to be done is done."""

    by, leads = (OWNER, SECRETARIAT), True
    label = _("Say that it is completed")
    lede = _("It leaves the desk. What was said of it stays with the decision.")
    done = _("The follow-up is completed.")
    words = LongText(_("What was done"), limit=5000)

    def happen(self, subject: Any) -> Facts:
        return self.goes_on(subject, self.inputs["words"], state=FollowUpState.COMPLETED)


class ChangeFollowUp(_Owned, _OnOne):
    """Give a follow-up to another owner, or another date."""

    by = (CHAIR, SECRETARIAT)
    label = _("Change owner or date")
    lede = _("What it was before stays with it.")
    done = _("The follow-up is changed.")
    tells = (lasting_letters.owed,)
    words = LongText(_("Why"), limit=2000, required=False)

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        slug = subject.organisation.slug if subject.organisation else ""
        return {"organisation": slug, "office": subject.office, "until": subject.due_written}

    def happen(self, subject: Any) -> Facts:
        return self.goes_on(subject, self.inputs["words"], due_written=self.inputs["until"], **self.owner())


class DiscontinueFollowUp(_OnOne):
    """Say that what was to be done is not pursued any more."""

    by, grave = (CHAIR, SECRETARIAT), True
    label = _("Discontinue it")
    lede = _("It leaves the desk without being completed. What was said of it, and why it ends, stays.")
    done = _("The follow-up is discontinued.")
    words = LongText(_("Why"), limit=2000)

    def happen(self, subject: Any) -> Facts:
        return self.goes_on(subject, self.inputs["words"], state=FollowUpState.DISCONTINUED)


def _facts(follow_up: FollowUp, **said: str) -> Facts:
    """For the record: which follow-up, how it stands; what was written stands behind a commitment."""
    return facts(
        follow_up,
        number=follow_up.decision.number,
        follow_up=follow_up.number,
        state=follow_up.state,
        owner=follow_up.organisation.slug if follow_up.organisation else follow_up.office,
        due=follow_up.due_written,
        personal=said,
    )
