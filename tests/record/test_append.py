"""Entries: made in the act's transaction, and impossible to change or remove, whoever tries."""

import itertools
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from onevoice.record import tiles
from onevoice.record.append import NoLog, ToRecord, append, append_many, erase, open_log
from onevoice.record.models import Checkpoint, Entry, LogKey, Placement, Tile
from onevoice.record.sequencer import place_pending
from record.database import AT, GROUP, ORIGIN, act, placed, recorded

TABLES = [model._meta.db_table for model in (Entry, Placement, Tile, Checkpoint, LogKey)]


def test_an_act_s_entry_holds_its_leaf_and_openings(opened: str) -> None:
    entry = recorded(facts={"text": "sha256:00"})
    entry.refresh_from_db()
    assert (entry.group, entry.act, entry.subject, entry.public) == (
        GROUP, "decisions.break_silence", "decisions.proposal:icat-demonstration/1", True,
    )  # fmt: skip
    assert {o.name: o.value for o in entry.openings.all()} == {
        "by": "person:focal-point-unicef for unicef",
        "reason": "Paragraph 3 exceeds our mandate.",
    }
    assert b"focal-point" not in bytes(entry.leaf) and b"mandate" not in bytes(entry.leaf)
    assert b"sha256:00" in bytes(entry.leaf)


def test_of_a_restricted_act_the_leaf_shows_nothing(opened: str) -> None:
    entry = recorded(public=False)
    assert len(entry.leaf) == 81 and b"unicef" not in bytes(entry.leaf)
    whole = entry.openings.get(name="leaf")
    assert whole.value["for"] == "unicef" and whole.value["subject"] == entry.subject


def test_an_act_that_is_undone_leaves_no_entry(opened: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(**act())
        raise ZeroDivisionError
    assert (Entry.objects.count(), place_pending()) == (0, 0)


def test_an_entry_outside_an_act_s_transaction_is_refused(opened: str) -> None:
    with pytest.raises(RuntimeError, match="transaction of its act"):
        append(**act())


def test_an_entry_of_a_group_without_a_log_is_refused(opened: str) -> None:
    with pytest.raises(NoLog, match="other has no record"):
        recorded(group="other")


def test_an_entry_that_is_too_large_is_refused_and_nothing_kept(opened: str) -> None:
    with pytest.raises(tiles.EntryTooLarge, match="at most 65,535"):
        recorded(facts={"text": "x" * 65_535})
    assert Entry.objects.count() == 0


def test_the_record_s_own_names_are_refused(opened: str) -> None:
    for name in ("by", "leaf"):
        with pytest.raises(ValueError, match="record's own"):
            recorded(personal={name: "somebody else"})


def test_many_acts_at_once_keep_their_order(opened: str) -> None:
    with transaction.atomic():
        entries = append_many(
            ToRecord(
                group=GROUP, act="decisions.close_silence", subject=f"decisions.proposal:{n}", by="clock",
                for_="", received_at=AT, effective_at=AT + timedelta(seconds=n),
            )
            for n in range(300)
        )  # fmt: skip
    assert [entry.subject for entry in Entry.objects.order_by("id")] == [entry.subject for entry in entries]
    assert place_pending() == 300


def test_erasing_a_person_removes_the_opening_and_leaves_the_leaf(opened: str) -> None:
    entry = recorded()
    before = bytes(entry.leaf)
    assert erase(entry, ["by"]) == 1
    entry.refresh_from_db()
    assert bytes(entry.leaf) == before
    assert [o.name for o in entry.openings.all()] == ["reason"]


def test_a_log_has_one_origin_for_ever(opened: str) -> None:
    with pytest.raises(ValueError, match="open already"):
        open_log(GROUP, "elsewhere.example/icat")
    for change in ({"origin": "elsewhere.example/icat"}, {"group": "other"}):
        row = {"group": GROUP, "origin": ORIGIN, "number": 1, "vkey": "another", **change}
        with pytest.raises(IntegrityError, match="one_origin_a_group|one_group_an_origin"):
            LogKey.objects.create(**row)


def test_a_group_s_key_can_name_no_other_folder(opened: str) -> None:
    for group in ("../elsewhere", "Icat", "", "a/b"):
        with pytest.raises(ValueError, match="small letters"):
            open_log(group, "record.example/other")


def test_a_private_key_can_be_read_by_its_owner_alone(opened: str, keys_folder: Path) -> None:
    (file,) = keys_folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_folder.stat().st_mode) == 0o700
    assert not [row for row in LogKey.objects.values_list() if "PRIVATE" in str(row)]


STATEMENTS = ["UPDATE {} SET id = id", "DELETE FROM {}", "DELETE FROM {} WHERE false", "TRUNCATE {} CASCADE"]


@pytest.mark.parametrize("alias", ["default", "sequencer", "owner"])
def test_no_login_can_change_remove_or_empty_the_record(alias: str, opened: str) -> None:
    placed(*range(3))
    before = [list(model.objects.values_list()) for model in (Entry, Placement, Checkpoint, LogKey)]
    for table, statement in itertools.product(TABLES, STATEMENTS):
        column = "index" if table == "record_placement" else "id"
        with pytest.raises(DatabaseError, match="permission denied|never changed") as refused:
            run(alias, statement.format(table).replace("id = id", f"{column} = {column}"))
        assert refused.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]
    assert [list(model.objects.values_list()) for model in (Entry, Placement, Checkpoint, LogKey)] == before


def test_the_owner_is_refused_by_the_triggers_and_not_by_want_of_rights(opened: str) -> None:
    with pytest.raises(DatabaseError, match="The record is added to, never changed: DELETE on record_entry"):
        run("owner", "DELETE FROM record_entry")


WAYS_ROUND = [
    "ALTER TABLE record_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER record_stays ON record_entry",
    "DROP TABLE record_entry CASCADE",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "INSERT INTO record_placement (entry_id, \"group\", index) VALUES (1, 'icat', 0)",
    "INSERT INTO record_checkpoint (\"group\", size, root, note) VALUES ('icat', 9, '', '')",
    "UPDATE record_opening SET value = '1'",
    "TRUNCATE record_opening",
]


def test_the_application_cannot_get_round_it(opened: str) -> None:
    recorded()
    for statement in WAYS_ROUND:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner|must have .*privilege"):
            run("default", statement)


NOT_THE_SEQUENCER_S = [
    'INSERT INTO record_entry ("group", leaf, leaf_hash, act, subject, public) '
    "VALUES ('icat', 'x', sha256('x'), 'a', 's', true)",
    "DELETE FROM record_opening",
    "SELECT * FROM record_opening",
]


def test_the_sequencer_adds_no_entries_and_sees_no_openings(opened: str) -> None:
    recorded()
    for statement in NOT_THE_SEQUENCER_S:
        with pytest.raises(DatabaseError, match="permission denied"):
            run("sequencer", statement)


def test_the_database_refuses_an_entry_under_another_hash(opened: str) -> None:
    with pytest.raises(IntegrityError, match="record_entry_hash"):
        Entry.objects.create(group=GROUP, leaf=b"x", leaf_hash=bytes(32), act="a", subject="s", public=True)


def run(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
