"""The stand-alone verifier: what it accepts, what it refuses, and that it agrees with the product."""

import ast
import http.server
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevoice.record import canonical, checkpoint, leaf, merkle, notes, verify
from record.logs import head_of, put, receipt, write_log
from record.strategies import SIGNER, entries, flipped, json_values, log_and_index
from record.test_leaf import act

Said = pytest.CaptureFixture[str]

VKEY = SIGNER.verifier.vkey
PUBLIC = leaf.seal(act(), public=True)
RESTRICTED = leaf.seal(act(), public=False)


def log_of(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


def verified(capsys: Said, *arguments: object) -> tuple[int, str]:
    status = verify.main([str(each) for each in arguments])
    return status, capsys.readouterr().out


def test_it_stands_alone() -> None:
    source = Path(verify.__file__).read_text(encoding="utf-8")
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    roots = {name.split(".")[0] for name in imported}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_copy_of_it_runs_alone(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "verify.py"
    put(copy, Path(verify.__file__).read_bytes())
    put(tmp_path / "kept.tlog-proof", receipt([b"a", PUBLIC.entry], 1, PUBLIC))
    command = [sys.executable, "-I", str(copy), "kept.tlog-proof", "--vkey", VKEY]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("IN ORDER.\n")


def test_a_receipt_is_in_order(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([b"a", PUBLIC.entry, b"c"], 1, PUBLIC))
    assert verified(capsys, tmp_path / "r", "--vkey", VKEY) == (
        0,
        "The head of record.example/test with 3 entries is signed by its key.\n"
        "The act is entry 1 of that log.\n"
        "  act: decisions.break_silence\n"
        "  effective_at: 2026-11-02T16:41:03.000120Z\n"
        '  facts: {"paragraphs": [3], "text": "sha256:00"}\n'
        "  for: osce\n"
        "  log: record.example/test\n"
        "  received_at: 2026-11-02T16:41:03.000120Z\n"
        "  subject: decisions.proposal:test/12\n"
        "  v: 1\n"
        "  by: parties.person:17\n"
        "  reason: Paragraph 3 exceeds our mandate.\n"
        "IN ORDER.\n",
    )


def test_a_receipt_whose_personal_part_was_erased_is_in_order(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([PUBLIC.entry], 0, leaf.Sealed(PUBLIC.entry, PUBLIC.openings[1:])))
    status, said = verified(capsys, tmp_path / "r", "--vkey", VKEY)
    assert status == 0 and "  by: (not opened here, or erased)\n" in said


def test_a_restricted_receipt_opens_to_the_whole_act(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([b"a", RESTRICTED.entry], 1, RESTRICTED))
    status, said = verified(capsys, tmp_path / "r", "--vkey", VKEY)
    assert status == 0 and "  for: osce\n" in said and "  by: parties.person:17\n" in said


def test_a_restricted_receipt_without_its_opening_says_so(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([RESTRICTED.entry], 0, leaf.Sealed(RESTRICTED.entry, ())))
    status, said = verified(capsys, tmp_path / "r", "--vkey", VKEY)
    assert status == 0 and "The receipt does not open it.\n" in said and "osce" not in said


@pytest.mark.parametrize("sealed", [PUBLIC, RESTRICTED])
def test_a_receipt_with_another_value_is_not_in_order(
    sealed: leaf.Sealed, tmp_path: Path, capsys: Said
) -> None:
    forged = [type(o)(o.name, o.salt, "parties.person:18") if o.name == "by" else o for o in sealed.openings]
    put(tmp_path / "r", receipt([sealed.entry], 0, leaf.Sealed(sealed.entry, tuple(forged))))
    status, said = verified(capsys, tmp_path / "r", "--vkey", VKEY)
    assert status == 1 and "'by' is not what was committed to" in said


def test_a_receipt_with_another_act_is_not_in_order(tmp_path: Path, capsys: Said) -> None:
    other = leaf.seal(act(for_="unicef"), public=True)
    put(tmp_path / "r", receipt([b"a", PUBLIC.entry], 1, other))
    status, said = verified(capsys, tmp_path / "r", "--vkey", VKEY)
    assert status == 1 and "does not lead from this act to the signed head" in said


def test_a_receipt_without_a_known_key_is_not_judged(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([PUBLIC.entry], 0, PUBLIC))
    status, said = verified(capsys, tmp_path / "r")
    assert status == 2 and "a forger could make too" in said and VKEY in said


def test_a_receipt_without_its_act_takes_it_from_a_file(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "r", receipt([PUBLIC.entry], 0))
    put(tmp_path / "act", PUBLIC.entry)
    assert verified(capsys, tmp_path / "r", "--vkey", VKEY)[0] == 2
    assert verified(capsys, tmp_path / "r", "--vkey", VKEY, "--leaf", tmp_path / "act")[0] == 0


@settings(max_examples=300)
@given(st.sampled_from([PUBLIC, RESTRICTED]), st.integers(0))
def test_a_flipped_bit_in_a_receipt_never_passes_for_another_act(sealed: leaf.Sealed, at: int) -> None:
    right = receipt([b"a", sealed.entry, b"c"], 1, sealed)
    said = list(verify.check_receipt(right, [verify.parse_key(VKEY)]))
    try:
        changed = list(verify.check_receipt(flipped(right, at), [verify.parse_key(VKEY)]))
    except (verify.Failed, verify.CannotTell):
        return
    assert changed == said  # a bit of the 'vkey' hint, which is not used when a key is named


def test_what_a_receipt_shows_cannot_mislead_the_terminal(tmp_path: Path, capsys: Said) -> None:
    sealed = leaf.seal(act(facts={"text": "a\x1b[2J\u202eb\nIN ORDER."}), public=True)
    put(tmp_path / "r", receipt([sealed.entry], 0, sealed))
    said = verified(capsys, tmp_path / "r", "--vkey", VKEY)[1]
    assert "\x1b" not in said and "\u202e" not in said and said.count("\nIN ORDER.") == 1


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 700])
def test_a_whole_log_is_in_order(size: int, tmp_path: Path, capsys: Said) -> None:
    write_log(tmp_path, log_of(size))
    status, said = verified(capsys, tmp_path, "--vkey", VKEY)
    assert status == 0 and said.endswith("The entries give the root that the log signed.\nIN ORDER.\n")


def test_a_log_checked_by_its_own_key_says_so(tmp_path: Path, capsys: Said) -> None:
    write_log(tmp_path, log_of(3))
    status, said = verified(capsys, tmp_path)
    assert status == 0 and said.startswith("The key was taken from the log itself")


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000"]
)
def test_a_log_with_a_flipped_bit_in_any_file_is_not_in_order(
    path: str, tmp_path: Path, capsys: Said
) -> None:
    write_log(tmp_path, log_of(300))
    for at in range(0, (tmp_path / path).stat().st_size * 8, 997):
        right = (tmp_path / path).read_bytes()
        put(tmp_path / path, flipped(right, at))
        assert verified(capsys, tmp_path, "--vkey", VKEY)[0] == 1
        put(tmp_path / path, right)


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000"])
def test_a_log_that_lacks_a_file_is_not_in_order(path: str, tmp_path: Path, capsys: Said) -> None:
    write_log(tmp_path, log_of(300))
    (tmp_path / path).unlink()
    status, said = verified(capsys, tmp_path, "--vkey", VKEY)
    assert (status, said.splitlines()[-1]) == (
        1, f"NOT IN ORDER: The log does not have {path}, which its head needs.",
    )  # fmt: skip


def test_a_log_that_only_grew_continues_its_older_head(tmp_path: Path, capsys: Said) -> None:
    log = write_log(tmp_path / "log", log_of(300))
    put(tmp_path / "older", checkpoint.sign(head_of(log_of(300), 7), SIGNER))
    status, said = verified(capsys, log, "--vkey", VKEY, "--older", tmp_path / "older")
    assert status == 0 and "The log begins with the 7 entries of the older head, unchanged." in said


@pytest.mark.parametrize(
    ("older", "why"),
    [
        (head_of([b"another past", *log_of(300)[1:]], 7), "the past was changed"),
        (head_of(log_of(301), 301), "some were removed"),
    ],
)
def test_a_log_with_another_past_is_not_in_order(
    older: checkpoint.Head, why: str, tmp_path: Path, capsys: Said
) -> None:
    log = write_log(tmp_path / "log", log_of(300))
    put(tmp_path / "older", checkpoint.sign(older, SIGNER))
    status, said = verified(capsys, log, "--vkey", VKEY, "--older", tmp_path / "older")
    assert status == 1 and why in said


def test_a_log_signed_by_another_key_is_not_in_order(tmp_path: Path, capsys: Said) -> None:
    other = notes.Signer(SIGNER.name, bytes(32)).verifier.vkey
    status, said = verified(capsys, write_log(tmp_path, log_of(3)), "--vkey", other)
    assert status == 1 and "not signed by a key that was named" in said


def test_what_cannot_be_read_is_not_judged(tmp_path: Path, capsys: Said) -> None:
    assert verified(capsys, tmp_path / "nothing", "--vkey", VKEY)[0] == 2
    assert verified(capsys, tmp_path, "--vkey", VKEY)[0] == 2
    assert verified(capsys, "http://127.0.0.1:1/record", "--vkey", VKEY)[0] == 2
    assert verified(capsys, tmp_path, "--vkey", VKEY[:-3] + "AAA")[0] == 2
    with pytest.raises(SystemExit, match="2"):
        verify.main([])


@pytest.mark.parametrize(
    ("page", "record"),
    [
        ("", "GROUP/record"),
        ("icat", "icat/record"),
        ("fr/icat/events/2018-06-14-briefing", "icat/record"),
        ("icat/about/record", "icat/record"),
    ],
)
def test_a_pages_address_is_told_the_record_s(page: str, record: str, tmp_path: Path, capsys: Said) -> None:
    with nothing_served(tmp_path) as site:
        status, said = verified(capsys, f"{site}/{page}".rstrip("/"))
    assert status == 2
    assert f"A record's address ends with /record: {site}/{record}" in said


@contextmanager
def nothing_served(folder: Path) -> Iterator[str]:
    """A site that answers 404 to everything."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_keys_are_taken_from_a_file(tmp_path: Path, capsys: Said) -> None:
    other = notes.Signer(SIGNER.name, bytes(32)).verifier.vkey
    put(tmp_path / "vkeys", f"{other}\n{VKEY}\n".encode())
    assert verified(capsys, write_log(tmp_path / "log", log_of(3)), "--vkey", tmp_path / "vkeys")[0] == 0


@given(entries)
def test_it_computes_the_product_s_roots(log: list[bytes]) -> None:
    hashes = [verify.leaf_hash(entry) for entry in log]
    assert hashes == [merkle.leaf_hash(entry) for entry in log]
    assert verify.tree_root(hashes) == merkle.root(len(log), merkle.in_memory(hashes))
    assert verify.tree_root([]) == merkle.EMPTY_ROOT


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(log_and_index(), st.integers(0), st.booleans())
def test_it_judges_proofs_as_the_product_does(
    case: tuple[list[bytes], int, int], at: int, change: bool
) -> None:
    log, size, index = case
    tree = merkle.in_memory([merkle.leaf_hash(entry) for entry in log])
    proof = merkle.inclusion_proof(index, size, tree)
    root, leaf_hash = merkle.root(size, tree), merkle.leaf_hash(log[index])
    root = flipped(root, at) if change else root
    given_both: Any = (root, size, leaf_hash, index, proof)
    assert verify.includes(*given_both) == merkle.includes(*given_both) == (not change)


@given(json_values)
def test_it_writes_canonical_json_as_the_product_does(value: Any) -> None:
    assert verify.canonical(value) == canonical.canonical(value)


def test_its_copy_of_the_prefix_is_the_product_s() -> None:
    from onevoice.record import commitments, proofs

    assert (verify.COMMITMENT_PREFIX, verify.MAGIC) == (commitments.PREFIX, proofs.MAGIC)
