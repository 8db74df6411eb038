"""Steps that acts share: freeze a text, give a number, adopt. They neither record nor tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection

from onevoice.groups.models import Body, Group
from onevoice.languages.slugs import free_slug, slug
from onevoice.parties.models import Organisation
from onevoice.procedure.states import Outcome, State
from onevoice.record.canonical import canonical

from .models import Decision, Procedure, Proposal, ProposalState, Visibility


def paragraphs(text: str, language: str = "en") -> list[dict[str, Any]]:
    """Typed text as paragraphs with stable ids; an empty line divides them."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [{"id": f"p{number}", "text": {language: part}} for number, part in enumerate(parts, start=1)]


def hash_of(title: Any, text: Any) -> str:
    """SHA-256 of the canonical JSON of title and paragraphs: what a position names."""
    return hashlib.sha256(canonical({"title": title, "text": text})).hexdigest()


def next_number(group: Group, series: str) -> int:
    """The next number of a series. The row stays locked until the act commits: no gaps, no doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into decisions_numberseries (group_id, series, last) values (%s, %s, 1) "
            "on conflict (group_id, series) do update set last = decisions_numberseries.last + 1 returning last",
            [group.pk, series],
        )
        return cursor.fetchone()[0]


def numbered(group: Group, what: str, pattern: str) -> str:
    """The next number of a pattern in which only {number} is open.

    Whatever gives numbers by the same pattern shares one series, so two bodies never give one number twice.
    """
    return pattern.replace("{number}", str(next_number(group, f"{what} {pattern}")))


def address_of(number: str, taken: Callable[[str], bool]) -> str:
    """A number as part of an address: in Latin letters, short, and not taken."""
    return free_slug(slug(number)[-50:].strip("-"), taken, "number")


def propose(
    body: Body,
    *,
    title: dict[str, Any],
    text: list[dict[str, Any]],
    by: int,
    person: int,
    at: datetime,
    public: bool,
) -> Proposal:
    """Freeze a text and put it to a body."""
    group = body.group
    year = at.astimezone(group.tz).year
    number = numbered(group, "proposals", group.proposal_pattern.replace("{year}", str(year)))
    return Proposal.objects.create(
        group=group,
        body=body,
        number=number,
        slug=address_of(number, lambda slug: group.proposals.filter(slug=slug).exists()),
        title=title,
        text=text,
        text_hash=hash_of(title, text),
        proposed_by_id=by,
        proposer_id=person,
        proposed_at=at,
        public_when_adopted=public,
    )


def settle(proposal: Proposal, state: ProposalState) -> None:
    """Write the state that queries use."""
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.state = state


STATES: Final[Mapping[State, ProposalState]] = {
    State.NOT_STARTED: ProposalState.TABLED, State.OPEN: ProposalState.PENDING, State.RUNNING: ProposalState.SILENCE,
    State.VOTING: ProposalState.SILENCE, State.HELD_UP: ProposalState.HELD_UP, State.ADOPTED: ProposalState.ADOPTED,
    State.NOT_ADOPTED: ProposalState.NOT_ADOPTED, State.WITHDRAWN: ProposalState.WITHDRAWN,
}  # fmt: skip


def derive(procedure: Procedure, outcome: Outcome, proposal: Proposal) -> None:
    """Write what queries use: the state, when it ends next by itself, the round. The fold says what holds."""
    procedure.state, procedure.round = outcome.state.value, outcome.round
    ends = outcome.turns[-1].at if outcome.is_final else None
    procedure.ends_at = outcome.next_end.at if outcome.next_end else ends
    if procedure.closed_at is None:
        procedure.save(update_fields=["state", "ends_at", "round"])
    settle(proposal, STATES.get(outcome.state, ProposalState.PENDING))


def languages_of(proposal: Proposal) -> list[str]:
    """The languages in which every paragraph is there."""
    there = [set(one["text"]) for one in proposal.text]
    return sorted(set.intersection(*there)) if there else []


def adopt(
    proposal: Proposal,
    *,
    at: datetime,
    how: str = "consensus",
    text: list[dict[str, Any]] | None = None,
) -> Decision:
    """The proposal becomes a decision with the next number of its body; `text` where another took its place."""
    body, group = proposal.body, proposal.group
    local = at.astimezone(group.tz)
    pattern = body.decision_pattern or "{body}/{year}/{number}"
    number = numbered(
        group, "decisions", pattern.replace("{body}", body.slug).replace("{year}", str(local.year))
    )
    settle(proposal, ProposalState.ADOPTED)
    return Decision.objects.create(
        group=group,
        body=body,
        slug=address_of(number, lambda slug: group.decisions.filter(slug=slug).exists()),
        number=number,
        title=proposal.title,
        text=proposal.text if text is None else text,
        text_hash=proposal.text_hash if text is None else hash_of(proposal.title, text),
        proposal=proposal,
        how=how,
        adopted_at=at,
        adopted_written=local.date().isoformat(),
        visibility=Visibility.PUBLIC if proposal.public_when_adopted else Visibility.GROUP,
    )


def keys(organisations: Iterable[Organisation]) -> list[str]:
    """The permanent names of organisations, in order: a roster as the record keeps it."""
    return sorted(organisation.slug for organisation in organisations)
