"""One process at a time holds a state folder; the lock goes with the process, however it ends."""

import fcntl
import os
from pathlib import Path
from typing import TextIO


class Held(Exception):
    """Somebody else holds the lock; the text is what the holder said about itself."""


def hold(path: Path, note: str) -> TextIO:
    """Take the lock and leave `note` for those who come later; close the answer to let go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    stream = os.fdopen(handle, "r+", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        with stream:
            raise Held(stream.read().strip() or "another process") from error
    stream.truncate()
    stream.write(note)
    stream.flush()
    return stream
