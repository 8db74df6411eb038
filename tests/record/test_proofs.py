"""tlog-proof files: the form the specification gives, and nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.record.proofs import Proof, ProofError
from record.logs import receipt

HASH = bytes(range(32))
LINE = base64.b64encode(HASH).decode()


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=64), st.binary())
def test_a_proof_reads_back(index: int, hashes: list[bytes], extra: bytes) -> None:
    proof = Proof(index, tuple(hashes), b"origin\n1\nroot\n\n\xe2\x80\x94 a b\n", extra)
    assert Proof.parse(proof.encode()) == proof


def test_a_proof_has_the_lines_of_the_specification() -> None:
    proof = Proof(73894, (HASH, HASH), b"origin\n109482\nroot\n\nsignatures\n", b"extra data")
    assert proof.encode().decode().split("\n") == [
        "c2sp.org/tlog-proof@v1", "extra ZXh0cmEgZGF0YQ==", "index 73894", LINE, LINE, "",
        "origin", "109482", "root", "", "signatures", "",
    ]  # fmt: skip


def test_the_checkpoint_stands_in_the_proof_verbatim() -> None:
    data = receipt([b"a", b"b", b"c"], 1)
    assert data.endswith(Proof.parse(data).checkpoint) and Proof.parse(data).index == 1


@pytest.mark.parametrize(
    "head",
    [
        "c2sp.org/tlog-proof@v2\nindex 0", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nindex 01",
        "c2sp.org/tlog-proof@v1\nindex -1", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA",
        "c2sp.org/tlog-proof@v1\nindex 0\n!",
        f"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n{LINE}", f"c2sp.org/tlog-proof@v1\n{LINE}\nindex 0",
        "c2sp.org/tlog-proof@v1\nextra *\nindex 0", "c2sp.org/tlog-proof@v1\nindex 0" + f"\n{LINE}" * 65,
        "c2sp.org/tlog-proof@v1\r\nindex 0",
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused(head: str) -> None:
    with pytest.raises(ProofError):
        Proof.parse(head.encode() + b"\n\norigin\n1\nroot\n\nsignatures\n")
