"""What acts on a proposal under its procedure share: an event is received, judged by the rules, and told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from onevoice.enact.act import Facts, Refusal, Said, Sentence, facts
from onevoice.enact.actor import Actor
from onevoice.enact.perform import database_clock
from onevoice.enact.receiving import Receives, as_received
from onevoice.procedure.states import Judged, Judgement, Outcome, State, Why

from . import visible, wording
from .models import Procedure, Proposal, Received, Unfinished
from .procedures import asked, case_of, nothing_on_its_way, receive
from .steps import derive

# Where members speak for themselves, and what they say still moves the outcome.
SPEAKING = (State.RUNNING, State.OPEN, State.HELD_UP, State.DEFERRED)


class UnderProcedure(Receives, abstract=True):
    """An act on a proposal while, or after, its procedure runs. `what` is the event that it is."""

    on = visible.under_procedure
    what: ClassVar[str]
    offered_in: ClassVar[tuple[State, ...]] = (
        State.RUNNING,
        State.HELD_UP,
        State.DEFERRED,
        State.WAITING,
        State.OPEN,
    )

    @classmethod
    def refusal(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        allowed = any(who.allows(actor, subject) for who in cls.by)
        return (not_started(subject) if allowed else None) or super().refusal(actor, subject, now=now)

    @classmethod
    def offered(cls, actor: Actor, subject: Proposal, *, now: datetime) -> bool:
        """Where it would count; what comes otherwise is received all the same, and told that it is late."""
        if visible.holding(subject).state not in cls.offered_in:
            return False
        supposed = cls.supposed(actor, subject)
        return supposed is None or visible.would_count(subject, cls.what, supposed)

    @classmethod
    def supposed(cls, actor: Actor, subject: Proposal) -> Mapping[str, Any] | None:
        """What the event would hold at least: the rules are asked whether it would count; None: the state says it."""
        return None

    @classmethod
    def due(cls, subject: Proposal, *, now: datetime, actor: Actor) -> datetime | None:
        """The end of the clock that runs."""
        outcome = visible.holding(subject)
        return (
            outcome.next_end.at
            if outcome.state in (State.RUNNING, State.VOTING) and outcome.next_end
            else None
        )

    @classmethod
    def warns(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Sentence:
        """What comes too late is told so before it is sent: it is kept all the same."""
        return "" if cls.offered(actor, subject, now=now) else wording.would_not_count

    @classmethod
    def said(cls, happened: Mapping[str, Any]) -> Said:
        """Whether it counted; when it came late, by how much; when it is without effect, why."""
        judgement = Judgement(happened.get("counted", Judgement.COUNTED))
        if judgement is Judgement.COUNTED:
            return Said(cls.done, wording.HOLDING[State(happened["state"])] if "state" in happened else "")
        why = wording.WHY.get(Why(happened["why"]), "") if happened.get("why") else ""
        if judgement is Judgement.LATE:
            return Said(wording.came_late(happened.get("late_by", 0)), why, counts=False)
        return Said(wording.kept_without_effect, why, counts=False)

    @classmethod
    def data(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """What the event holds besides its instant (docs/procedure.md)."""
        return {}

    @classmethod
    def receive(cls, actor: Actor, subject: Proposal, inputs: Mapping[str, Any], *, once: str) -> Received:
        data = cls.data(actor, subject, inputs)
        row = receive(subject.pk, cls.what, data, once=once, act=cls.name, who=as_received(actor, inputs))
        nothing_on_its_way([subject.pk])  # so that it is judged by all that was stamped before it
        return row

    def happen(self, subject: Any) -> Facts:
        procedure = Procedure.objects.select_related("rules", "calendar").get(pk=subject.pk)
        case = case_of(procedure)
        outcome = asked(case, at=self.received.at)
        judged = outcome.judged[self.received.key]
        derive(procedure, visible.hold(subject, case, at=database_clock()), subject)
        Unfinished.objects.filter(received=self.received).delete()
        return facts(
            subject,
            number=subject.number,
            text_hash=outcome.text.hash if outcome.text else subject.text_hash,
            counted=judged.judgement.value,
            why=judged.why.value if judged.why else "",
            state=outcome.state.value,
            late_by=_late_by(outcome, judged, self.received.at),
            personal=self.committed(),
            **self.told(),
        )

    def committed(self) -> dict[str, Any]:
        """What goes on the record behind a commitment."""
        return {}

    def told(self) -> dict[str, Any]:
        """What goes on the record besides."""
        return {}


def _late_by(outcome: Outcome, judged: Judged, at: datetime) -> int:
    """By how many whole seconds an act came late; nothing where it did not."""
    end = outcome.turns[-1].at if outcome.turns else at
    if outcome.end is not None and outcome.end.at <= at:
        end = outcome.end.at
    return int((at - end).total_seconds()) if judged.judgement is Judgement.LATE else 0


def member(actor: Actor) -> dict[str, str]:
    """Whose act it is, and in which capacity it was made."""
    return {"member": actor.organisation_key, "capacity": actor.capacity.replace("_", " ")}


def not_started(subject: Proposal) -> Refusal | None:
    """Before a procedure there is nothing to act on."""
    return None if hasattr(subject, "procedure") else Refusal("not_started", wording.not_started)
