"""Tiles: the paths of the standard, and proofs out of files for a log of any size."""

from pathlib import Path

import pytest
import tlog_scales.signing
import tlog_scales.tlog
import tlog_scales.writer
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader

from hamrong.kernel.proofs import hamrong_verify, merkle, notes, tiles
from hamrong.kernel.proofs.checkpoints import Checkpoint

ORIGIN, LOG, WITNESS = "log.example/1", bytes([1]) * 32, bytes([2]) * 32


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


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def ours(folder: Path, entries: list[bytes]) -> list[bytes]:
    """Write a log of our own into a folder, with a witness; answers its leaf hashes."""
    level, hashes = 0, [merkle.leaf(each) for each in entries]
    for tile in range(-(-len(entries) // 256)):
        some = entries[tile * 256 : tile * 256 + 256]
        put(folder / tiles.tile_path("entries", tile, len(some)), tiles.bundle(some))
    current = hashes
    while current:
        for tile in range(-(-len(current) // 256)):
            wide = current[tile * 256 : tile * 256 + 256]
            put(folder / tiles.tile_path(str(level), tile, len(wide)), b"".join(wide))
        whole = len(current) // 256
        current = [merkle.reduced(current[at * 256 : at * 256 + 256]) for at in range(whole)]
        level += 1
    text = Checkpoint(ORIGIN, len(entries), merkle.root(entries)).text()
    lines = [notes.sign(text, ORIGIN, LOG), notes.cosign(text, "witness.example", WITNESS, 1_800_000_000)]
    put(folder / "checkpoint", notes.written(text, lines).encode())
    return hashes


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 65_537])
def test_somebody_elses_reader_reads_our_log_and_our_proofs(tmp_path: Path, size: int) -> None:
    hashes = ours(tmp_path, [b"entry %d" % number for number in range(size)])
    theirs = TilesReader(LocalBackend(tmp_path))
    checkpoint = theirs.get_checkpoint()
    for key in (notes.key_of(ORIGIN, notes.ED25519, LOG), notes.key_of("witness.example", notes.COSIGNATURE, WITNESS)):
        checkpoint.verify(tlog_scales.signing.Vkey.from_string(str(key)))
    assert (checkpoint.size, checkpoint.root_hash) == (size, theirs.calculate_root_hash())
    tree = tiles.of_files(lambda path: (tmp_path / path).read_bytes(), size)
    for index in {0, size // 2, size - 1}:
        path = tree.path(index)
        assert theirs.get_inclusion_proof(index, size).node_hashes == path
        tlog_scales.tlog.InclusionProof(index, size, path).check(hashes[index], checkpoint.root_hash)
        assert theirs.get_entry(index) == b"entry %d" % index
    for old in {1, size // 2 or 1, size}:
        before = theirs.mth(0, old)
        proof = tree.consistency(old) if old < size else []
        tlog_scales.tlog.ConsistencyProof(old, size, proof).check(before, checkpoint.root_hash)


@pytest.mark.parametrize("sizes", [(1,), (255, 1, 1), (300, 400), (70_000,)])
def test_our_verifier_reads_somebody_elses_log(
    tmp_path: Path, sizes: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    signer = tlog_scales.signing.PlainEd25519Signer(ORIGIN, LOG)
    log = tlog_scales.writer.TilesWriter.create(tmp_path / "log", ORIGIN)
    for size in sizes:
        for number in range(size):
            log.add_leaf(b"entry %d" % number)
        log.commit([signer])
    put(tmp_path / "keys", signer.vkey.serialize().encode())
    assert hamrong_verify.main(["log", str(tmp_path / "log"), "--keys", str(tmp_path / "keys")]) == 0
    assert f"{sum(sizes)} entries of {ORIGIN}" in capsys.readouterr().out
