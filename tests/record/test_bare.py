"""The log as it is served: what others' tools fetch, and what is not there."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from onevoice.record import receipts, stored, verify
from onevoice.record.append import ToRecord, append_many, change_key
from onevoice.record.models import Checkpoint, Entry
from onevoice.record.sequencer import place_pending
from record.database import AT, GROUP, ORIGIN, fetched, placed, recorded
from record.go import Check
from record.logs import put

LOG = f"/{GROUP}/record"
FOR_EVER, SHORT, FRESH = "public, max-age=31536000, immutable", "public, max-age=60", "no-cache"


@pytest.fixture
def log_of_300(opened: str) -> str:
    with transaction.atomic():
        append_many(
            ToRecord(
                group=GROUP, act="import.row", subject=f"import.row:{n}", by="importer", for_="",
                received_at=AT, effective_at=AT, facts={"row": n}, public=n % 3 > 0,
            )
            for n in range(300)
        )  # fmt: skip
    place_pending()
    return LOG


def test_each_file_of_a_log_has_its_type_and_caching(log_of_300: str) -> None:
    text, raw = "text/plain; charset=utf-8", "application/octet-stream"
    expected = {
        "checkpoint": (200, text, FRESH),
        "vkey": (200, text, FRESH),
        "vkeys": (200, text, FRESH),
        "tile/0/000": (200, raw, FOR_EVER),
        "tile/0/001.p/44": (200, raw, SHORT),
        "tile/1/000.p/1": (200, raw, SHORT),
        "tile/entries/000": (200, raw, FOR_EVER),
        "tile/entries/001.p/44": (200, raw, SHORT),
    }
    answers = {path: Client().get(f"{log_of_300}/{path}") for path in expected}
    assert {p: (a.status_code, a["Content-Type"], a["Cache-Control"]) for p, a in answers.items()} == expected
    assert not any("Set-Cookie" in a or "Cookie" in a.get("Vary", "") for a in answers.values())


NOWHERE = [
    "tile/0/002", "tile/0/001", "tile/0/001.p/45", "tile/0/002.p/1", "tile/1/000", "tile/1/000.p/2",
    "tile/2/000.p/1", "tile/entries/001", "tile/entries/001.p/45", "tile/entries/x001/000", "tile/0/0",
    "tile/0/000.p/0", "tile/0/000.p/256", "tile/00/000", "tile/64/000.p/1", "tile/0/x000/000",
    "tile/a/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/", "tile/0/000.p/01",
    "tile/0/001.p/999",
]  # fmt: skip


def test_what_a_log_has_not_reached_or_never_has_is_not_there(log_of_300: str) -> None:
    statuses = {path: Client().get(f"{log_of_300}/{path}").status_code for path in NOWHERE}
    assert statuses == dict.fromkeys(NOWHERE, 404)


def test_a_group_without_a_log_has_no_files(opened: str) -> None:
    paths = ["checkpoint", "vkey", "vkeys", "tile/0/000.p/1", "tile/entries/000.p/1"]
    statuses = {path: Client().get(f"/other/record/{path}").status_code for path in paths}
    assert statuses == dict.fromkeys(paths, 404)


def test_entries_that_are_not_placed_are_not_served(opened: str) -> None:
    placed(1)
    recorded(2)
    assert Client().get(f"{LOG}/tile/entries/000.p/2").status_code == 404
    assert Client().get(f"{LOG}/tile/entries/000.p/1").status_code == 200


def test_a_narrower_tile_of_an_older_head_is_still_served(log_of_300: str) -> None:
    wide, narrow = (Client().get(f"{log_of_300}/tile/0/001.p/{width}").content for width in (44, 7))
    assert narrow == wide[: 7 * 32]
    assert len(Client().get(f"{log_of_300}/tile/0/000.p/255").content) == 255 * 32


def test_a_log_is_only_read(log_of_300: str) -> None:
    for path in ("checkpoint", "vkey", "tile/0/000"):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(Client(), method)(f"{log_of_300}/{path}").status_code in {403, 405}


def test_the_verifier_and_go_s_library_accept_the_log_and_its_receipts(
    log_of_300: str, tmp_path: Path, go_checks: Check
) -> None:
    log = fetched(GROUP, tmp_path / "log")
    for signed in Checkpoint.objects.exclude(size=0):
        put(log / "older" / str(signed.size), bytes(signed.note))
    pairs = []
    for entry in Entry.objects.filter(placement__index__in=[0, 1, 255, 256, 299]):
        put(tmp_path / f"{entry.pk}.tlog-proof", receipts.receipt_of(entry) or b"")
        put(tmp_path / f"{entry.pk}.entry", bytes(entry.leaf))
        pairs += [tmp_path / f"{entry.pk}.tlog-proof", tmp_path / f"{entry.pk}.entry"]
    assert verify.main([str(log), "--vkey", stored.vkeys(GROUP)[0]]) == 0
    assert go_checks(log, *pairs) == (0, "300 entries, 5 proofs\n")


def test_old_heads_verify_under_the_old_key_and_new_ones_under_the_new(
    opened: str, tmp_path: Path, go_checks: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    placed(1)
    (old,) = stored.vkeys(GROUP)
    put(tmp_path / "older", Client().get(f"{LOG}/checkpoint").content)
    change_key(GROUP)
    place_pending()
    handover = fetched(GROUP, tmp_path / "handover")
    placed(2)
    log = fetched(GROUP, tmp_path / "log")
    new = stored.vkeys(GROUP)[0]
    statuses = {
        (name, key): verify.main([str(folder), "--vkey", vkey])
        for name, folder in (("handover", handover), ("log", log))
        for key, vkey in (("old", old), ("new", new))
    }
    assert statuses == {("handover", "old"): 0, ("handover", "new"): 0, ("log", "old"): 1, ("log", "new"): 0}
    both = ["--vkey", str(log / "vkeys"), "--older", str(tmp_path / "older")]
    assert verify.main([str(log), *both]) == 0
    assert "If the group has changed its key, name the former and the present one." in capsys.readouterr().out
    put(log / "older" / "1", (tmp_path / "older").read_bytes())
    assert go_checks(log) == (0, "3 entries, 0 proofs\n")


def test_the_verifier_reads_a_log_at_its_address(
    served: str, keys_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from onevoice.record.append import open_log

    open_log(GROUP, ORIGIN)
    placed(*range(5))
    log = f"{served}{LOG}"
    assert verify.main([log, "--vkey", f"{log}/vkey"]) == 0
    assert verify.main([f"{log}/checkpoint"]) == 0
    assert verify.main([f"{served}/other/record"]) == 2
    assert "The key was taken from the log itself" in capsys.readouterr().out
