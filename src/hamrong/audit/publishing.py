"""Logs as static files (C2SP tlog-tiles): whoever wants to check needs a web server that hands out files, and no other.

`checkpoint` is written last, so that everything it speaks of is there. Full tiles never change.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from hamrong.audit.logs import hashes_of, noted
from hamrong.audit.models import Checkpoint, Leaf
from hamrong.kernel.proofs import checkpoints, notes
from hamrong.kernel.proofs.tiles import WIDTH, bundle, tile_path

LEVELS: Final = 6


def publish(log: str, folder: Path, *, entries: bool) -> int:
    """Write what is new since the last checkpoint in the folder; the size that is public now.

    With `entries`, bundles of the entries themselves are public too; of the record of audit only hashes are.
    """
    newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
    if newest is None:
        return 0
    before = _published(folder)
    for level in range(LEVELS):
        _tiles(folder, before >> 8 * level, newest.size >> 8 * level, str(level), _hashes(log, level))
    if entries:
        _tiles(folder, before, newest.size, "entries", _bundles(log))
    _put(folder / "checkpoint", noted(log, newest.size).encode())
    return newest.size


def _published(folder: Path) -> int:
    file = folder / "checkpoint"
    return checkpoints.read(notes.read(file.read_text("utf-8")).text).size if file.exists() else 0


def _tiles(folder: Path, before: int, now: int, kind: str, content: Callable[[int, int], bytes]) -> None:
    """Every tile that has grown: full ones, and the last one as far as it goes."""
    if now == before:
        return
    for tile in range(before // WIDTH, -(-now // WIDTH)):
        width = min(WIDTH, now - tile * WIDTH)
        _put(folder / tile_path(kind, tile, width), content(tile * WIDTH, tile * WIDTH + width))


def _hashes(log: str, level: int) -> Callable[[int, int], bytes]:
    return lambda low, high: hashes_of(log, level, low, high)


def _bundles(log: str) -> Callable[[int, int], bytes]:
    def read(low: int, high: int) -> bytes:
        rows = Leaf.objects.filter(log=log, index__gte=low, index__lt=high).order_by("index")
        return bundle(str(data).encode() for data in rows.values_list("data", flat=True))

    return read


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    draft.write_bytes(content)
    os.replace(draft, file)


def files(folder: Path) -> Iterator[Path]:
    """Every published file."""
    return (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
