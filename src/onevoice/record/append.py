"""Adding to the record: opening a group's log, an entry for each act, changing a log's key, erasing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from onevoice.record import keys, leaf
from onevoice.record.canonical import canonical
from onevoice.record.commitments import Opened
from onevoice.record.merkle import leaf_hash
from onevoice.record.models import Entry, LogKey, Opening
from onevoice.record.notes import NoteError, Verifier, check_name

CHANNEL = "record_entry"


# Keys made since the transaction began, to be taken away when it is undone.
_fresh: ContextVar[list[tuple[str, Verifier]] | None] = ContextVar("fresh keys", default=None)


class NoLog(LookupError):
    """The group has no log yet: it is opened when the group is made."""


@dataclass(frozen=True, kw_only=True)
class ToRecord:
    """One act to be recorded. `by` and `personal` stand in the log as salted commitments only."""

    group: str
    act: str
    subject: str
    by: str
    for_: str
    received_at: datetime
    effective_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)
    public: bool = True


@contextmanager
def keys_in_transaction() -> Iterator[None]:
    """A transaction in which logs get keys: when it is undone, no private key stays behind.

    A key goes only where the database answers that no log has it: a commit may have gone through unseen.
    """
    made: list[tuple[str, Verifier]] = []
    before = _fresh.set(made)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for group, key in made:
            with suppress(DatabaseError, OSError):
                if not LogKey.objects.filter(vkey=key.vkey).exists():
                    keys.remove(group, key)
        raise
    finally:
        _fresh.reset(before)


def why_not_origin(group: str, origin: str) -> str:
    """Why a group's log could not be opened under this origin, as a sentence; empty when it could."""
    field: Any = LogKey._meta.get_field("origin")
    longest: int = field.max_length
    if len(origin) > longest:
        return f"The record's name has {len(origin)} characters; at most {longest} are kept."
    try:
        check_name(origin)
    except NoteError:
        return (
            f"{origin!r} cannot be the name of a record: "
            "give one without space or plus sign, as record.example.org/icat."
        )
    if LogKey.objects.filter(group=group).exists():
        return f"There is a record of {group} already, and a record is never opened twice."
    if other := LogKey.objects.filter(origin=origin).first():
        return f"{origin!r} is the name of the record of {other.group} for ever: choose another."
    return ""


def open_log(group: str, origin: str) -> LogKey:
    """Begin a group's log under an origin that never changes, and make its first key."""
    if LogKey.objects.filter(group=group).exists():
        raise ValueError(f"The record of {group} is open already.")
    return LogKey.objects.create(group=group, number=0, origin=origin, vkey=_new_key(group, origin))


def _new_key(group: str, origin: str) -> str:
    made = keys.create(group, origin)
    if (fresh := _fresh.get()) is not None:
        fresh.append((group, made))
    return made.vkey


def append(
    *,
    group: str,
    act: str,
    subject: str,
    by: str,
    for_: str,
    received_at: datetime,
    effective_at: datetime,
    facts: Mapping[str, Any],
    personal: Mapping[str, Any] | None = None,
    public: bool = True,
) -> Entry:
    """Record one act inside its own transaction; its place in the log follows within a second."""
    (entry,) = append_many(
        [
            ToRecord(
                group=group, act=act, subject=subject, by=by, for_=for_, received_at=received_at,
                effective_at=effective_at, facts=facts, personal=personal or {}, public=public,
            )
        ]
    )  # fmt: skip
    return entry


def append_many(acts: Iterable[ToRecord]) -> list[Entry]:
    """Record many acts at once, in order: an import, or deadlines that end in one instant."""
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is made in the transaction of its act: there is none here.")
    acts = list(acts)
    origins = _origins({act.group for act in acts})
    sealed = [leaf.seal(_leaf(act, origins[act.group]), public=act.public) for act in acts]
    entries = _insert(acts, [made.entry for made in sealed])
    _insert_openings(
        [(entry.pk, opened) for entry, made in zip(entries, sealed, strict=True) for opened in made.openings]
    )
    _wake_after_commit()
    return entries


def change_key(group: str, *, by: str = "operator") -> LogKey:
    """Give a log a new key. The change is an entry; the head that first holds it is signed by both keys."""
    with keys_in_transaction():
        last = LogKey.objects.filter(group=group).order_by("number").last()
        if last is None:
            raise NoLog(f"The group {group} has no record.")
        vkey = _new_key(group, last.origin)
        new = LogKey.objects.create(group=group, number=last.number + 1, origin=last.origin, vkey=vkey)
        new.refresh_from_db()
        append(
            group=group, act="record.change_key", subject=f"record.log:{group}", by=by, for_="",
            received_at=new.since, effective_at=new.since, facts={"vkey": vkey, "former": last.vkey},
        )  # fmt: skip
    return new


def erase(entry: Entry, names: Sequence[str]) -> int:
    """Erase personal values of an entry for good; the log stays as it is and stays verifiable."""
    return Opening.objects.filter(entry=entry, name__in=names).delete()[0]


def _origins(groups: set[str]) -> dict[str, str]:
    found = dict(LogKey.objects.filter(group__in=groups, number=0).values_list("group", "origin"))
    if missing := groups - found.keys():
        raise NoLog(f"The group {min(missing)} has no record: it is opened when the group is made.")
    return found


def _leaf(act: ToRecord, origin: str) -> leaf.Leaf:
    if {"by", leaf.WHOLE} & act.personal.keys():
        raise ValueError("The names 'by' and 'leaf' are the record's own.")
    return leaf.Leaf(
        act=act.act,
        log=origin,
        subject=act.subject,
        for_=act.for_,
        received_at=act.received_at,
        effective_at=act.effective_at,
        facts=act.facts,
        personal={**act.personal, "by": act.by},
    )


def _insert(acts: Sequence[ToRecord], leaves: Sequence[bytes]) -> list[Entry]:
    """One statement for all: an import of a hundred thousand rows waits for this."""
    names = ("group", "leaf", "leaf_hash", "act", "subject", "public")
    rows = [
        (act.group, content, leaf_hash(content), act.act, act.subject, act.public)
        for act, content in zip(acts, leaves, strict=True)
    ]
    made = _run(
        """
        INSERT INTO record_entry ("group", leaf, leaf_hash, act, subject, public)
        SELECT * FROM unnest(%s::text[], %s::bytea[], %s::bytea[], %s::text[], %s::text[], %s::boolean[])
        RETURNING id, created_at, transaction""",
        rows,
    )
    entries = [
        Entry(id=id_, created_at=at, transaction=number, **dict(zip(names, row, strict=True)))
        for (id_, at, number), row in zip(made, rows, strict=True)
    ]
    for entry in entries:
        entry._state.adding, entry._state.db = False, connection.alias
    return entries


def _insert_openings(openings: Sequence[tuple[int, Opened]]) -> None:
    _run(
        """
        INSERT INTO record_opening (entry_id, name, salt, value)
        SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::jsonb[])
        RETURNING id""",
        [(entry, opened.name, opened.salt, canonical(opened.value).decode()) for entry, opened in openings],
    )


def _run(statement: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Insert rows, given to the statement as one list a column."""
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        return list(cursor.fetchall())


def _wake_after_commit() -> None:
    # After the commit, once: a NOTIFY inside the act's transaction makes commits wait for each other.
    if not any(waiting[1] is _wake for waiting in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
