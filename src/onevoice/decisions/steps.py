"""Steps that acts share: freeze a text, give a number, adopt. They neither record nor tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.text import slugify

from onevoice.groups.models import Body, Group
from onevoice.parties.models import Organisation
from onevoice.record.canonical import canonical

from .models import Decision, Proposal, ProposalState, Visibility


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
    number = group.proposal_pattern.format(year=year, number=next_number(group, f"proposals {year}"))
    return Proposal.objects.create(
        group=group,
        body=body,
        number=number,
        slug=slugify(number.replace("/", "-")),
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


def adopt(proposal: Proposal, *, at: datetime, how: str = "consensus") -> Decision:
    """The proposal becomes a decision with the next number of its body."""
    body, group = proposal.body, proposal.group
    local = at.astimezone(group.tz)
    pattern = body.decision_pattern or "{body}/{year}/{number}"
    place = next_number(group, f"decisions {body.slug} {local.year}")
    number = pattern.format(body=body.slug, year=local.year, number=place)
    settle(proposal, ProposalState.ADOPTED)
    return Decision.objects.create(
        group=group,
        body=body,
        slug=slugify(number.replace("/", "-")),
        number=number,
        title=proposal.title,
        text=proposal.text,
        text_hash=proposal.text_hash,
        proposal=proposal,
        how=how,
        adopted_at=at,
        adopted_written=local.date().isoformat(),
        visibility=Visibility.PUBLIC if proposal.public_when_adopted else Visibility.GROUP,
    )


def keys(organisations: Iterable[Organisation]) -> list[str]:
    """The permanent names of organisations, in order: a roster as the record keeps it."""
    return sorted(organisation.slug for organisation in organisations)
