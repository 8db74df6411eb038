"""What became of a letter: the ledger's only writer, and who hears of it.

Rooms above register with `hears`; they are called in the transaction that writes the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from .models import Letter, Step

Heard = Callable[[Letter, Step], None]
_heard: list[Heard] = []


def hears(function: Heard) -> Heard:
    """Register who hears of a letter's step, once, in its transaction."""
    if function not in _heard:
        _heard.append(function)
    return function


def note(letter: Letter, step: Step, says: str = "") -> bool:
    """Write a step; False where it was written before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """insert into notices_delivery (letter_id, step, at, says) values (%s, %s, clock_timestamp(), %s)
               on conflict (letter_id, step) do nothing""",
            [letter.pk, step.value, _clean(says)],
        )
        if not cursor.rowcount:
            return False
        for heard in _heard:
            heard(letter, step)
        return True


def opened(person: int | None, about: str) -> None:
    """A person has opened the page that some letters are about; a machine's note, no act."""
    if person is None:
        return
    rows = Letter.objects.filter(about=about, person=person, turn__isnull=False)
    for letter in rows.exclude(deliveries__step=Step.OPENED):
        note(letter, Step.OPENED)


def of_turn(about: str, turn: int) -> list[Letter]:
    """The letters of one turn of a subject, each with its steps in `reached`; two queries."""
    return list(Letter.objects.filter(about=about, turn=turn).order_by("pk").prefetch_related("deliveries"))


def steps(letter: Letter) -> set[str]:
    """The steps of a letter that came from `of_turn`."""
    return {one.step for one in letter.deliveries.all()}


def is_there(letter: Letter) -> bool:
    """Whether it counts as delivered: its page was opened, or the mail server took it and it did not come back."""
    found = steps(letter)
    return Step.OPENED in found or (Step.ACCEPTED in found and Step.BOUNCED not in found)


def is_lost(letter: Letter) -> bool:
    """Whether it did not arrive, as far as is known."""
    found = steps(letter)
    return Step.BOUNCED in found and Step.OPENED not in found


def not_taken_yet(kinds: Iterable[str], *, older: str) -> list[str]:
    """What letters are about that no mail server has taken so long after they were queued (an SQL interval)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct about from notices_letter l
               where sent_at is null and turn is not null and kind = any(%s)
                 and queued_at < clock_timestamp() - %s::interval
                 and not exists (select from notices_delivery d where d.letter_id = l.id and d.step = 'bounced')
               limit 500""",
            [list(kinds), older],
        )
        return [row[0] for row in cursor.fetchall()]


def _clean(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:500]
