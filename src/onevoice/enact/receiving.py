"""The door for acts that count to the second: received first, stamped and committed, then judged and recorded.

1. once, and who may act at all: nothing of a stranger's is received;
2. received: one short statement, stamped by the database's clock and committed; from here on it cannot be lost;
3. judged: the subject is locked, the act happens with what was received, and the record gets its entry.
When 3 does not happen (a process is stopped), whoever sweeps what was received finishes it with `judge`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from .act import Act, Refusal
from .actor import Actor
from .form import ActForm
from .models import Performed
from .perform import (
    Answer,
    Done,
    Incomplete,
    Sending,
    Stale,
    database_clock,
    just_done,
    locked,
    moved,
    remember,
    theirs,
)
from .subjects import plain_facts


class Receives(Act, abstract=True):
    """An act that is received before it is judged.

    `receive` stores it, in a transaction of its own, and returns the row (`at`, `once`); `happen` finds it in
    `self.received`. With `stands_incomplete` it counts although something is missing or somebody acted meanwhile.
    """

    received_first = True
    stands_incomplete = False
    received: Any = None

    @classmethod
    def receive(cls, actor: Actor, subject: Any, inputs: Mapping[str, Any], *, once: str) -> Any:
        raise NotImplementedError


def receive_and_judge(act: type[Receives], subject: Any, sending: Sending, *, actor: Actor) -> Answer:
    """What `perform` does, for acts that are received first. Never raises for what a user can do wrong."""
    try:
        if first := Performed.objects.filter(once=sending.once).first():
            return Done(theirs(first, actor), again=True)
        now = database_clock()
        if refusal := act.refusal(actor, subject, now=now):
            return refusal
        form = ActForm(act, subject, sending.inputs, sending.files, actor=actor)
        if same := just_done(form, subject, sending, actor, now=now):
            return Stale([same], repeated=True)
        if not act.stands_incomplete and (since := moved(act, subject, sending, actor)):
            return Stale(since)
        if not form.is_valid() and not act.stands_incomplete:
            return Incomplete(form)
        received = act.receive(actor, subject, form.cleaned_data, once=sending.once)
        return judge(act, subject, received, form.cleaned_data, actor=actor, seal=form.seal())
    except Refusal as refusal:
        return refusal


def judge(
    act: type[Receives], subject: Any, received: Any, inputs: Mapping[str, Any], *, actor: Actor, seal: str = ""
) -> Done:
    """Finish an act that was received: it happens, is recorded and told of, once."""
    with transaction.atomic():
        subject = locked(subject)
        if first := Performed.objects.filter(once=received.once).first():
            return Done(theirs(first, actor), again=True)
        doing = act(actor, inputs, received_at=received.at)
        doing.received = received
        happened = doing.happen(subject)
        performed = remember(doing, subject, Sending({}, received.once), happened, [], seal)
        for tell in act.tells:
            tell(performed, subject, happened)
        return Done(performed, result=happened.result)


def as_received(actor: Actor, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Who acted and what was typed, as the received row keeps it."""
    kept = ("kind", "group", "group_key", "person_key", "person_name", "organisation_key", "organisation_words",
            "capacity", "appointment", "came_by")  # fmt: skip
    whole = asdict(actor)
    return {
        "person": actor.person,
        "organisation": actor.organisation,
        "by": {name: whole[name] for name in kept},
        "inputs": plain_facts(inputs),
    }


def actor_of(received: Any) -> Actor:
    """Who acted, from the received row: with names, without rights, which were looked at when it was received."""
    return Actor(person=received.person, organisation=received.organisation, **received.by)
