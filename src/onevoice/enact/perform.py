"""The door: the only transaction in which a person changes anything.

The order of steps, each explained in docs/architecture.md:
1. who acts is settled by the caller: an Actor, never a name from the form;
2. received: the database's clock stamps the sending;
3. once: a one-time number seen before answers with the first receipt;
4. the subject is locked; if it, or what stands under it, moved since the form was made, the answer says who did
   what and when;
5. may, by the act's own rule; 6. inputs valid; 7. happen; 8. the record; 9. the receipt.
Steps 3 to 9 are one transaction; mail and calendar leave after it, from rows written in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from onevoice.record.append import append
from onevoice.record.tiles import EntryTooLarge

from . import wording
from .act import Act, Facts, Refusal
from .actor import Actor
from .changes import changed, standing
from .clock import database_clock as database_clock
from .form import ActForm
from .models import Performed
from .subjects import above, group_of, key_of, keys_above, plain_facts

TOLD = 20  # acts that a stale form is told of, the newest; of older ones only that there were some
SHORT = timedelta(minutes=30)  # within it the same words again are likelier a mistake than a wish
_inside: ContextVar[str] = ContextVar("inside", default="")


@dataclass(frozen=True, slots=True)
class Sending:
    """What came with a form or a call: inputs, one-time number, the last act its maker had seen (its id), files.

    `told`, of a form only: the own act that its page has shown as done already (its id), 0 for none.
    """

    inputs: Mapping[str, Any]
    once: str
    seen: int | None = None
    files: Mapping[str, Any] | None = None
    told: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """It happened now, or (`again`) it had happened already under the same one-time number."""

    performed: Performed
    again: bool = False
    result: Any = None


@dataclass(frozen=True, slots=True)
class Stale:
    """Others acted on the subject after the form was made; nothing happened. Newest first.

    `repeated`: the sender has just done the very same; a browser that goes back fills in a new form with old words.
    """

    since: list[Performed] = field(default_factory=list)
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The inputs are not valid; the form holds what was typed and what is wrong."""

    form: ActForm


class _Found(Exception):  # noqa: N818 - leaves the transaction, so that nothing is half done
    """The inputs went wrong only together (an hour that the clocks skip): the form says so."""

    def __init__(self, form: ActForm) -> None:
        super().__init__()
        self.form = form


Answer = Done | Stale | Incomplete | Refusal


def perform(act: type[Act], subject: Any, sending: Sending, *, actor: Actor) -> Answer:
    """Perform an act on a subject that the actor may see. Never raises for what a user can do wrong."""
    if act.received_first:
        from .receiving import receive_and_judge  # it stands on this file

        return receive_and_judge(act, subject, sending, actor=actor)
    if _inside.get():
        raise RuntimeError(
            f"{act.name} was called inside {_inside.get()}. Acts never call acts: share a step."
        )
    token = _inside.set(act.name)
    try:
        with transaction.atomic():
            return _through_the_door(act, subject, sending, actor)
    except Refusal as refusal:
        return refusal
    except _Found as found:
        return Incomplete(found.form)
    except IntegrityError as error:
        return _first_of_two(sending, error, actor) or _forbidden(act, error)
    except EntryTooLarge as error:
        return Refusal("too_large", wording.too_large_for_record, size=error.size, limit=error.limit)
    finally:
        _inside.reset(token)


def _through_the_door(act: type[Act], subject: Any, sending: Sending, actor: Actor) -> Answer:
    received_at = database_clock()
    subject = locked(subject)
    if first := Performed.objects.filter(once=sending.once).first():
        return Done(theirs(first, actor), again=True)
    if since := moved(act, subject, sending, actor):
        return Stale(since)
    form = ActForm(act, subject, sending.inputs, sending.files, actor=actor)
    if same := just_done(form, subject, sending, actor, now=received_at):
        return Stale([same], repeated=True)
    if refusal := act.refusal(actor, subject, now=received_at):
        raise refusal
    if not form.is_valid():
        return Incomplete(form)
    doing = act(actor, form.cleaned_data, received_at=received_at)
    before = standing(act, subject)
    try:
        happened = doing.happen(subject)
    except ValidationError as error:
        form.add_error(None, error)
        raise _Found(form) from error
    performed = remember(doing, subject, sending, happened, changed(act, before, form, happened), form.seal())
    for tell in act.tells:
        tell(performed, subject, happened)
    return Done(performed, result=happened.result)


def locked(subject: Any) -> Any:
    """The subject as it is now, locked until the transaction ends: acts on one subject take turns.

    So do acts on whatever stands under one thing: else the numbers of acts, by which a form knows what its maker has
    seen, could be given in one order and seen in another. From the top, so that nobody waits for each other.
    """
    for thing in reversed(above(subject)):
        _taking_turns(thing)
    return _taking_turns(subject)


def _taking_turns(subject: Any) -> Any:
    # Not FOR UPDATE: rows that point to the subject (a body to its group) may be added by acts on other subjects
    # meanwhile; with FOR UPDATE two acts could wait for each other.
    return type(subject)._base_manager.select_for_update(no_key=True).get(pk=subject.pk)


def _first_of_two(sending: Sending, error: IntegrityError, actor: Actor) -> Answer | None:
    """The same number at the same moment on two subjects: the one that came second gets the first one's receipt."""
    if not _constraint(error).startswith("enact_performed_once"):
        return None
    try:
        return Done(theirs(Performed.objects.get(once=sending.once), actor), again=True)
    except Refusal as refusal:
        return refusal


def theirs(first: Performed, actor: Actor) -> Performed:
    if (first.person, first.organisation) != (actor.person, actor.organisation):
        raise Refusal("number_used", wording.number_used)
    return first


def moved(act: type[Act], subject: Any, sending: Sending, actor: Actor) -> list[Performed]:
    """Acts on the subject since the form was made; for one that makes something new, only the actor's own like it."""
    if sending.seen is None:
        return []
    if act.creates:
        own = {"act": act.name, "person": actor.person, "organisation": actor.organisation}
        later = Performed.objects.filter(subject=key_of(subject), **own)
    else:
        later = on_or_under(subject)
    later = later.filter(pk__gt=sending.seen)
    return list(later[: TOLD + 1])


def just_done(
    form: ActForm, subject: Any, sending: Sending, actor: Actor, *, now: datetime
) -> Performed | None:
    """The sender's own last act of this kind here, if it was the same, a short time ago, and nobody said so yet."""
    if sending.told is None or form.files:  # a file was chosen anew on purpose: no browser does that by itself
        return None
    own = {"subject": key_of(subject), "act": form.act.name, "person": actor.person, "organisation": actor.organisation}
    last = Performed.objects.filter(**own, performed_at__gt=now - SHORT).first()
    return last if last and last.pk != sending.told and last.inputs_seal == form.seal() else None


def on_or_under(subject: Any) -> QuerySet[Performed]:
    """Acts on a subject, and on all that stood under it when they were performed."""
    key = key_of(subject)
    return Performed.objects.filter(Q(subject=key) | Q(under__contains=[key]))


def last_seen(subject: Any) -> int:
    """The id of the last act on a subject or under it, 0 for none: a form carries it."""
    return on_or_under(subject).values_list("pk", flat=True).first() or 0


def remember(
    doing: Act, subject: Any, sending: Sending, happened: Facts, changes: list[dict[str, Any]], seal: str
) -> Performed:
    """The entry in the record (formal acts) and the row that the receipt is made of."""
    actor, group = doing.actor, group_of(subject)
    performed_at = database_clock()
    values = plain_facts(happened.values) | ({"came_by": actor.came_by} if actor.came_by else {})
    entry = None
    if doing.formal:
        entry = append(
            group=group.slug,
            act=doing.name,
            subject=key_of(subject),
            by=actor.key,
            for_=actor.organisation_key,
            received_at=doing.received_at,
            effective_at=happened.values.get("effective_at") or doing.received_at,
            facts=values,
            personal=plain_facts(happened.personal),
            public=happened.public,
        )
    return Performed.objects.create(
        key=uuid4().hex,
        once=sending.once,
        act=doing.name,
        group=group.slug,
        subject=key_of(subject),
        result=key_of(happened.result),
        under=keys_above(subject, happened.also_under),
        person=actor.person,
        organisation=actor.organisation,
        by={
            "person": actor.person_name,
            "organisation": dict(actor.organisation_words),
            "capacity": actor.capacity,
        },
        facts=values,
        changed=changes,
        inputs_seal=seal,
        received_at=doing.received_at,
        performed_at=performed_at,
        entry=entry,
    )


def _forbidden(act: type[Act], error: IntegrityError) -> Refusal:
    """What the database forbids, in the act's own words; an unexpected one is a defect and rises."""
    constraint = _constraint(error)
    if constraint not in act.forbids:
        raise error
    return Refusal(constraint, act.forbids[constraint])


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
