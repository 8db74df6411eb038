"""The Merkle tree of RFC 6962: hashes, proofs that an entry is in a log, proofs that a log only grew.

A tree is read through one function, `subtree(level, number)`: the hash of the full subtree over the
entries from `number << level` up to `(number + 1) << level`. Memory, tiles and database give one each.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Subtree = Callable[[int, int], bytes]
Range = tuple[int, int]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash under which an entry stands in the tree."""
    return sha256(b"\x00" + entry).digest()


def node_hash(start: bytes, end: bytes) -> bytes:
    """The hash of two neighbouring subtrees, the earlier one first."""
    return sha256(b"\x01" + start + end).digest()


def full_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def in_memory(leaf_hashes: Sequence[bytes]) -> Subtree:
    """A tree whose hashes are all kept in memory."""
    levels = [list(leaf_hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return lambda level, number: levels[level][number]


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over full subtrees that stand side by side, each smaller than the one before."""
    root = hashes[-1]
    for earlier in reversed(hashes[:-1]):
        root = node_hash(earlier, root)
    return root


def root(size: int, subtree: Subtree) -> bytes:
    """The head of the tree over the first `size` entries."""
    return _range_hash((0, size), subtree) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """What shows that entry `index` is in the tree of `size` entries, sibling first."""
    return [_range_hash(part, subtree) for part in inclusion_ranges(index, size)]


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """What shows that the tree of `size` entries begins with the tree of `old` entries."""
    return [_range_hash(part, subtree) for part in consistency_ranges(old, size)]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges of entries whose hashes make the inclusion proof (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"Entry {index} is not in a tree of {size} entries.")
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[Range]:
    """The ranges of entries whose hashes make the consistency proof (RFC 6962, 2.1.2)."""
    if not 0 <= old <= size:
        raise ValueError(f"A tree of {size} entries does not begin with one of {old}.")
    if old in (0, size):
        return []
    start, end, ranges = 0, size, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def includes(root: bytes, size: int, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that `leaf` stands at `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def continues(old_root: bytes, old: int, new_root: bytes, size: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first, second = path[0], path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def full_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The full subtrees (level, number) that together cover a range of a proof, in order."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def _range_hash(part: Range, subtree: Subtree) -> bytes:
    return fold([subtree(level, number) for level, number in full_subtrees(*part)])


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return int(1 << ((size - 1).bit_length() - 1))
