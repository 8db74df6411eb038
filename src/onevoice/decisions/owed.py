"""What an organisation owes here: proposals open in bodies of which it is a member, in the room and under silence."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, When, prefetch_related_objects
from django.utils.functional import Promise

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.procedure.states import State

from . import visible, wording
from .models import Objection, Proposal, ProposalState, Received
from .procedures import asked, case_of


@owes
def proposals_open(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query. A proposal to which the organisation has objected owes nothing more."""
    bodies = [body for body, kind in actor.bodies.items() if kind == "member"]
    rows = visible.proposals(viewer).filter(
        body__in=bodies, state__in=(ProposalState.TABLED, ProposalState.CALLED)
    )
    standing = Objection.objects.filter(proposal=OuterRef("pk"), taken_back=None)
    rows = rows.annotate(is_objected=Exists(standing))
    return [
        _one(
            proposal,
            wording.while_objected if proposal.is_objected else wording.OWED[ProposalState(proposal.state)],
            None,
        )
        for proposal in rows.exclude(Exists(standing.filter(organisation=actor.organisation)))
    ]


# Who has done so owes no more until a new text comes.
ACTED = ("objected", "joined", "supported", "stated", "amended", "ad referendum", "conditional")


OFFICERS = {
    State.TO_A_VOTE: (wording.owed_ballot, (CHAIR, SECRETARIAT)),
    State.WITH_THE_CHAIR: (wording.owed_judgement, (CHAIR,)),
    State.WAITING: (wording.owed_unreached, (CHAIR, SECRETARIAT)),
}


SHOWN = (
    "slug", "title", "state", "number", "body_id", "group__slug", "group__zone", "body__slug", "body__group_id",
    "procedure__state", "procedure__ends_at", "procedure__roster",
)  # fmt: skip


@owes
def under_procedure(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """Four queries at most. What waits for the organisation's word, vote or confirmation, or for its office.

    A text under silence that it has said nothing of in this round. A text that is held up is owed by those who can
    move it: the chair, who may put another, and who objected.
    """
    agreed = Received.objects.filter(
        procedure=OuterRef("pk"), what="ad referendum", data__member=actor.organisation_key
    )
    waits = Q(procedure__state__in=[State.VOTING.value, *(state.value for state in OFFICERS)])
    silent = Q(state=ProposalState.HELD_UP) | Q(state=ProposalState.SILENCE, procedure__ends_at__gt=now)
    rows = visible.under_procedure(viewer).filter(
        body__in={*actor.bodies, *actor.offices}, procedure__closed_at=None
    )
    rows = rows.annotate(is_agreed=Exists(agreed)).annotate(
        is_silent=Case(When(silent, then=True), default=False)
    )
    wanted = rows.filter(waits | silent | Q(is_agreed=True))
    # Of a thousand texts neither words nor rules are read: who has answered follows from the roster and what was said.
    found = list(wanted.select_related(None).select_related("group", "body", "procedure").only(*SHOWN))
    others = [one.pk for one in found if one.is_agreed or not one.is_silent]
    asked_for = list(rows.filter(pk__in=others)) if others else []
    prefetch_related_objects(asked_for, "procedure__received")
    awaited = [one for proposal in asked_for if (one := _awaited(proposal, actor, now)) is not None]
    return [*_silent([one for one in found if one.is_silent], actor), *awaited]


def _silent(found: list[Proposal], actor: Actor) -> list[Owed]:
    """Texts under silence, and held up; one query."""
    said = _said(found, actor) if found else {}
    return [
        _one(proposal, wording.owed_silence, proposal.procedure.ends_at)
        if proposal.state == ProposalState.SILENCE
        else _one(proposal, wording.owed_held_up, None)
        for proposal in found
        if _owes(proposal, actor, said.get(proposal.pk, set()))
    ]


def _owes(proposal: Proposal, actor: Actor, said: set[str]) -> bool:
    if proposal.state == ProposalState.HELD_UP:
        return bool(said & {"objected", "joined", "amended"}) or CHAIR.allows(actor, proposal)
    entitled = any(one["member"] == actor.organisation_key for one in proposal.procedure.roster)
    return entitled and actor.bodies.get(proposal.body_id) == "member" and not said


def _said(proposals: list[Proposal], actor: Actor) -> dict[int, set[str]]:
    """What the organisation has said of each in its present round: a new text asks everybody anew; one query."""
    rows = Received.objects.filter(procedure__in=[one.pk for one in proposals])
    mine = Q(data__member=actor.organisation_key, what__in=(*ACTED, "withdrew"))
    found: dict[int, set[str]] = {}
    for row in rows.filter(mine | Q(what="revised")).only("procedure_id", "what", "at").order_by("at", "pk"):
        said = found.setdefault(row.procedure_id, set())
        if row.what == "revised":
            said.clear()
        elif row.what == "withdrew":
            said -= {"objected", "joined", "amended"}
        else:
            said.add(row.what)
    return found


def _awaited(proposal: Proposal, actor: Actor, now: datetime) -> Owed | None:
    """What of this proposal waits for the organisation: its confirmation, its vote, or its office."""
    state = State(proposal.procedure.state)
    outcome = asked(case_of(proposal.procedure), at=now)
    own = outcome.pending.get(actor.organisation_key)
    if own is not None:
        return _one(proposal, wording.owed_confirmation, own.at)
    if outcome.state is State.VOTING and actor.bodies.get(proposal.body_id) == "member":
        owing = actor.organisation_key in outcome.entitled - outcome.votes.keys()
        return _one(proposal, wording.owed_vote, outcome.end.at if outcome.end else None) if owing else None
    kind, offices = OFFICERS.get(state, ("", ()))
    is_theirs = outcome.state is state and any(who.allows(actor, proposal) for who in offices)
    return _one(proposal, kind, None) if is_theirs else None


def _one(proposal: Proposal, kind: str | Promise, deadline: datetime | None) -> Owed:
    return Owed(
        kind=kind,
        title=proposal.title,
        address=proposal.get_absolute_url(),
        label=wording.read_it,
        deadline=deadline,
        zone=proposal.group.zone,
        subject=key_of(proposal),
    )
