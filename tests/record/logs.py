"""A small log in a folder, as a mirror would hold it, made by the pure part of the room."""

from pathlib import Path

from onevoice.record import checkpoint, leaf, merkle, proofs, tiles
from onevoice.record.canonical import canonical
from record.strategies import ORIGIN, SIGNER


def head_of(entries: list[bytes], size: int) -> checkpoint.Head:
    tree = merkle.in_memory([merkle.leaf_hash(entry) for entry in entries])
    return checkpoint.Head(ORIGIN, size, merkle.root(size, tree))


def write_log(folder: Path, entries: list[bytes]) -> Path:
    """The log's files: tiles, bundles, signed head, key."""
    for path, data in tiles.static_files(entries).items():
        put(folder / path, data)
    put(folder / "checkpoint", checkpoint.sign(head_of(entries, len(entries)), SIGNER))
    put(folder / "vkey", SIGNER.verifier.vkey.encode() + b"\n")
    return folder


def receipt(entries: list[bytes], index: int, sealed: leaf.Sealed | None = None) -> bytes:
    """The receipt of one entry; of a sealed act, with what opens it."""
    tree = merkle.in_memory([merkle.leaf_hash(entry) for entry in entries])
    note = checkpoint.sign(head_of(entries, len(entries)), SIGNER)
    path = merkle.inclusion_proof(index, len(entries), tree)
    extra = b""
    if sealed:
        openings = [{"name": o.name, "salt": o.salt.hex(), "value": o.value} for o in sealed.openings]
        extra = canonical({"leaf": sealed.entry.decode(), "openings": openings, "vkey": SIGNER.verifier.vkey})
    return proofs.Proof(index, tuple(path), note, extra).encode()


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
