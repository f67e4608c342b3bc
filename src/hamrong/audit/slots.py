"""A small state on disk that a crash leaves as it was before, or as it is after: two places in one file, in turn.

Overwriting a place costs one write to the disk; a new file and its name would cost the file system several.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

SLOT: Final = 8192
HEAD: Final = 32 + 8 + 4
"""A SHA-256 of all that follows, a number that grows, the length of what is kept."""

MOST: Final = SLOT - HEAD


class Slots:
    """What was kept last in a file, empty at first; the file is made where there is none.

    ValueError where neither place of a file can be read: who goes on from nothing then would forget what is promised.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            _make(path)
        self._file = os.open(path, os.O_RDWR)
        written = os.pread(self._file, 2 * SLOT, 0)
        found = [each for each in (_read(written[:SLOT]), _read(written[SLOT:])) if each]
        if not found:
            raise ValueError(f"{path} is damaged: bring the one of the last copy back")
        self._turn, self.kept = max(found)

    def keep(self, body: bytes) -> None:
        """On disk when this returns, in place of what was kept before the last. ValueError where it is too long."""
        if len(body) > MOST:
            raise ValueError(f"{len(body)} bytes are too many for a place of {MOST}")
        turn = self._turn + 1
        os.pwrite(self._file, _slot(turn, body), turn % 2 * SLOT)
        os.fdatasync(self._file)
        self._turn, self.kept = turn, body


def _slot(turn: int, body: bytes) -> bytes:
    told = turn.to_bytes(8, "big") + len(body).to_bytes(4, "big") + body
    return hashlib.sha256(told).digest() + told


def _read(slot: bytes) -> tuple[int, bytes] | None:
    """The number and the content of a place; None where it is empty, or was written in part."""
    if len(slot) < HEAD:
        return None
    end = HEAD + int.from_bytes(slot[40:44], "big")
    if end > SLOT or hashlib.sha256(slot[32:end]).digest() != slot[:32]:
        return None
    return int.from_bytes(slot[32:40], "big"), slot[HEAD:end]


def _make(path: Path) -> None:
    """A file whose first place holds nothing, under its name only once it is whole."""
    draft = path.with_name(f".{path.name}")
    with draft.open("wb") as stream:
        stream.write(_slot(0, b""))
        stream.flush()
        os.fsync(stream.fileno())
    draft.chmod(0o600)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
