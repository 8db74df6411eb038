"""What an organisation owes here: proposals open in bodies of which it is a member."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.owed import Owed, owes
from onevoice.enact.subjects import key_of

from . import visible, wording
from .models import Objection, ProposalState


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
