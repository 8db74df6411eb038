"""Tiles (C2SP tlog-tiles): a log as static files that anyone can fetch, keep and check.

A hash tile holds up to 256 hashes of one level; an entry bundle up to 256 entries, each after its
length in two bytes. Both are found by level and number; a partial one says its width in its path.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from onevoice.record import merkle

WIDTH = 256
HEIGHT = 8
HASH = 32
ENTRY_LIMIT = 65_535
"""Bytes: a bundle writes an entry's length in 16 bits."""
ENTRIES = "entries"

_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?")


class EntryTooLarge(ValueError):
    """An entry is longer than a log can hold; says its size and the limit, both in bytes."""

    def __init__(self, size: int) -> None:
        self.size, self.limit = size, ENTRY_LIMIT
        super().__init__(
            f"This act's entry would be {size:,} bytes; the record takes at most {ENTRY_LIMIT:,}. "
            "Attach long text as a file: the entry then holds its hash."
        )


@dataclass(frozen=True)
class Tile:
    """One file of a log: hashes of a level, or entries when `level` is None."""

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its address under the log's, such as `tile/0/x001/234.p/5`."""
        level = ENTRIES if self.level is None else self.level
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{number_path(self.number)}{partial}"

    @property
    def start(self) -> int:
        """The first of its hashes or entries, counted within the level."""
        return self.number * WIDTH

    @classmethod
    def parse(cls, path: str) -> "Tile | None":
        """The tile of this address; None when it is not the one right address of any tile."""
        found = _PATH.fullmatch(path)
        if not found or len(path) > 80:
            return None
        level, number, width = found.groups()
        tile = cls(
            None if level == ENTRIES else int(level),
            int(re.sub("[x/]", "", number)),
            int(width or WIDTH),
        )
        right = tile.width in range(1, WIDTH + 1) and (tile.level or 0) < 64
        return tile if right and tile.path == path else None


def number_path(number: int) -> str:
    """A tile's number in groups of three digits: 1234067 is `x001/x234/067`."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def level_tiles(level: int | None, size: int) -> Iterator[Tile]:
    """The tiles of one level (None: the entry bundles) of a log of `size` entries, full ones first."""
    full, rest = divmod(size >> HEIGHT * (level or 0), WIDTH)
    yield from (Tile(level, number) for number in range(full))
    if rest:
        yield Tile(level, full, rest)


def all_tiles(size: int) -> Iterator[Tile]:
    """Every hash tile and entry bundle of a log of `size` entries."""
    yield from level_tiles(None, size)
    level = 0
    while size >> HEIGHT * level:
        yield from level_tiles(level, size)
        level += 1


def has(tile: Tile, size: int) -> bool:
    """Whether a log of `size` entries has reached this tile's width."""
    return tile.start + tile.width <= size >> HEIGHT * (tile.level or 0)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as a bundle's bytes."""
    parts = []
    for entry in entries:
        if len(entry) > ENTRY_LIMIT:
            raise EntryTooLarge(len(entry))
        parts.append(len(entry).to_bytes(2, "big") + entry)
    return b"".join(parts)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle."""
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise ValueError("The bundle of entries is cut off.")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def hashes(data: bytes) -> list[bytes]:
    """The hashes of a tile's bytes."""
    return [bytes(part) for part in batched(data, HASH)]


def subtrees(read: Callable[[Tile], Sequence[bytes]], size: int) -> merkle.Subtree:
    """A tree of `size` entries, read from its tiles; each tile is read once."""
    kept: dict[Tile, Sequence[bytes]] = {}

    def subtree(level: int, number: int) -> bytes:
        tile_level, inner = divmod(level, HEIGHT)
        first = number << inner
        tile_number = first // WIDTH
        width = min(WIDTH, (size >> HEIGHT * tile_level) - tile_number * WIDTH)
        tile = Tile(tile_level, tile_number, width)
        if tile not in kept:
            kept[tile] = read(tile)
        return merkle.full_root(kept[tile][first % WIDTH : first % WIDTH + (1 << inner)])

    return subtree


def static_files(entries: Sequence[bytes]) -> dict[str, bytes]:
    """Every tile and bundle of a log as path and bytes, for an export or a mirror."""
    subtree = merkle.in_memory([merkle.leaf_hash(entry) for entry in entries])
    return {tile.path: _content(tile, entries, subtree) for tile in all_tiles(len(entries))}


def _content(tile: Tile, entries: Sequence[bytes], subtree: merkle.Subtree) -> bytes:
    if tile.level is None:
        return bundle(entries[tile.start : tile.start + tile.width])
    level = HEIGHT * tile.level
    return b"".join(subtree(level, tile.start + i) for i in range(tile.width))
