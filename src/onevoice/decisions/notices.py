"""Notices of a procedure: whom each goes to, what its letter carries, and which of them may be switched off.

A notice goes to those of a member's people whom the rules let object (parameter 15: principal, focal point,
alternate), or to focal points and alternates where they do not say; where there is none, to whoever speaks for it.
Letters that carry a turn count for the ledger: by them a member is reached. News and reminders may be switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from onevoice.enact import mailed
from onevoice.enact.act import act_named
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.groups.models import Appointment, Capacity
from onevoice.groups.roles import SPEAKS
from onevoice.groups.standing import in_force
from onevoice.languages.web import active_language
from onevoice.notices.outbox import leaves, post_many
from onevoice.parties.accounts.invitations import recipients_of
from onevoice.procedure.rules import Form, Rules
from onevoice.procedure.states import Outcome, State

from . import deadlines, shapes, visible, wording
from .models import Proposal, Received
from .procedures import case_of

TEMPLATE: Final = "decisions/letters/procedure.txt"
NOTICE: Final = "procedure"  # the kind of letters that cannot be switched off
ORDER: Final = (Capacity.FOCAL_POINT, Capacity.ALTERNATE, Capacity.PRINCIPAL)
KNOWN_LONG: Final = timedelta(days=7)  # after the end a link still takes an act: late, and kept
BEGINS: Final = (
    wording.letter_started,
    wording.letter_revised,
)  # with these a round begins, and notices anew
# Of these one may be spared: they tell what others did, and change nothing for whoever does nothing.
NEWS: Final = (
    wording.letter_reminder, wording.letter_asked, wording.letter_stated, wording.letter_completed,
    wording.letter_joined,
)  # fmt: skip
LINKS: Final = {"decisions.break_silence": "own-object", "decisions.agree_now": "own-agree"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who speaks for a member."""

    person: int
    appointment: int
    member: str
    capacity: str


def seats(proposal: Proposal, members: Iterable[str], *, at: datetime) -> list[Seat]:
    """All who speak for some members, the first to be told first; one query."""
    rows = Appointment.objects.filter(
        group=proposal.group_id, organisation__slug__in=list(members), capacity__in=SPEAKS
    )
    found = [
        Seat(row.person_id, row.pk, row.organisation.slug, row.capacity)
        for row in in_force(rows, at=at).select_related("organisation").order_by("pk")
    ]
    return sorted(found, key=lambda one: ORDER.index(Capacity(one.capacity)))


def first(found: Sequence[Seat], rules: Rules) -> list[Seat]:
    """Those of them to whom a notice goes at once."""
    told = told_at_once(rules)
    whole: dict[str, list[Seat]] = {}
    for seat in found:
        whole.setdefault(seat.member, []).append(seat)
    return [seat for there in whole.values() for seat in ([s for s in there if s.capacity in told] or there)]


def told_at_once(rules: Rules) -> frozenset[str]:
    """The capacities that the rules let object; focal points and alternates where they do not say."""
    levels = rules.objection.levels
    named = {one.value.replace(" ", "_") for one in levels} & SPEAKS if isinstance(levels, tuple) else set()
    return frozenset(named or {Capacity.FOCAL_POINT, Capacity.ALTERNATE})


def persons_told(proposal: Proposal, *, at: datetime) -> list[int]:
    """To whom notices to all members go, by id."""
    everybody = seats(proposal, (one["member"] for one in proposal.procedure.roster), at=at)
    return [seat.person for seat in first(everybody, visible.case(proposal).rules)]


def send(
    proposal: Proposal, say: Any, persons: Iterable[int], context: Mapping[str, Any], *, kind: str = NOTICE
) -> None:
    """One letter to each; to those who speak for a member it says which, and carries links while they can act."""
    at, outcome, wanted = database_clock(), visible.holding(proposal), list(dict.fromkeys(persons))
    is_news = any(say is one for one in NEWS)
    to = {one.person: one for one in recipients_of(wanted, work=is_news)}
    everybody = seats(proposal, (one["member"] for one in proposal.procedure.roster), at=at)
    found = [seat for seat in everybody if seat.person in to]
    seated = {seat.person for seat in found}
    links = _links(proposal, outcome, [seat for seat in found if seat.member in outcome.entitled], at)
    whole = {
        "proposal": proposal,
        "say": say,
        "is_news": is_news,
        "holding": wording.holding(outcome, visible.case(proposal).rules),
        "end": outcome.next_end.at if outcome.next_end else None,
        **context,
    }
    more = {
        "group": proposal.group,
        "turn": outcome.round,
        "calendar": lambda: deadlines.file(proposal, outcome, at=at),
    }
    about, kind = key_of(proposal), "work" if is_news else kind
    with_links = [replace(to[s.person], member=s.member) for s in found if (s.person, s.member) in links]
    others = [replace(to[s.person], member=s.member) for s in found if (s.person, s.member) not in links]
    others += [one for person, one in to.items() if person not in seated]
    post_many(others, kind, TEMPLATE, whole, about, **more)
    own = lambda to: links[to.person or 0, to.member]  # noqa: E731
    post_many(with_links, kind, TEMPLATE, {**whole, "links": True}, about, own=own, **more)
    if any(say is one for one in BEGINS):
        _unreached_until_told(proposal, outcome, at=at)


def _links(
    proposal: Proposal, outcome: Outcome, found: Sequence[Seat], at: datetime
) -> dict[tuple[int, str], dict[str, str]]:
    """Of each seat the numbers of its links, by what stands in their place; a statement for each act."""
    if outcome.state is not State.RUNNING or outcome.end is None or not without_signing_in(proposal):
        return {}
    expires_at = max(outcome.end.at, at) + KNOWN_LONG
    made: dict[tuple[int, str], dict[str, str]] = {(s.person, s.member): {} for s in found}
    for name, place in LINKS.items():
        act = act_named(name)
        assert act is not None
        numbers = mailed.make(
            act, proposal, [(s.person, s.appointment) for s in found], expires_at=expires_at
        )
        for seat in found:
            made[seat.person, seat.member][place] = numbers[seat.person, seat.appointment]
    return made


def without_signing_in(proposal: Proposal) -> bool:
    """Whether a mailed link is form enough: not where the rules ask for a letter, a spoken word or a vote."""
    return visible.case(proposal).rules.objection.form not in (Form.LETTER, Form.SPOKEN, Form.BALLOT)


def in_short(proposal: Proposal) -> mailed.InShort:
    """What becomes of a proposal if nothing is done, and its text."""
    text = shapes.text_of(visible.text_now(proposal).text, active_language().code)
    lede = wording.holding(visible.holding(proposal), visible.case(proposal).rules)
    return mailed.InShort(lede, [one.text for one in text.paragraphs])


for _name in LINKS:
    mailed.by_link(_name, mailed.ByLink(without_signing_in, in_short))


def _unreached_until_told(proposal: Proposal, outcome: Outcome, *, at: datetime) -> None:
    """Where silence counts for those alone who were reached: nobody is, until a mail server has taken the notice.

    So it is right whatever stops: a worker or mail server that is away to the end lets no silence count.
    """
    rules = visible.case(proposal).rules
    if rules.notices.undelivered_counts is not False or not leaves():
        return
    procedure = proposal.procedure
    silent = sorted(outcome.entitled - outcome.took_part - outcome.unreached)
    Received.objects.bulk_create(
        Received(
            procedure=procedure,
            at=at,
            what="unreached",
            data={"member": name},
            act="notice",
            once=uuid4().hex,
        )
        for name in silent
    )
    visible.hold(proposal, case_of(procedure), at=at)
