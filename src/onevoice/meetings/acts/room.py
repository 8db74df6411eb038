"""Taking a decision in the room: propose, call for objections, adopt or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions.models import CallForObjections as Call
from onevoice.decisions.models import Objection, ObjectionTakenBack, Proposal, ProposalState
from onevoice.decisions.steps import adopt, keys, paragraphs, propose, settle
from onevoice.decisions.visible import ROSTER
from onevoice.decisions.wording import already_settled, no_own_objection
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, ShortText, YesNo
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.meetings import letters, visible, wording
from onevoice.meetings.acts.before_a_meeting import BeforeAMeeting
from onevoice.meetings.models import AgendaItem, ProposedUnder, TakenAt
from onevoice.meetings.steps import quorum
from onevoice.parties.models import Organisation


def meeting_of(proposal: Proposal) -> Any:
    return proposal.proposed_under.item.meeting


class ProposeText(Act):
    """Put a text to the body under an agenda item."""

    on, by = visible.agenda, (MEMBER, CHAIR, SECRETARIAT)
    label = _("Propose a text")
    lede = _("The text is frozen when you propose it: the body decides on these words and no others.")
    done = _("The text is proposed.")
    creates, tells = True, (letters.proposed,)
    title = ShortText(_("Title"), limit=300)
    text = LongText(
        _("Text"), help=_("An empty line begins a new paragraph. Paragraphs are numbered for you.")
    )
    public = YesNo(_("Publish the decision when it is adopted"))

    @classmethod
    def may(cls, actor: Actor, subject: AgendaItem, *, now: datetime) -> Refusal | None:
        if subject.meeting.body_id is None:
            return wording.no_body
        return wording.too_long_over(subject.meeting, now=now)

    def happen(self, subject: Any) -> Facts:
        proposal = propose(
            subject.meeting.body,
            title={"en": self.inputs["title"]},
            text=paragraphs(self.inputs["text"]),
            by=self.actor.organisation,
            person=self.actor.person,
            at=self.received_at,
            public=self.inputs["public"],
        )
        ProposedUnder.objects.create(item=subject, proposal=proposal)
        return facts(proposal, number=proposal.number, text_hash=proposal.text_hash, item=subject.number)


class CallForObjections(BeforeAMeeting):
    """Ask the room whether any member objects."""

    by = (CHAIR,)
    leads = True
    label = _("Call for objections")
    lede = _(
        "You ask the room whether any member objects to this text. Who is present now is kept with the call."
    )
    done = _(
        "Objections are called for. Declare the text adopted when nobody objects, or record the objection."
    )

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if subject.state != ProposalState.TABLED:
            return already_called(subject)
        return _not_in_order(meeting_of(subject), now=now)

    def happen(self, subject: Any) -> Facts:
        there = quorum(meeting_of(subject), at=self.received_at)
        Call.objects.create(
            proposal=subject, at=self.received_at, by_id=self.actor.organisation, present=keys(there.present)
        )
        settle(subject, ProposalState.CALLED)
        return facts(
            subject,
            number=subject.number,
            text_hash=subject.text_hash,
            present=keys(there.present),
            members=keys(there.members),
        )


def _not_in_order(meeting: Any, *, now: datetime) -> Refusal | None:
    """Why the room cannot decide now: the meeting is not in session, or there is no quorum."""
    if (refusal := wording.not_in_session(meeting, now=now)) is not None:
        return refusal
    there = quorum(meeting, at=now)
    return None if there.reached else wording.no_quorum(there)


def already_called(proposal: Proposal) -> Refusal:
    return wording.called_already if proposal.state == ProposalState.CALLED else already_settled(proposal)


def _open(proposal: Proposal) -> Refusal | None:
    return (
        None if proposal.state in (ProposalState.TABLED, ProposalState.CALLED) else already_settled(proposal)
    )


OBJECTED_ALREADY = _("Your organisation has objected already. Nothing has changed.")


def _objected_already(actor: Actor, proposal: Proposal) -> Refusal | None:
    return Refusal("objects_once", OBJECTED_ALREADY) if _own(actor, proposal) else None


def _standing(proposal: Proposal) -> list[Objection]:
    """The objections that no organisation has taken back."""
    rows = proposal.objections.select_related("organisation", "taken_back")
    return [one for one in rows if one.stands]


def _own(actor: Actor, proposal: Proposal) -> Objection | None:
    """The objection of the actor's organisation that stands."""
    return next((one for one in _standing(proposal) if one.organisation_id == actor.organisation), None)


class Object(BeforeAMeeting):
    """Object to a proposal for one's own organisation, in the room or before."""

    by = (MEMBER,)
    label = _("Object")
    lede = _("While your objection stands, the text cannot be adopted by consensus.")
    done = _("Your objection stands. The text cannot be adopted by consensus while it does.")
    grave, tells = True, (letters.objected,)
    forbids = {"objects_once": OBJECTED_ALREADY}
    reason = LongText(_("What your organisation cannot accept, and why"), limit=5000)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return _open(subject) or _objected_already(actor, subject)

    def happen(self, subject: Any) -> Facts:
        reason = self.inputs["reason"]
        _object(subject, self.actor.organisation, self.actor.person, reason, self.received_at)
        committed = {"reason": reason}
        return facts(subject, personal=committed, number=subject.number, text_hash=subject.text_hash)


class TakeBackObjection(BeforeAMeeting):
    """Take back the objection of one's own organisation, made in the room, before, or recorded for it."""

    by = (MEMBER,)
    label = _("Take back your objection")
    lede = _("It no longer keeps the text from being adopted. It stays readable, with when you took it back.")
    done = _("Your objection is taken back.")
    grave, tells = True, (letters.taken_back,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if (refusal := _open(subject)) is not None:
            return refusal
        return None if _own(actor, subject) else Refusal("no_own_objection", no_own_objection)

    def happen(self, subject: Any) -> Facts:
        ObjectionTakenBack.objects.create(
            objection=_own(self.actor, subject), person_id=self.actor.person, at=self.received_at
        )
        return facts(subject, number=subject.number, text_hash=subject.text_hash)


class RecordObjection(BeforeAMeeting):
    """Enter the objection that a member made from the floor."""

    by = (CHAIR, SECRETARIAT)
    label = _("Record an objection")
    lede = _(
        "A member objected from the floor. It stands for that organisation, and its focal point is told."
    )
    done = _("The objection is recorded.")
    grave, for_others, tells = True, True, (letters.objection_recorded, letters.objected)
    forbids = {"objects_once": _("This organisation has objected already. Nothing has changed.")}
    organisation = Choice(_("Which member objected"), lambda proposal: present_choices(proposal))
    reason = LongText(_("The reason given"), limit=5000)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        return _open(subject) or wording.not_in_session(meeting_of(subject), now=now)

    def happen(self, subject: Any) -> Facts:
        member = Organisation.objects.get(slug=self.inputs["organisation"])
        reason = self.inputs["reason"]
        _object(subject, member.pk, self.actor.person, reason, self.received_at)
        stands = {"number": subject.number, "text_hash": subject.text_hash, "objector": member.slug}
        return facts(subject, personal={"reason": reason}, **stands)


def present_choices(proposal: Proposal) -> list[tuple[str, str]]:
    """The members present, by acronym."""
    meeting = meeting_of(proposal)
    present = meeting.participations.filter(part="present", organisation__isnull=False)
    rows = present.select_related("organisation").prefetch_related("organisation__names")
    return sorted((p.organisation.slug, wording.short(p.organisation)) for p in rows)


def _object(
    proposal: Proposal, organisation: int | None, person: int | None, reason: str, at: datetime
) -> None:
    before = proposal.objections.filter(organisation=organisation)
    again = before.exclude(taken_back=None).count()  # one that stands has this number too: the database refuses two
    Objection.objects.create(
        proposal=proposal, organisation_id=organisation, person_id=person, reason=reason, at=at, again=again
    )


class DeclareAdopted(BeforeAMeeting):
    """Declare that no member objects: the text is adopted by consensus and gets its number.

    How many of how many members were present is open with the decision; who, is for the group, behind a commitment.
    """

    by = (CHAIR,)
    leads = True
    label = _("Declare adopted")
    lede = _(
        "No member present objects. The text becomes a decision, gets its number and goes on the record."
    )
    done = _("The text is adopted.")
    tells = (letters.adopted,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if subject.state != ProposalState.CALLED:
            return wording.not_called if subject.state == ProposalState.TABLED else already_settled(subject)
        if _standing(subject):
            return wording.objection_stands
        return _not_in_order(meeting_of(subject), now=now)

    def happen(self, subject: Any) -> Facts:
        there = quorum(meeting_of(subject), at=self.received_at)
        decision = adopt(subject, at=self.received_at)
        TakenAt.objects.create(
            meeting=meeting_of(subject), decision=decision, order=meeting_of(subject).taken.count()
        )
        return facts(
            decision,
            public=subject.public_when_adopted,
            number=decision.number,
            proposal=subject.number,
            text_hash=decision.text_hash,
            how=decision.how,
            present=len(there.present),
            members=len(there.members),
            personal={ROSTER: keys(there.present)},
        )


class DeclareNotAdopted(BeforeAMeeting):
    """Declare that an objection stands: the text is not adopted."""

    by = (CHAIR,)
    label = _("Declare not adopted")
    lede = _(
        "An objection stands. The proposal ends without a decision; its text and the objection stay readable."
    )
    done = _("The text is not adopted.")
    tells = (letters.not_adopted,)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if (refusal := _open(subject)) is not None:
            return refusal
        if not _standing(subject):
            return wording.no_objection
        return wording.not_in_session(meeting_of(subject), now=now)

    def happen(self, subject: Any) -> Facts:
        settle(subject, ProposalState.NOT_ADOPTED)
        objectors = [objection.organisation for objection in _standing(subject)]
        return facts(subject, number=subject.number, text_hash=subject.text_hash, objectors=keys(objectors))
