"""What stands on a proposal besides objections: second clocks, conditions, wordings offered, votes, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from onevoice.procedure.cases import Case
from onevoice.procedure.events import Amended, Judged, Vote
from onevoice.procedure.states import Judgement, Outcome

from . import wording
from .models import Received

Names = Mapping[str, str]  # acronyms by permanent name, of those whom the reader may see


@dataclass(frozen=True, slots=True)
class Awaited:
    """A second clock: whose headquarters confirms or refuses, and until when."""

    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Condition:
    """What a member's agreement depends on: a paragraph, the words that must stand there, and whether they do."""

    by: str
    paragraph: str
    words: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """Other wording for a paragraph, which blocks nothing."""

    by: str
    paragraphs: tuple[str, ...]
    wording: str
    reasons: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VoteShown:
    """Whose vote it is, as far as the rules show it, and what it says."""

    by: str
    says: str | Promise


@dataclass(frozen=True, slots=True)
class Finding:
    """What the chair found, with its reasons."""

    says: str | Promise
    reasons: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot: how many voted, what those votes say that the reader may see, and the count once it is over."""

    cast: int
    votes: list[VoteShown]
    count: Sequence[tuple[str | Promise, int]]


def awaited(outcome: Outcome, names: Names) -> list[Awaited]:
    """Second clocks that run, the nearest end first."""
    found = [Awaited(names.get(one, ""), end.at) for one, end in outcome.pending.items()]
    return sorted(found, key=lambda one: (one.until, one.by))


def conditions(outcome: Outcome, names: Names) -> list[Condition]:
    """Conditions of the present round, checked against the present text."""
    text = outcome.text.paragraphs if outcome.text else {}
    return [
        Condition(names.get(member, ""), number(key), words, text.get(key) == words)
        for member, wanted in sorted(outcome.conditions.items())
        for key, words in wanted.items()
    ]


def offered(case: Case, outcome: Outcome, names: Names) -> list[Offered]:
    """Wordings offered in this round that are no objections."""
    standing = {one.objection for one in outcome.standing}
    since = outcome.since.at if outcome.since else None
    return [
        Offered(names.get(one.member, ""), tuple(map(number, one.paragraphs)), one.wording, one.reasons, one.at)
        for one in case.events
        if isinstance(one, Amended) and since is not None and one.at >= since and one.key not in standing
        and outcome.judged[one.key].judgement is Judgement.COUNTED and not _objects(case)
    ]  # fmt: skip


def _objects(case: Case) -> bool:
    """Whether other wording is an objection: then it is taken back with it, or answered by a new text."""
    return case.rules.objection.amendment_counts is True


def ballot(outcome: Outcome, names: Names) -> Ballot | None:
    """The ballot that is open or was held; None where there was none."""
    if not outcome.votes and outcome.tally is None:
        return None
    seen = sorted((names[member], vote) for member, vote in outcome.votes.items() if member in names)
    tally = outcome.tally
    count = [] if tally is None else [
        (wording.VOTES[Vote.FOR], tally.in_favour), (wording.VOTES[Vote.AGAINST], tally.against),
        (wording.VOTES[Vote.ABSTAIN], tally.abstaining),
    ]  # fmt: skip
    return Ballot(len(outcome.votes), [VoteShown(by, wording.VOTES[vote]) for by, vote in seen], count)


def findings(case: Case, outcome: Outcome) -> list[Finding]:
    """What the chair found, the oldest first."""
    return [
        Finding(wording.VERDICTS[one.verdict], one.reasons, one.at)
        for one in case.events
        if isinstance(one, Judged) and outcome.judged[one.key].judgement is Judgement.COUNTED
    ]


def number(paragraph: str) -> str:
    """A paragraph's number from its permanent name."""
    return paragraph.removeprefix("p")


def reason_of(row: Received) -> str:
    """The reasons of an objection: in its event, or, of a refusal after agreeing ad referendum, as they were typed."""
    return str(row.data.get("reasons") or row.inputs.get("reason") or "")
