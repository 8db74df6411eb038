"""Tiles: addresses and widths of the specification, and trees read from nothing but tiles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onevoice.record import merkle, tiles
from onevoice.record.tiles import Tile


def entries(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


def test_the_specification_s_index_is_written_in_groups_of_three() -> None:
    assert tiles.number_path(1234067) == "x001/x234/067"
    assert Tile(0, 1234067, 5).path == "tile/0/x001/x234/067.p/5"
    assert Tile(None, 0).path == "tile/entries/000"


def test_the_specification_s_tree_of_70000_has_its_tiles() -> None:
    hash_tiles = [tile for tile in tiles.all_tiles(70_000) if tile.level is not None]
    assert [(t.level, t.number, t.width) for t in hash_tiles if t.width < 256] == [
        (0, 273, 112), (1, 1, 17), (2, 0, 1),
    ]  # fmt: skip
    assert sum(t.level == 0 for t in hash_tiles) == 274
    assert sum(t.level == 1 for t in hash_tiles) == 2


def test_a_tree_of_256_has_a_full_tile_and_one_above_of_width_one() -> None:
    assert [t.path for t in tiles.all_tiles(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


def test_an_empty_tree_has_no_tiles() -> None:
    assert list(tiles.all_tiles(0)) == []


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_an_address_reads_back(level: int | None, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert Tile.parse(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/1234", "tile/0/000.p/0",
        "tile/0/000.p/256", "tile/0/000.p/07", "tile/-1/000", "tile/0/x001", "tile/0/000/",
        "tile/0/\u0661\u0661\u0661",
        "tile/entries/000.p/", "tile/0/000\n", "tile/8/0/000", "tile/0/" + "x001/" * 40 + "001",
    ],
)  # fmt: skip
def test_an_address_of_another_form_is_none(path: str) -> None:
    assert Tile.parse(path) is None


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_reads_back(log: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(log)) == log


def test_a_bundle_holds_the_longest_entry_and_no_longer_one() -> None:
    longest = b"x" * 65_535
    assert tiles.unbundle(tiles.bundle([longest])) == [longest]
    with pytest.raises(tiles.EntryTooLarge, match="65,536 bytes; the record takes at most 65,535"):
        tiles.bundle([longest + b"x"])


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01ab"])
def test_a_bundle_that_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cut off"):
        tiles.unbundle(data)


@settings(deadline=None, max_examples=15)
@given(st.sampled_from([1, 2, 255, 256, 257, 511, 513, 65_537]), st.data())
def test_a_tree_read_from_tiles_is_the_tree(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(entry) for entry in entries(size)]
    memory = merkle.in_memory(hashes)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    read = 0

    def from_tile(tile: Tile) -> list[bytes]:
        nonlocal read
        read += 1
        assert tile.level is not None
        return [memory(8 * tile.level, tile.start + i) for i in range(tile.width)]

    tree = tiles.subtrees(from_tile, size)
    assert merkle.root(size, tree) == merkle.root(size, memory)
    assert merkle.inclusion_proof(index, size, tree) == merkle.inclusion_proof(index, size, memory)
    assert merkle.consistency_proof(old, size, tree) == merkle.consistency_proof(old, size, memory)
    assert read <= 10


def test_static_files_are_every_tile_with_its_bytes() -> None:
    log = entries(300)
    files = tiles.static_files(log)
    assert set(files) == {tile.path for tile in tiles.all_tiles(300)}
    assert tiles.unbundle(files["tile/entries/001.p/44"]) == log[256:]
    assert tiles.hashes(files["tile/0/000"]) == [merkle.leaf_hash(entry) for entry in log[:256]]
    assert files["tile/1/000.p/1"] == merkle.full_root(tiles.hashes(files["tile/0/000"]))


def test_a_log_has_a_tile_when_its_width_is_reached() -> None:
    assert [tiles.has(Tile(0, 1, width), 300) for width in (1, 44, 45, 256)] == [True, True, False, False]
    assert [tiles.has(Tile(1, 0, width), 300) for width in (1, 2)] == [True, False]
