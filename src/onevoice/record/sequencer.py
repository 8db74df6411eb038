"""The sequencer: gives entries their order, grows the tree, signs its head. The only one that does.

1. Entries are committed by acts in any order and without waiting for each other.
2. Under one lock a group, those not yet placed are placed in the order of their ids, in batches.
3. Full tiles are stored; the head over all entries is signed; all of a batch is one transaction.
Before signing, the stored tree must give the root that was signed last: a log never gets a second past.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import psycopg
from django.db import DatabaseError, connections, transaction
from django.db.utils import InterfaceError

from onevoice.record import checkpoint, keys, merkle, notes, stored, tiles
from onevoice.record.append import CHANNEL
from onevoice.record.models import Checkpoint, LogKey, Tile

BATCH = 8_192
POLL_SECONDS = 0.5
LOCK = 0x5245434F  # 'RECO': this product's advisory locks on logs

log = logging.getLogger(__name__)


class LogDamaged(Exception):
    """What is stored of a log does not give the root that was signed last; nothing more is signed."""


def place_pending(using: str = "sequencer") -> int:
    """Place every entry that was committed and has no place yet; how many there were."""
    return Sequencer(using).place()


def run(stop: Event, using: str = "sequencer") -> None:
    """Place entries as they come, until told to stop; a database that goes away is waited for."""
    sequencer = Sequencer(using)
    while not stop.is_set():
        try:
            sequencer.listen()
            while not stop.is_set():
                sequencer.place()
                sequencer.wait()
        except (DatabaseError, InterfaceError, psycopg.Error) as error:
            log.warning("The record waits for the database: %s", error)
            sequencer.forget()
            stop.wait(1)
    connections[using].close()


@dataclass
class Sequencer:
    """One sequencer's working memory; losing it costs one look at every entry."""

    using: str = "sequencer"
    settled: int = 0
    """Entries of transactions before this one are all placed."""
    told: set[str] = field(default_factory=set)

    def place(self) -> int:
        """One round over all groups; a log that cannot go on does not hold up the others."""
        # Taken first: whatever a transaction before this one has committed, the queries below see.
        horizon = self._one("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        count, whole = 0, True
        for group in self._groups():
            try:
                count += self._place_group(group)
            except (keys.KeyUnusable, LogDamaged, notes.NoteError) as error:
                whole = False
                self._tell(str(error))
        if whole:
            self.settled = horizon
            self.told.clear()
        return count

    def listen(self) -> None:
        """Ask to be woken by acts."""
        self._connection().execute(f"LISTEN {CHANNEL}")

    def wait(self) -> None:
        """Sleep until an act wakes us, or for half a second."""
        for _ in self._connection().notifies(timeout=POLL_SECONDS, stop_after=1):
            return

    def forget(self) -> None:
        """Start afresh with a new connection, perhaps to another server."""
        self.settled = 0
        connections[self.using].close()

    def _place_group(self, group: str) -> int:
        count = 0
        while placed := self._place_batch(group):
            count += placed
            if placed < BATCH:
                break
        return count

    def _place_batch(self, group: str) -> int:
        """Steps 2 and 3 of the module's docstring."""
        with transaction.atomic(using=self.using):
            self._run("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", LOCK, group)
            rows = self._pending(group)
            head = stored.head(group, using=self.using)
            if head is not None and not rows:
                return 0
            size = head.size if head else 0
            tree = Edge.read(group, size, self.using)
            if head and tree.root() != bytes(head.root):
                raise LogDamaged(
                    f"The stored record of {group} does not give the root signed at {size:,} entries. "
                    "Nothing more is signed: see docs/record.md, 'When a log is damaged'."
                )
            self._insert_placements(group, size, [id_ for id_, _ in rows])
            Tile.objects.using(self.using).bulk_create(tree.grow([bytes(leaf) for _, leaf in rows]))
            self._sign(group, size + len(rows), tree.root(), head)
            return len(rows)

    def _sign(self, group: str, size: int, root: bytes, last: Checkpoint | None) -> None:
        known = LogKey.objects.using(self.using).filter(group=group).order_by("-number")
        verifiers = [notes.Verifier.parse(key.vkey) for key in known]
        signers = [keys.signer(group, verifiers[0])]
        if last is not None:
            signers += _former(group, verifiers, bytes(last.note))
        note = checkpoint.sign(checkpoint.Head(verifiers[0].name, size, root), *signers)
        Checkpoint.objects.using(self.using).create(group=group, size=size, root=root, note=note)

    def _groups(self) -> list[str]:
        """Groups with entries to place, and those whose log has no head yet."""
        rows = self._run(
            """
            SELECT DISTINCT entry."group" FROM record_entry AS entry
            WHERE entry.transaction >= %s
              AND NOT EXISTS (SELECT FROM record_placement WHERE entry_id = entry.id)
            UNION
            SELECT "group" FROM record_logkey AS key
            WHERE NOT EXISTS (SELECT FROM record_checkpoint WHERE "group" = key."group")
            ORDER BY 1""",
            self.settled,
        )
        return [group for (group,) in rows]

    def _pending(self, group: str) -> list[tuple[int, bytes]]:
        return self._run(
            """
            SELECT entry.id, entry.leaf_hash FROM record_entry AS entry
            WHERE entry."group" = %s AND entry.transaction >= %s
              AND NOT EXISTS (SELECT FROM record_placement WHERE entry_id = entry.id)
            ORDER BY entry.id LIMIT %s""",
            group, self.settled, BATCH,
        )  # fmt: skip

    def _insert_placements(self, group: str, size: int, ids: list[int]) -> None:
        self._run(
            """
            INSERT INTO record_placement (entry_id, "group", index)
            SELECT id, %s, %s + number - 1 FROM unnest(%s::bigint[]) WITH ORDINALITY AS entry (id, number)
            RETURNING 1""",
            group, size, ids,
        )  # fmt: skip

    def _tell(self, sentence: str) -> None:
        if sentence not in self.told:
            self.told.add(sentence)
            log.error("%s", sentence)

    def _run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def _one(self, statement: str) -> int:
        return int(self._run(statement)[0][0])

    def _connection(self) -> psycopg.Connection[Any]:
        connections[self.using].ensure_connection()
        connection: psycopg.Connection[Any] = connections[self.using].connection
        return connection


@dataclass
class Edge:
    """The growing edge of a tree: at each level the hashes that do not fill a tile yet."""

    group: str
    size: int
    levels: list[list[bytes]]

    @classmethod
    def read(cls, group: str, size: int, using: str) -> "Edge":
        """The edge as it is stored."""
        levels = []
        for level in range(8):
            full, width = divmod(size >> tiles.HEIGHT * level, tiles.WIDTH)
            tile = tiles.Tile(level, full, width)
            levels.append(list(stored.hashes(group, tile, using=using)) if width else [])
        return cls(group, size, levels)

    def grow(self, leaves: Sequence[bytes]) -> list[Tile]:
        """Add leaf hashes; the tiles that became full, to be stored."""
        self.levels[0].extend(leaves)
        before, self.size = self.size, self.size + len(leaves)
        filled = []
        for level, hashes in enumerate(self.levels):
            number = before >> tiles.HEIGHT * (level + 1)
            while len(hashes) >= tiles.WIDTH:
                full, hashes[: tiles.WIDTH] = hashes[: tiles.WIDTH], []
                root = merkle.full_root(full)
                self.levels[level + 1].append(root)
                filled.append(
                    Tile(group=self.group, level=level, number=number, hashes=b"".join(full), root=root)
                )
                number += 1
        return filled

    def root(self) -> bytes:
        """The head of the tree: the edge's full subtrees, the largest first, folded from the end."""
        parts = []
        for hashes in reversed(self.levels):
            for level, number in merkle.full_subtrees(0, len(hashes)):
                parts.append(merkle.full_root(hashes[number << level : (number + 1) << level]))
        return merkle.fold(parts) if parts else merkle.EMPTY_ROOT


def _former(group: str, verifiers: list[notes.Verifier], note: bytes) -> list[notes.Signer]:
    """The keys of the last head, when the present one was not among them: they hand over to it."""
    _, signed = notes.open_note(note, verifiers)
    if verifiers[0] in signed:
        return []
    found = []
    for verifier in signed:
        try:
            found.append(keys.signer(group, verifier))
        except keys.KeyUnusable as error:
            log.warning("The former key cannot hand over: %s", error)
    return found
