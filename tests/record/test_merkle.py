"""The tree of RFC 6962: known roots, and what every proof must and must not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.record import merkle
from record.strategies import entries, flipped, log_and_index

# The eight entries and roots that the Certificate Transparency project tests its own trees with.
ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashes(log: list[bytes]) -> list[bytes]:
    return [merkle.leaf_hash(entry) for entry in log]


@pytest.mark.parametrize("size", range(9))
def test_a_tree_has_the_known_root(size: int) -> None:
    assert merkle.root(size, merkle.in_memory(hashes(ENTRIES))).hex() == ROOTS[size]


def test_an_inclusion_proof_is_the_path_of_the_rfc() -> None:
    """RFC 6962, 2.1.3: in the tree of seven, d6 is proven by [i, k], d4 by [f, j, g-side] and so on."""
    assert merkle.inclusion_ranges(0, 7) == [(1, 2), (2, 4), (4, 7)]
    assert merkle.inclusion_ranges(3, 7) == [(2, 3), (0, 2), (4, 7)]
    assert merkle.inclusion_ranges(4, 7) == [(5, 6), (6, 7), (0, 4)]
    assert merkle.inclusion_ranges(6, 7) == [(4, 6), (0, 4)]


def test_a_consistency_proof_is_the_path_of_the_rfc() -> None:
    """RFC 6962, 2.1.3: from three to seven [c, d, g, l]; from four [l]; from six [i, j, k]."""
    assert merkle.consistency_ranges(3, 7) == [(2, 3), (3, 4), (0, 2), (4, 7)]
    assert merkle.consistency_ranges(4, 7) == [(4, 7)]
    assert merkle.consistency_ranges(6, 7) == [(4, 6), (6, 7), (0, 4)]


@given(log_and_index())
def test_every_entry_is_proven(case: tuple[list[bytes], int, int]) -> None:
    log, size, index = case
    tree = merkle.in_memory(hashes(log))
    proof = merkle.inclusion_proof(index, size, tree)
    assert merkle.includes(merkle.root(size, tree), size, merkle.leaf_hash(log[index]), index, proof)


@given(log_and_index())
def test_every_older_tree_is_continued(case: tuple[list[bytes], int, int]) -> None:
    log, size, _ = case
    tree = merkle.in_memory(hashes(log))
    proof = merkle.consistency_proof(size, len(log), tree)
    assert merkle.continues(merkle.root(size, tree), size, merkle.root(len(log), tree), len(log), proof)


@given(log_and_index(), st.integers(0))
def test_a_flipped_bit_in_an_inclusion_proof_fails(case: tuple[list[bytes], int, int], at: int) -> None:
    log, size, index = case
    tree = merkle.in_memory(hashes(log))
    proof = merkle.inclusion_proof(index, size, tree)
    whole = b"".join([merkle.root(size, tree), merkle.leaf_hash(log[index]), *proof])
    root, leaf, *changed = cut(flipped(whole, at))
    assert not merkle.includes(root, size, leaf, index, changed)


@given(log_and_index(), st.integers(0))
def test_a_flipped_bit_in_a_consistency_proof_fails(case: tuple[list[bytes], int, int], at: int) -> None:
    log, size, _ = case
    tree = merkle.in_memory(hashes(log))
    proof = merkle.consistency_proof(size, len(log), tree)
    whole = b"".join([merkle.root(size, tree), merkle.root(len(log), tree), *proof])
    old, new, *changed = cut(flipped(whole, at))
    assert not merkle.continues(old, size, new, len(log), changed)


@given(log_and_index(), st.integers(-3, 80), st.integers(-3, 80))
def test_a_proof_shows_one_index_in_one_size_only(
    case: tuple[list[bytes], int, int], index: int, size: int
) -> None:
    log, right_size, right = case
    log = [bytes([i]) + entry for i, entry in enumerate(log)]
    tree = merkle.in_memory(hashes(log))
    proof = merkle.inclusion_proof(right, right_size, tree)
    root, leaf = merkle.root(right_size, tree), merkle.leaf_hash(log[right])
    shown = merkle.includes(root, size, leaf, index, proof)
    # The proof binds the index in a tree of the size its signed head names. A wrong size may accept the
    # same path, since the size is bound by the head's signature and not by the proof.
    assert shown == (index == right) or size != right_size
    assert merkle.includes(root, right_size, leaf, index, proof) == (index == right)


@given(log_and_index(), st.binary(min_size=32, max_size=32))
def test_a_hash_too_many_or_too_few_fails(case: tuple[list[bytes], int, int], more: bytes) -> None:
    log, size, index = case
    tree = merkle.in_memory(hashes(log))
    root, leaf = merkle.root(size, tree), merkle.leaf_hash(log[index])
    proof = merkle.inclusion_proof(index, size, tree)
    assert not merkle.includes(root, size, leaf, index, [*proof, more])
    if proof:
        assert not merkle.includes(root, size, leaf, index, proof[:-1])


@given(entries)
def test_an_older_log_with_another_past_is_not_continued(log: list[bytes]) -> None:
    tree = merkle.in_memory(hashes(log))
    other = merkle.in_memory(hashes([b"forged " + log[0], *log[1:]]))
    for size in range(1, len(log) + 1):
        proof = merkle.consistency_proof(size, len(log), tree)
        old, new = merkle.root(size, other), merkle.root(len(log), tree)
        assert not merkle.continues(old, size, new, len(log), proof)


def test_an_empty_log_is_continued_by_any() -> None:
    tree = merkle.in_memory(hashes(ENTRIES))
    assert merkle.continues(merkle.EMPTY_ROOT, 0, merkle.root(8, tree), 8, [])
    assert not merkle.continues(b"\x00" * 32, 0, merkle.root(8, tree), 8, [])


def cut(whole: bytes) -> list[bytes]:
    return [whole[i : i + 32] for i in range(0, len(whole), 32)]
