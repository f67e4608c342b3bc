"""Copies without hidden data: what cameras, recorders and programs write into files unseen."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, NamedTuple

from hamrong.papers.boxes import Odd, patched, patches
from hamrong.papers.pictures import DRAWN, drawn_anew
from hamrong.papers.sounds import ogg_patches, part, sound_of, wave_patches
from hamrong.papers.stills import still_patches

PROGRAM: Final = Path(__file__).with_name("cleaning_process.py")
SECONDS: Final = 90
LARGEST: Final = 50 * 1024 * 1024
"""A PDF, Office or RTF file larger than this is kept as it came."""

WORK: Final = {"pdf": "pdf", "docx": "office", "xlsx": "office", "pptx": "office", "odt": "office", "rtf": "rtf"}
OVER: Final = {"mp4": patches, "heic": still_patches, "wav": wave_patches, "ogg": ogg_patches}
"""Kinds in which what is hidden is written over where it lies."""

BARE: Final = {"txt"}
"""Kinds in which nothing can be hidden."""


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
    try:
        return _plain(file, kind)
    except Odd:
        return None


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


def _plain(file: IO[bytes], kind: str) -> Clean | None:
    """Cleaned a piece at a time, where the kind allows it; raises `Odd`."""
    if kind == "mp3":
        start, end = sound_of(file)
        return Clean(end - start, part(file, start, end))
    if kind not in OVER:
        return None
    over = OVER[kind](file)
    return Clean(file.seek(0, 2), patched(file, over))
