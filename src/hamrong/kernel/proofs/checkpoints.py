"""Checkpoints of a log (C2SP tlog-checkpoint): origin, size and root, one a line, as the text of a signed note."""

import base64
from typing import NamedTuple

from hamrong.kernel.proofs.notes import BadNote, from_base64


class Checkpoint(NamedTuple):
    """How many leaves a log has, and the root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Three lines, each with its end."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read(text: str) -> Checkpoint:
    """A checkpoint from the text of its note; BadNote for anything else (extension lines are not used here)."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadNote("a checkpoint has three lines: origin, size, root")
    origin, size, root, _ = lines
    try:
        found = Checkpoint(origin, int(size), from_base64(root))
    except ValueError as error:
        raise BadNote("size or root of a checkpoint") from error
    if found.text() != text or len(found.root) != 32 or found.size < 0:
        raise BadNote("size or root of a checkpoint")
    return found
