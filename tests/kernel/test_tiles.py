"""Tiles: the paths of the standard, and proofs out of files for a log of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.proofs import merkle, tiles


@pytest.mark.parametrize(
    ("kind", "tile", "width", "path"),
    [
        ("0", 0, 256, "tile/0/000"),
        ("0", 273, 112, "tile/0/273.p/112"),
        ("1", 1234067, 256, "tile/1/x001/x234/067"),
        ("entries", 1000, 1, "tile/entries/x001/000.p/1"),
    ],
)
def test_paths_are_those_of_the_standard(kind: str, tile: int, width: int, path: str) -> None:
    assert tiles.tile_path(kind, tile, width) == path


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    whole = tiles.bundle(entries)
    assert list(tiles.unbundled(whole)) == entries


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5))
def test_a_bundle_that_is_cut_off_is_named(entries: list[bytes]) -> None:
    with pytest.raises(tiles.BadTile):
        list(tiles.unbundled(tiles.bundle(entries)[:-1]))


def test_proofs_come_out_of_files_at_every_size() -> None:
    leaves = [number.to_bytes(3, "big") for number in range(70_000)]
    levels = [[merkle.leaf(each) for each in leaves]]
    while len(levels[-1]) >= 256:
        whole = len(levels[-1]) // 256
        levels.append([merkle.reduced(levels[-1][at * 256 : at * 256 + 256]) for at in range(whole)])

    for size in (1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999, 70_000):
        files = {
            tiles.tile_path(str(level), tile, width): b"".join(hashes[tile * 256 : tile * 256 + width])
            for level, hashes in enumerate(levels)
            for tile in range(-(-(size >> 8 * level) // 256))
            if (width := min(256, (size >> 8 * level) - tile * 256))
        }
        tree = tiles.of_files(files.__getitem__, size)
        root = tree.root(0, size)
        assert root == merkle.root(leaves[:size])
        for index in {0, size // 3, size - 1}:
            assert merkle.included(leaves[index], index, size, tree.path(index), root)
        for old in {1, size // 2 or 1, max(1, size - 1)}:
            assert merkle.continues(old, merkle.root(leaves[:old]), size, root, tree.consistency(old))


def test_a_tile_that_is_too_short_is_named() -> None:
    with pytest.raises(tiles.BadTile, match=r"tile/0/000\.p/3 has 5 bytes"):
        tiles.of_files(lambda _: b"short", 3).root(0, 3)
