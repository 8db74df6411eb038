"""What an organisation owes here: proposals open in bodies of which it is a member, in the room and under silence."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of
from onevoice.groups.roles import CHAIR

from . import visible, wording
from .models import Objection, Proposal, ProposalState, Received


@owes
def proposals_open(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """One query. A proposal to which the organisation has objected owes nothing more."""
    bodies = [body for body, kind in actor.bodies.items() if kind == "member"]
    rows = visible.proposals(viewer).filter(
        body__in=bodies, state__in=(ProposalState.TABLED, ProposalState.CALLED)
    )
    rows = rows.annotate(is_objected=Exists(Objection.objects.filter(proposal=OuterRef("pk"))))
    return [
        Owed(
            kind=wording.while_objected if proposal.is_objected else wording.OWED[ProposalState(proposal.state)],
            title=proposal.title,
            address=proposal.get_absolute_url(),
            label=wording.read_it,
            deadline=None,
            zone=proposal.group.zone,
            subject=key_of(proposal),
        )
        for proposal in rows.exclude(objections__organisation=actor.organisation)
    ]


ACTED = ("objected", "joined", "supported", "stated", "amended")  # who has done so owes no more until a new text comes


@owes
def silence_running(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """Two queries at most. A text under silence that the organisation has said nothing of in this round.

    A text that is held up is owed by those who can move it: the chair, who may put another, and who objected.
    """
    rows = visible.under_procedure(viewer).filter(state__in=(ProposalState.SILENCE, ProposalState.HELD_UP))
    found = list(rows.filter(body__in=list(actor.bodies)).filter(Q(state="held_up") | Q(procedure__ends_at__gt=now)))
    said = _said(found, actor)
    return [
        Owed(
            kind=wording.owed_silence if (runs := proposal.state == ProposalState.SILENCE) else wording.owed_held_up,
            title=proposal.title,
            address=proposal.get_absolute_url(),
            label=wording.read_it,
            deadline=proposal.procedure.ends_at if runs else None,
            zone=proposal.group.zone,
            subject=key_of(proposal),
        )
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
