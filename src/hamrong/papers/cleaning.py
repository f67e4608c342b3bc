"""Copies without hidden data: what cameras and programs write into pictures, PDF, Office files and video unseen."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, NamedTuple

from hamrong.papers.boxes import Odd, patched, patches
from hamrong.papers.pictures import DRAWN, drawn_anew

PROGRAM: Final = Path(__file__).with_name("cleaning_process.py")
SECONDS: Final = 90
LARGEST: Final = 50 * 1024 * 1024
"""A PDF or Office file larger than this is kept as it came."""

WORK: Final = {"pdf": "pdf", "docx": "office", "xlsx": "office", "pptx": "office", "odt": "office"}


class Clean(NamedTuple):
    """A copy without hidden data, as it comes."""

    size: int
    pieces: Iterable[bytes]


def cleaned(file: IO[bytes], kind: str) -> Clean | None:
    """The clean copy of a file of a kind (`kinds.MEDIA`); None where it stays as it came.

    Raises `pictures.Unreadable` for a picture that is none.
    """
    if kind in DRAWN:
        drawn = drawn_anew(file, kind)
        return Clean(len(drawn), [drawn])
    if kind in WORK:
        return _apart(file, WORK[kind])
    return _film(file) if kind == "mp4" else None


def _apart(file: IO[bytes], work: str) -> Clean | None:
    """Cleaned in a process of its own; None where that does not end well."""
    file.seek(0)
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return None
    command = [sys.executable, "-I", str(PROGRAM), work]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return Clean(len(done.stdout), [done.stdout]) if done.returncode == 0 and done.stdout else None


def _film(file: IO[bytes]) -> Clean | None:
    try:
        over = patches(file)
    except Odd:
        return None
    return Clean(file.seek(0, 2), patched(file, over))
