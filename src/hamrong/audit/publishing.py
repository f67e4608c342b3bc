"""Logs as static files (C2SP tlog-tiles): whoever wants to check needs a web server that hands out files, and no other.

`checkpoint` is written last, so that everything it speaks of is there. Full tiles never change.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from django.db import connection

from hamrong.audit.leaves import COLUMNS, Row, leaf_bytes
from hamrong.audit.logs import hashes_of, noted
from hamrong.audit.models import Checkpoint, Leaf
from hamrong.kernel.proofs import checkpoints, notes
from hamrong.kernel.proofs.tiles import WIDTH, bundle, tile_path

LEVELS: Final = 6
RECORD: Final = f"""
select {", ".join(f"e.{column}" for column in COLUMNS)} from audit_leaf l join audit_entry e on e.id = l.entry
 where l.log = 'audit' and l.index >= %s and l.index < %s order by l.index
"""


Bundles = Callable[[int, int], bytes]
"""The entries from one index to before another, as a bundle."""


def publish(log: str, folder: Path, bundles: Bundles | None, newest: Checkpoint | None = None) -> int:
    """Write what is new since the last checkpoint in the folder; the size that is there now.

    `newest` is the checkpoint to end with, the last one that is signed where none is given.

    With `bundles` the entries themselves are written too; of the record of audit only hashes are public.
    """
    newest = newest or Checkpoint.objects.filter(log=log).order_by("-size").first()
    if newest is None:
        return 0
    before = _published(folder)
    for level in range(LEVELS):
        _tiles(folder, before >> 8 * level, newest.size >> 8 * level, str(level), partial(hashes_of, log, level))
    if bundles:
        _tiles(folder, before, newest.size, "entries", bundles)
    put(folder / "checkpoint", noted(log, newest.size).encode())
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
        put(folder / tile_path(kind, tile, width), content(tile * WIDTH, tile * WIDTH + width))


def public_entries(log: str) -> Bundles:
    """The entries of a public log, which holds them."""

    def read(low: int, high: int) -> bytes:
        rows = Leaf.objects.filter(log=log, index__gte=low, index__lt=high).order_by("index")
        return bundle(str(data).encode() for data in rows.values_list("data", flat=True))

    return read


def entries_of_the_record(low: int, high: int) -> bytes:
    """The entries of the record of audit, for whoever may read it: made from its rows, as they were hashed."""
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [low, high])
        return bundle(leaf_bytes(Row(*row)) for row in cursor.fetchall())


def put(file: Path, content: bytes) -> None:
    """Write a whole file or nothing: who fetches it meanwhile gets the old one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    draft.write_bytes(content)
    os.replace(draft, file)
