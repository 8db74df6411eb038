"""An implementation that others wrote accepts our records, and refuses them once they are changed."""

from pathlib import Path

import pytest

from onevoice.record import checkpoint
from record.go import Check
from record.logs import head_of, put, receipt, write_log
from record.strategies import SIGNER, flipped


def log_of(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 1_000])
def test_go_s_library_accepts_every_entry_and_every_older_head(
    size: int, tmp_path: Path, go_checks: Check
) -> None:
    log = write_log(tmp_path / "log", log_of(size))
    for old in {1, size // 3, size - 1, size} - {0}:
        put(log / "older" / str(old), checkpoint.sign(head_of(log_of(size), old), SIGNER))
    assert go_checks(log) == (0, f"{size} entries, 0 proofs\n")


def test_go_s_library_accepts_our_receipts(tmp_path: Path, go_checks: Check) -> None:
    entries, pairs = log_of(21), []
    for index, entry in enumerate(entries):
        put(tmp_path / f"{index}.tlog-proof", receipt(entries, index))
        put(tmp_path / f"{index}.entry", entry)
        pairs += [tmp_path / f"{index}.tlog-proof", tmp_path / f"{index}.entry"]
    assert go_checks(write_log(tmp_path / "log", entries), *pairs) == (0, "21 entries, 21 proofs\n")


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/entries/000"])
def test_go_s_library_refuses_a_changed_log(path: str, tmp_path: Path, go_checks: Check) -> None:
    log = write_log(tmp_path, log_of(300))
    put(log / path, flipped((log / path).read_bytes(), 8 * 20))
    status, said = go_checks(log)
    assert status == 1 and said.startswith("FAILED")


def test_go_s_library_refuses_another_past(tmp_path: Path, go_checks: Check) -> None:
    log = write_log(tmp_path, log_of(300))
    put(log / "older" / "7", checkpoint.sign(head_of([b"another past", *log_of(10)], 7), SIGNER))
    assert go_checks(log)[0] == 1
