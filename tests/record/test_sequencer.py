"""The sequencer: an order for every entry, none skipped, none twice; heads that only ever grow."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction

from onevoice.record import checkpoint, leaf, merkle, notes, receipts, sequencer, stored, verify
from onevoice.record.append import ToRecord, append_many, change_key, erase, open_log
from onevoice.record.models import Checkpoint, Entry, LogKey, Placement, Tile
from onevoice.record.proofs import Proof
from onevoice.record.sequencer import Edge, Sequencer, place_pending
from record.database import AT, GROUP, ORIGIN, placed, recorded
from record.logs import put


def head() -> checkpoint.Head:
    """The newest head, its signature checked with the log's present key."""
    signed = stored.head(GROUP)
    assert signed is not None
    return checkpoint.open_checkpoint(bytes(signed.note), [notes.Verifier.parse(stored.vkeys(GROUP)[0])])


def leaves() -> list[bytes]:
    return [bytes(leaf) for leaf in Placement.objects.order_by("index").values_list("entry__leaf", flat=True)]


def root_of(entries: list[bytes]) -> bytes:
    return merkle.root(len(entries), merkle.in_memory([merkle.leaf_hash(entry) for entry in entries]))


def many(count: int, group: str = GROUP) -> None:
    with transaction.atomic():
        append_many(
            ToRecord(
                group=group, act="import.row", subject=f"import.row:{n}", by="importer", for_="",
                received_at=AT, effective_at=AT, facts={"row": n},
            )
            for n in range(count)
        )  # fmt: skip


def test_an_empty_log_gets_a_signed_head(opened: str) -> None:
    assert place_pending() == 0
    assert head() == checkpoint.Head(ORIGIN, 0, merkle.EMPTY_ROOT)


def test_entries_are_placed_in_order_under_a_signed_root(opened: str) -> None:
    entries = placed(1, 2, 3)
    assert leaves() == [bytes(entry.leaf) for entry in entries]
    assert head() == checkpoint.Head(ORIGIN, 3, root_of(leaves()))


def test_placing_again_places_nothing_and_signs_nothing(opened: str) -> None:
    placed(1, 2)
    before = Checkpoint.objects.count()
    assert (place_pending(), Checkpoint.objects.count()) == (0, before)


@pytest.mark.parametrize("steps", [[255, 1, 1], [256, 256], [1, 600, 3], [300, 300]])
def test_a_log_grown_in_steps_has_the_root_of_its_entries(steps: list[int], opened: str) -> None:
    for count in steps:
        many(count)
        assert place_pending() == count
        assert head() == checkpoint.Head(ORIGIN, len(leaves()), root_of(leaves()))
    assert Tile.objects.filter(level=0).count() == sum(steps) // 256


def test_a_tree_past_65536_entries_fills_a_tile_of_the_second_level() -> None:
    hashes = [merkle.leaf_hash(b"%d" % number) for number in range(65_536 + 300)]
    edge = Edge(GROUP, 0, [[] for _ in range(8)])
    filled = [
        tile for start in range(0, len(hashes), 5_000) for tile in edge.grow(hashes[start : start + 5_000])
    ]
    assert [(tile.level, tile.number) for tile in filled if tile.level] == [(1, 0)]
    assert [tile.number for tile in filled if not tile.level] == list(range(257))
    assert edge.root() == merkle.root(len(hashes), merkle.in_memory(hashes))


def test_groups_have_logs_of_their_own(opened: str) -> None:
    open_log("other", "record.example/other")
    recorded(1), recorded(2, group="other"), recorded(3)
    assert place_pending() == 3
    assert list(Placement.objects.order_by("entry").values_list("group", "index")) == [
        (GROUP, 0), ("other", 0), (GROUP, 1),
    ]  # fmt: skip


@contextmanager
def another_connection(name: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    settings = connections["default"].get_connection_params()
    known = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{key: settings[key] for key in known if key in settings}) as other:
        yield other


def insert(other: psycopg.Connection[tuple[object, ...]], content: bytes) -> None:
    other.execute(
        'INSERT INTO record_entry ("group", leaf, leaf_hash, act, subject, public) '
        "VALUES (%s, %s, %s, 'a', 's', true)",
        [GROUP, content, merkle.leaf_hash(content)],
    )


def test_an_entry_that_commits_after_later_ones_is_placed_later_and_not_lost(opened: str) -> None:
    running = Sequencer()
    with another_connection("default") as slow:
        insert(slow, b"slow")
        quick = [recorded(n) for n in range(3)]
        assert running.place() == 3
        assert running.place() == 0
        slow.commit()
    assert Entry.objects.get(leaf=b"slow").pk < quick[0].pk
    assert running.place() == 1
    assert leaves() == [*(bytes(entry.leaf) for entry in quick), b"slow"]
    assert head().root == root_of(leaves())


def test_what_is_settled_is_not_looked_at_again(opened: str) -> None:
    running = Sequencer()
    with another_connection("default") as slow:
        insert(slow, b"slow")
        recorded(1)
        running.place()
        (open_since,) = Entry.objects.values_list("transaction", flat=True)
        assert running.settled < open_since
    # Transactions are numbered for all databases of the cluster: another test's may still be open.
    until = time.monotonic() + 60
    while running.settled <= open_since and time.monotonic() < until:
        recorded(2)
        running.place()
        time.sleep(0.05)
    assert running.settled > open_since


def test_two_sequencers_at_once_place_every_entry_once(opened: str) -> None:
    stop, counts = threading.Event(), []

    def work() -> None:
        running = Sequencer()
        count = 0
        while not stop.is_set():
            count += running.place()
        counts.append(count + running.place())
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(60):
        recorded(number)
    stop.set()
    for thread in threads:
        thread.join()
    assert sum(counts) == 60
    assert list(Placement.objects.order_by("index").values_list("index", flat=True)) == list(range(60))
    assert head().root == root_of(leaves())


def test_every_head_ever_signed_is_continued_by_the_last(opened: str) -> None:
    for count in (1, 3, 255, 10, 300):
        many(count)
        place_pending()
    size = head().size
    for signed in Checkpoint.objects.exclude(size=0):
        proof = merkle.consistency_proof(signed.size, size, stored.subtrees(GROUP, size))
        assert merkle.continues(bytes(signed.root), signed.size, head().root, size, proof)


def test_an_act_is_placed_within_a_moment_of_its_commit(opened: str) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sequencer.run, args=[stop])
    thread.start()
    try:
        recorded(0)
        wait_for(1)
        waited = []
        for number in range(1, 21):
            recorded(number)
            began = time.monotonic()
            wait_for(number + 1)
            waited.append(time.monotonic() - began)
    finally:
        stop.set()
        thread.join()
    assert max(waited) < 1


def test_an_entry_nobody_told_of_is_placed_within_a_second(opened: str) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sequencer.run, args=[stop])
    thread.start()
    try:
        time.sleep(0.1)
        with another_connection("default") as silent:
            insert(silent, b"silent")
            silent.commit()
        wait_for(1)
    finally:
        stop.set()
        thread.join()


def test_a_sequencer_whose_connection_is_cut_goes_on(opened: str, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sequencer.run, args=[stop])
    thread.start()
    try:
        recorded(0)
        wait_for(1)
        with connections["owner"].cursor():
            pass
        cut_sequencers()
        recorded(1)
        wait_for(2, seconds=3)
    finally:
        stop.set()
        thread.join()
    assert "The record waits for the database" in caplog.text


def cut_sequencers() -> None:
    """A login may end its own sessions."""
    with connections["sequencer"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.rowcount == 1


def wait_for(size: int, seconds: float = 1) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if Checkpoint.objects.filter(group=GROUP, size=size).exists():
            return
        time.sleep(0.002)
    pytest.fail(f"{size} entries were not placed within {seconds} s.")


def test_a_log_whose_stored_tree_was_changed_signs_nothing_more(
    opened: str, caplog: pytest.LogCaptureFixture
) -> None:
    many(300)
    place_pending()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE record_tile DISABLE TRIGGER record_stays")
        cursor.execute("UPDATE record_tile SET root = sha256('forged')")
    recorded(1)
    assert place_pending() == 0
    assert "does not give the root signed at 300 entries" in caplog.text
    assert head().size == 300


def test_a_group_whose_key_is_missing_waits_and_others_go_on(
    opened: str, keys_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    open_log("other", "record.example/other")
    (file,) = keys_folder.glob(f"{GROUP}-*.key")
    file.rename(file.with_suffix(".away"))
    recorded(1), recorded(2, group="other")
    running = Sequencer()
    assert running.place() == 1 and running.place() == 0
    assert list(Placement.objects.values_list("group", flat=True)) == ["other"]
    assert caplog.text.count("cannot be read") == 1
    file.with_suffix(".away").rename(file)
    assert running.place() == 1


def test_a_key_that_others_can_read_is_not_used(
    opened: str, keys_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (file,) = keys_folder.iterdir()
    file.chmod(0o644)
    recorded(1)
    assert place_pending() == 0 and "chmod 600" in caplog.text


def test_a_new_key_is_announced_in_the_log_and_both_sign_the_change(opened: str) -> None:
    placed(1)
    before = stored.head(GROUP)
    (old,) = stored.vkeys(GROUP)
    change_key(GROUP)
    place_pending()
    new, former = stored.vkeys(GROUP)
    handover = stored.head(GROUP)
    placed(2)
    after = stored.head(GROUP)
    assert before and handover and after and former == old
    assert signers(before, old, new) == [old]
    assert signers(handover, old, new) == [new, old]
    assert signers(after, old, new) == [new]
    assert Entry.objects.get(act="record.change_key").placement.index == 1
    assert f'"vkey":"{new}"'.encode() in leaves()[1]


def signers(signed: Checkpoint, *vkeys: str) -> list[str]:
    _, found = notes.open_note(bytes(signed.note), [notes.Verifier.parse(key) for key in vkeys])
    return [key.vkey for key in found]


def test_a_key_changed_after_the_former_was_lost_signs_alone(
    opened: str, keys_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    placed(1)
    (file,) = keys_folder.iterdir()
    file.unlink()
    change_key(GROUP)
    assert place_pending() == 1
    assert signers(stored.head(GROUP) or Checkpoint(), *stored.vkeys(GROUP)) == stored.vkeys(GROUP)[:1]
    assert "cannot hand over" in caplog.text
    assert LogKey.objects.count() == 2


def test_a_receipt_is_there_once_the_act_is_placed(opened: str, tmp_path: Path) -> None:
    entry = recorded(1)
    place_pending()
    later = recorded(2)
    assert receipts.proof_of(later) is None and receipts.receipt_of(later) is None
    put(tmp_path / "kept", receipts.receipt_of(entry) or b"")
    assert verify.main([str(tmp_path / "kept"), "--vkey", stored.vkeys(GROUP)[0]]) == 0


@pytest.mark.parametrize("public", [True, False])
def test_a_receipt_of_an_erased_act_still_verifies(public: bool, opened: str, tmp_path: Path) -> None:
    (entry,) = placed(1, public=public)
    erase(entry, ["by", "reason", leaf.WHOLE])
    kept = receipts.receipt_of(entry) or b""
    put(tmp_path / "kept", kept)
    assert b"focal-point" not in Proof.parse(kept).extra
    assert verify.main([str(tmp_path / "kept"), "--vkey", stored.vkeys(GROUP)[0]]) == 0


def test_a_receipt_names_the_key_that_signed_it_while_keys_change(opened: str, tmp_path: Path) -> None:
    (entry,) = placed(1)
    (old,) = stored.vkeys(GROUP)
    change_key(GROUP)
    kept = receipts.receipt_of(entry) or b""
    assert f'"vkey":"{old}"'.encode() in Proof.parse(kept).extra


def test_a_receipt_shows_only_the_openings_it_was_given(opened: str) -> None:
    (entry,) = placed(1, personal={"reason": "Paragraph 3 exceeds our mandate."})
    kept = receipts.receipt_of(entry, entry.openings.filter(name="reason")) or b""
    assert b"mandate" in Proof.parse(kept).extra and b"focal-point" not in Proof.parse(kept).extra
