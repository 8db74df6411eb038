"""What is going on in a meeting, for its group: agenda, proposals, quorum, and what the reader may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onevoice.decisions.models import ProposalState
from onevoice.decisions.wording import MARKS
from onevoice.decisions.wording import STATES as PROPOSAL_STATES
from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import Link, acts_on

from . import shapes
from .acts.convening import RecordParticipation
from .acts.documents import AddDocument
from .models import Meeting
from .steps import Quorum, quorum

OPEN = (ProposalState.TABLED, ProposalState.CALLED)


@dataclass(frozen=True, slots=True)
class Live:
    """The live part of a meeting's page. `solid` is the address of the one thing that the page is for."""

    agenda: list[Any]
    quorum: Quorum | None
    acts: list[Link]
    solid: str


def live(viewer: Viewer, meeting: Meeting, actor: Actor | None, *, now: datetime) -> Live:
    """Four queries for the agenda, three for the quorum of a meeting of a body that has an hour."""
    tree = shapes.agenda(viewer, meeting)
    items = list(shapes.every_item(tree))
    for item in items:
        item.acts = sorted(acts_on(item, actor, now=now), key=lambda link: link.act is AddDocument)
        for paper in item.papers:
            paper.acts = acts_on(paper.document, actor, now=now)
        for proposal in item.proposals:
            proposal.word = PROPOSAL_STATES[ProposalState(proposal.state)]
            proposal.mark = MARKS[ProposalState(proposal.state)]
            proposal.is_open = proposal.state in OPEN
    there = quorum(meeting, at=now) if meeting.body_id and meeting.starts_at else None
    acts = acts_on(meeting, actor, now=now)
    return Live(tree, there, acts, _solid(items, there, acts))


def _solid(items: list[Any], there: Quorum | None, acts: list[Link]) -> str:
    """First who is present, then what is open; when neither is left to do, nothing."""
    record = next((link for link in acts if link.act is RecordParticipation), None)
    if record and there and not there.reached:
        return record.address
    for item in items:
        for proposal in item.proposals:
            if proposal.is_open:
                return str(proposal.get_absolute_url())
    return ""
