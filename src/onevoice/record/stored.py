"""Reading a log from the database as the files it is made of: signed heads, tiles, bundles of entries."""

from collections.abc import Sequence

from onevoice.record import merkle, tiles
from onevoice.record.models import Checkpoint, LogKey, Placement
from onevoice.record.models import Tile as StoredTile

DEFAULT = "default"


def head(group: str, *, using: str = DEFAULT) -> Checkpoint | None:
    """The newest signed head of a group's log; None before there is one."""
    return Checkpoint.objects.using(using).filter(group=group).order_by("size").last()


def vkeys(group: str) -> list[str]:
    """The log's public keys, the present one first."""
    return list(LogKey.objects.filter(group=group).order_by("-number").values_list("vkey", flat=True))


def content(group: str, tile: tiles.Tile) -> bytes | None:
    """A tile's or bundle's bytes; None when the signed log has not reached it."""
    signed = head(group)
    if signed is None or not tiles.has(tile, signed.size):
        return None
    if tile.level is None:
        return tiles.bundle(_placed(group, tile, "entry__leaf", DEFAULT))
    return b"".join(hashes(group, tile))


def hashes(group: str, tile: tiles.Tile, *, using: str = DEFAULT) -> Sequence[bytes]:
    """The hashes of a tile, full or partial; a partial one is read from the entries or tiles it covers."""
    assert tile.level is not None
    stored = StoredTile.objects.using(using).filter(group=group)
    if tile.width == tiles.WIDTH:
        return tiles.hashes(bytes(stored.get(level=tile.level, number=tile.number).hashes))
    if tile.level == 0:
        return _placed(group, tile, "entry__leaf_hash", using)
    covered = stored.filter(level=tile.level - 1, number__range=(tile.start, tile.start + tile.width - 1))
    return [bytes(root) for root in covered.order_by("number").values_list("root", flat=True)]


def subtrees(group: str, size: int) -> merkle.Subtree:
    """The tree of a log at a size it had, for proofs."""
    return tiles.subtrees(lambda tile: hashes(group, tile), size)


def _placed(group: str, tile: tiles.Tile, column: str, using: str) -> list[bytes]:
    span = (tile.start, tile.start + tile.width - 1)
    rows = Placement.objects.using(using).filter(group=group, index__range=span).order_by("index")
    return [bytes(value) for value in rows.values_list(column, flat=True)]
