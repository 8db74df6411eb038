"""Steps that acts share: freeze a text, give a number, adopt. They neither record nor tell."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from onevoice.enact.perform import database_clock
from onevoice.groups.models import Body, Group
from onevoice.languages.slugs import free_slug, slug
from onevoice.parties.models import Organisation
from onevoice.procedure.simulation import PLAIN
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


def next_numbers(group: int, series: str, count: int = 1) -> range:
    """The next numbers of a series. Its row stays locked until the act commits: no gaps, no doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into decisions_numberseries (group_id, series, last) values (%s, %s, %s) "
            "on conflict (group_id, series) do update set last = decisions_numberseries.last + excluded.last "
            "returning last",
            [group, series, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def numbered(group: Group, what: str, pattern: str) -> str:
    """The next number of a pattern in which only {number} is open.

    Whatever gives numbers by the same pattern shares one series, so two bodies never give one number twice.
    """
    (number,) = next_numbers(group.pk, f"{what} {pattern}")
    return pattern.replace("{number}", str(number))


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


FEW = 20  # decisions of one batch whose addresses are looked for by their beginnings
STATES: Final[Mapping[State, ProposalState]] = {
    State.NOT_STARTED: ProposalState.TABLED, State.OPEN: ProposalState.PENDING, State.RUNNING: ProposalState.SILENCE,
    State.HELD_UP: ProposalState.HELD_UP, State.ADOPTED: ProposalState.ADOPTED,
    State.NOT_ADOPTED: ProposalState.NOT_ADOPTED, State.WITHDRAWN: ProposalState.WITHDRAWN,
}  # fmt: skip


def derive(procedure: Procedure, outcome: Outcome, proposal: Proposal) -> None:
    """Write what queries use: the state, when it ends next by itself, the round. The fold says what holds."""
    if procedure.closed_at is None:
        derive_all([(procedure, outcome)])
    proposal.state = state_of(outcome)


def derive_all(
    rows: Sequence[tuple[Procedure, Outcome]], *, closed_at: Mapping[int, datetime] | None = None
) -> None:
    """The same of many, in two statements. `closed_at`: when those that are settled were, by procedure."""
    now = database_clock()
    written = [
        (
            one.pk,
            outcome.state.value,
            _ends_at(outcome),
            outcome.round,
            (closed_at or {}).get(one.pk),
            _reminds_at(outcome, now),
            state_of(outcome),
        )
        for one, outcome in rows
    ]
    columns = [list(column) for column in zip(*written, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            """update decisions_procedure p
               set state = v.state, ends_at = v.ends_at, round = v.round, closed_at = v.closed_at,
                   reminds_at = v.reminds_at
               from unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::int[], %s::timestamptz[],
                           %s::timestamptz[])
                 as v(pk, state, ends_at, round, closed_at, reminds_at)
               where p.proposal_id = v.pk""",
            columns[:6],
        )
        cursor.execute(
            """update decisions_proposal p set state = v.state
               from unnest(%s::bigint[], %s::text[]) as v(pk, state) where p.id = v.pk and p.state <> v.state""",
            [columns[0], columns[6]],
        )
    for (one, _outcome), (_pk, state, ends_at, number, *_more) in zip(rows, written, strict=True):
        one.state, one.ends_at, one.round = state, ends_at, number


def _ends_at(outcome: Outcome) -> datetime | None:
    """When it ends next by itself; of what is settled, when it was: the clock still has to record it."""
    ends = outcome.turns[-1].at if outcome.is_final else None
    return outcome.next_end.at if outcome.next_end else ends


def _reminds_at(outcome: Outcome, now: datetime) -> datetime | None:
    """When those who have not acted are reminded next, while a clock runs."""
    if outcome.state not in (State.RUNNING, State.VOTING) or outcome.since is None or outcome.end is None:
        return None
    return next((at for at in PLAIN.instants(outcome.since.at, outcome.end.at) if at > now), None)


def state_of(outcome: Outcome) -> ProposalState:
    """The state that queries use, from what holds."""
    return STATES.get(outcome.state, ProposalState.PENDING)


def languages_of(proposal: Proposal) -> list[str]:
    """The languages in which every paragraph is there."""
    there = [set(one["text"]) for one in proposal.text]
    return sorted(set.intersection(*there)) if there else []


@dataclass(frozen=True, slots=True)
class Adoption:
    """A proposal that is adopted: when, how, and the text where another took the place of the one proposed.

    `in_force`: the columns that say from when it holds, where that is not the instant of its adoption.
    """

    proposal: Proposal
    at: datetime
    how: str = "consensus"
    text: list[dict[str, Any]] | None = None
    in_force: Mapping[str, Any] = field(default_factory=dict)


def adopt(proposal: Proposal, *, at: datetime) -> Decision:
    """The proposal becomes a decision with the next number of its body."""
    settle(proposal, ProposalState.ADOPTED)
    (decision,) = adopt_all([Adoption(proposal, at)])
    return decision


def adopt_all(adoptions: Sequence[Adoption]) -> list[Decision]:
    """Proposals become decisions, each with the next number of its body; a few statements, however many."""
    numbers = _numbers(adoptions)
    made = [_decision(one, number) for one, number in zip(adoptions, numbers, strict=True)]
    _addresses(made)
    return Decision.objects.bulk_create(made)


def _numbers(adoptions: Sequence[Adoption]) -> list[str]:
    patterns = [_pattern(one.proposal.body, one.proposal.group, one.at) for one in adoptions]
    series = [(one.proposal.group_id, pattern) for one, pattern in zip(adoptions, patterns, strict=True)]
    # In one order, so that two who number in several series never wait for each other.
    given = {
        (group, pattern): iter(next_numbers(group, f"decisions {pattern}", count))
        for (group, pattern), count in sorted(Counter(series).items())
    }
    return [pattern.replace("{number}", str(next(given[group, pattern]))) for group, pattern in series]


def _pattern(body: Body, group: Group, at: datetime) -> str:
    pattern = body.decision_pattern or "{body}/{year}/{number}"
    return pattern.replace("{body}", body.slug).replace("{year}", str(at.astimezone(group.tz).year))


def _decision(one: Adoption, number: str) -> Decision:
    proposal = one.proposal
    return Decision(
        group=proposal.group,
        body=proposal.body,
        number=number,
        title=proposal.title,
        text=proposal.text if one.text is None else one.text,
        text_hash=proposal.text_hash if one.text is None else hash_of(proposal.title, one.text),
        proposal=proposal,
        how=one.how,
        adopted_at=one.at,
        adopted_written=one.at.astimezone(proposal.group.tz).date().isoformat(),
        visibility=Visibility.PUBLIC if proposal.public_when_adopted else Visibility.GROUP,
        **one.in_force,
    )


def _addresses(decisions: Sequence[Decision]) -> None:
    """Each decision's address from its number, free in its group."""
    rows = Decision.objects.filter(group__in={one.group_id for one in decisions})
    wanted = Q()
    for begins in {slug(one.number)[-50:].strip("-") for one in decisions} if len(decisions) <= FEW else ():
        wanted |= Q(slug__startswith=begins)
    taken = set(rows.filter(wanted).values_list("group", "slug"))
    for one in decisions:
        one.slug = address_of(one.number, lambda found, group=one.group_id: (group, found) in taken)
        taken.add((one.group_id, one.slug))


def keys(organisations: Iterable[Organisation]) -> list[str]:
    """The permanent names of organisations, in order: a roster as the record keeps it."""
    return sorted(organisation.slug for organisation in organisations)
