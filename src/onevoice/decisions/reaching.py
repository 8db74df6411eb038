"""What follows from the delivery ledger: who is reached, who is told in another's place, when the chair is warned.

`follow` compares the ledger with what was received, and adds what is missing; it may run at any time, twice or late.
1. A member is reached when a mail server took a notice to one of its people and it did not come back, or one of
   them opened the page. That is received like an act, so that the outcome follows from what was received.
2. It is not reached when every notice came back, or none was taken in `LATE` or until `BEFORE` the end.
3. For whoever's notice came back, the next of the organisation is told: focal point, alternate, principal.
4. The chair and the secretariat are warned: once of each member whose notices all came back, and once a round of all
   whom nothing has reached.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.owed import Owed, owes
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.groups.standing import acting_for, who_leads
from onevoice.notices import delivery
from onevoice.notices.models import Letter, Step
from onevoice.notices.outbox import leaves, post_many
from onevoice.parties.accounts.invitations import recipients_of
from onevoice.procedure.states import FINAL, Outcome, State

from . import notice_wording, notices, shapes, visible
from .models import Procedure, Proposal, ProposalState
from .procedures import BUCKETS, LOCKS, case_of
from .steps import derive_all

RAISED: Final = "raised"  # the kind of letters to whoever is told in another's place
KINDS: Final = (notices.NOTICE, RAISED, "work")
WARNING: Final = "undelivered"
LATE: Final = timedelta(hours=4)
BEFORE: Final = timedelta(hours=6)


@delivery.hears
def heard(letter: Letter, step: Step) -> None:
    """What became of a letter of a procedure is looked at, after the transaction that wrote it."""
    if letter.turn is not None and letter.member and step is not Step.SENT:
        follow_delivery.defer(about=letter.about)


@app.task(name="decisions.follow_delivery")
def follow_delivery(about: str) -> None:
    """What follows from the ledger for one proposal."""
    if (proposal := _proposal(about)) is not None:
        follow(proposal)


def follow_late() -> int:
    """Look at what no mail server has taken for hours, or shortly before an end; how many proposals."""
    found = delivery.not_taken_yet(KINDS, older="1 minute") if leaves() else []
    for about in found:
        follow_delivery(about)
    return len(found)


def _proposal(about: str) -> Proposal | None:
    model, _, name = about.partition(":")
    group, _, slug = name.partition("/")
    if model != "decisions.proposal":
        return None
    rows = Proposal.objects.select_related("procedure__rules", "procedure__calendar", "body__group", "group")
    return rows.filter(group__slug=group, slug=slug, procedure__isnull=False).first()


def follow(proposal: Proposal) -> None:
    """Add what follows from the ledger and is not there yet."""
    outcome = visible.holding(proposal)
    if outcome.state in FINAL or outcome.state is State.NOT_STARTED:
        return
    now = database_clock()
    board = reach(proposal, outcome)
    news = [("reached" if one.is_there else "unreached", one) for one in board if _is_news(one, outcome, now)]
    written = [_received(proposal.procedure, what, one, outcome.round) for what, one in news]
    if any(written):
        _derive(proposal.pk)
        outcome = visible.hold(proposal, case_of(proposal.procedure), at=database_clock())
    with transaction.atomic():
        # One at a time: nobody is told twice.
        Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        board = reach(proposal, outcome)
        _raise(proposal, board, now)
        _warn(proposal, outcome, board, now)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far notices of this round have come to a member. `told`: the last that was received of it, '' for nothing."""

    member: str
    letters: tuple[Letter, ...]
    told: str
    has_acted: bool

    @property
    def is_there(self) -> bool:
        return any(delivery.is_there(one) for one in self.letters)

    @property
    def is_lost(self) -> bool:
        """Every notice came back, or there was nobody to write to."""
        return all(delivery.is_lost(one) for one in self.letters)

    @property
    def has_opened(self) -> bool:
        return any(Step.OPENED in delivery.steps(one) for one in self.letters)

    @property
    def is_unreached(self) -> bool:
        return not self.is_there and (self.is_lost or self.told == "unreached")


def reach(proposal: Proposal, outcome: Outcome) -> list[Reach]:
    """Of each member who decides, in this round; two queries and those of what was received."""
    letters: dict[str, list[Letter]] = {}
    for letter in delivery.of_turn(key_of(proposal), outcome.round):
        if letter.kind in KINDS:  # a warning names a member too, and goes to others
            letters.setdefault(letter.member, []).append(letter)
    told: dict[str, str] = {}
    for row in proposal.procedure.received.filter(
        Q(what__in=("reached", "unreached", "revised", "corrected"))
    ):
        if row.what in ("revised", "corrected"):
            told.clear()
        else:
            told[row.data["member"]] = row.what
    return [
        Reach(
            name,
            tuple(letters.get(name, ())),
            "unreached" if name in outcome.unreached else told.get(name, ""),
            name in outcome.took_part,
        )
        for name in sorted(outcome.entitled)
    ]


def warns_at(outcome: Outcome) -> datetime | None:
    """The instant from which who is not reached is late: hours before the end, a quarter of a short clock."""
    if outcome.end is None or outcome.since is None:
        return None
    return outcome.end.at - min(BEFORE, (outcome.end.at - outcome.since.at) / 4)


def _is_late(one: Reach, outcome: Outcome, now: datetime) -> bool:
    began = min((letter.queued_at for letter in one.letters), default=now)
    at = warns_at(outcome)
    return now >= began + LATE or (at is not None and now >= at)


def _is_news(one: Reach, outcome: Outcome, now: datetime) -> bool:
    if one.has_acted or not one.letters:
        return False
    if one.is_there:
        return one.told == "unreached"
    return one.told != "unreached" and (one.is_lost or _is_late(one, outcome, now))


def _received(procedure: Procedure, what: str, one: Reach, turn: int) -> bool:
    """Received as acts are: stamped and committed at once, so that whoever closes has waited for it. Once."""
    letters = ",".join(str(letter.pk) for letter in one.letters if delivery.steps(letter))
    count = procedure.received.filter(what__in=("reached", "unreached"), data__member=one.member).count()
    once = f"{what} {procedure.pk} {turn} {one.member} {count}"[:64]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """insert into decisions_received (procedure_id, at, what, data, act, once, by, inputs)
               select %s, onevoice_now(), %s, %s::jsonb, 'notice', %s, '{}'::jsonb, %s::jsonb
               from pg_advisory_xact_lock_shared(%s, %s) on conflict (once) do nothing""",
            [
                procedure.pk, what, json.dumps({"member": one.member}), once, json.dumps({"letters": letters}),
                LOCKS, procedure.pk % BUCKETS,
            ],
        )  # fmt: skip
        return bool(cursor.rowcount)


def _derive(pk: int) -> None:
    """A member that is reached while it was waited for has a clock of its own: what ends next is written anew."""
    with transaction.atomic():
        rows = Procedure.objects.select_for_update(of=("self", "proposal")).select_related(
            "rules", "calendar", "proposal"
        )
        procedure = rows.get(pk=pk)
        if procedure.closed_at is None:
            derive_all(
                [(procedure, visible.hold(procedure.proposal, case_of(procedure), at=database_clock()))]
            )


def _raise(proposal: Proposal, board: Iterable[Reach], now: datetime) -> None:
    """For each notice that came back, the next of the organisation: who was told with it, then whoever was not yet."""
    lost = [
        one for one in board if not one.has_acted and any(delivery.is_lost(letter) for letter in one.letters)
    ]
    found = notices.seats(proposal, [one.member for one in lost], at=now) if lost else []
    persons = [
        person for one in lost for person in _next(one, [s.person for s in found if s.member == one.member])
    ]
    if persons:
        notices.send(proposal, notice_wording.letter_raised, persons, {}, kind=RAISED)


def _next(one: Reach, people: list[int]) -> list[int]:
    """As many as notices came back and nobody was told in their place so far."""
    came_back = {letter.person for letter in one.letters if delivery.is_lost(letter)}
    raised = {letter.person for letter in one.letters if letter.kind == RAISED}
    written = {letter.person for letter in one.letters}
    there = [person for person in people if person in written - came_back - raised]
    following = [person for person in people if person not in written]
    return (there + following)[: max(0, len(came_back) - len(raised))]


def _warn(proposal: Proposal, outcome: Outcome, board: Iterable[Reach], now: datetime) -> None:
    """To those who lead: who is not reached, so that they can write, ring or report."""
    silent = [one for one in board if not one.has_acted and not one.is_there]
    about = key_of(proposal)
    warned = set(
        Letter.objects.filter(about=about, kind=WARNING, turn=outcome.round).values_list("member", flat=True)
    )
    lost = [one.member for one in silent if one.is_lost and one.member not in warned]
    for member in lost:
        _warn_of(proposal, outcome, [member], member=member, now=now)
    late = [one.member for one in silent if not one.is_lost and _is_late(one, outcome, now)]
    if late and "" not in warned:
        _warn_of(proposal, outcome, late, member="", now=now)


def _warn_of(proposal: Proposal, outcome: Outcome, members: list[str], *, member: str, now: datetime) -> None:
    persons = acting_for(who_leads(proposal.body, at=now), proposal.group_id, at=now)
    to = [replace(one, member=member) for one in recipients_of(persons)]
    context = {
        "proposal": proposal,
        "names": members,
        "end": outcome.next_end.at if outcome.next_end else None,
    }
    post_many(
        to, WARNING, "decisions/letters/undelivered.txt", context, key_of(proposal), group=proposal.group,
        turn=outcome.round,
    )  # fmt: skip


@owes
def not_reached(viewer: Viewer, actor: Actor, *, now: datetime) -> list[Owed]:
    """What those who lead were warned of, on the desk too: a mail server that is away lets no letter tell them.

    Two queries for those who hold an office, none for others.
    """
    if not actor.offices:
        return []
    rows = visible.under_procedure(viewer).filter(
        state__in=(ProposalState.SILENCE, ProposalState.PENDING), procedure__closed_at=None
    )
    rows = rows.filter(body__in=list(actor.offices))
    mine = {key_of(one): one for one in rows if CHAIR.allows(actor, one) or SECRETARIAT.allows(actor, one)}
    warned = (
        Letter.objects.filter(kind=WARNING, about__in=list(mine)).values_list("about", "turn") if mine else ()
    )
    found = {about for about, turn in warned if turn == mine[about].procedure.round}
    return [
        Owed(
            kind=notice_wording.owed_unreached,
            title=one.title,
            address=f"{one.get_absolute_url()}#notices",
            label=notice_wording.see_notices,
            deadline=one.procedure.ends_at,
            zone=one.group.zone,
            subject=f"{about}#notices",
        )
        for about, one in mine.items()
        if about in found
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A member on the board: how far its notice came, whether a page was opened, and whether it has acted."""

    name: str
    state: Any
    mark: str
    opened: bool
    acted: bool


def board(viewer: Viewer, proposal: Proposal) -> list[Row]:
    """Each member who decides, for those who lead; that the reader has opened the page is noted."""
    outcome = visible.holding(proposal)
    delivery.opened(viewer.person, key_of(proposal))
    if not visible.leads(viewer, proposal):
        return []
    names = dict(shapes.named(outcome.entitled))
    return [
        Row(names.get(one.member, one.member), *_state(one), opened=one.has_opened, acted=one.has_acted)
        for one in reach(proposal, outcome)
    ]


def _state(one: Reach) -> tuple[Any, str]:
    if one.has_acted:
        return notice_wording.has_acted, "done"
    if one.is_there or not leaves():
        return notice_wording.is_reached, "done"
    if one.is_unreached and (one.is_lost or not one.letters):
        return notice_wording.is_unreached, "stopped"
    return notice_wording.on_its_way, "waiting"
