"""Where the bytes of files lie: sealed, each under a key of its own, in the folder of files."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.conf import settings

from hamrong.kernel.seal import aead
from hamrong.kernel.seal.bound import bound
from hamrong.kernel.seal.derive import derive
from hamrong.kernel.seal.files import open_file, seal_file
from hamrong.kernel.seal.padding import pad, unpad

PIECE: Final = 64 * 1024
TOLD: Final = 1024
DAY: Final = 24 * 60 * 60
NAME: Final = re.compile(r"[0-9a-f]{32}\.(original|clean|new)")
"""What is ours in the folder of files."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file is called by whoever gave it, its kind (`kinds.MEDIA`), its size and SHA-256 as it came.

    `cleaned`: a copy without traces lies beside it.
    """

    name: str
    kind: str
    size: int
    digest: str
    cleaned: bool


def house_key() -> bytes:
    """The key of this installation for files that were not handed in under a key of their own."""
    return bytes(settings.HAMRONG_KEYS["papers"])


def seal_told(number: UUID, told: Told, key: bytes) -> bytes:
    """What is told of a file, padded and sealed to it."""
    plain = json.dumps(asdict(told), ensure_ascii=False).encode()
    return aead.seal(_key(key, number), pad(plain, TOLD), bound("attachment/told", number))


def told_of(number: UUID, sealed: bytes, key: bytes) -> Told:
    """The same again; raises `Broken`."""
    return Told(**json.loads(unpad(aead.unseal(_key(key, number), sealed, bound("attachment/told", number)))))


def write(number: UUID, content: Iterable[bytes], size: int, key: bytes, *, original: bool) -> None:
    """Seal the content (of `size` bytes) into the folder, a piece at a time; nothing is left of it where that fails."""
    place = _place(number, original)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_suffix(".new")
    try:
        with draft.open("xb") as file:
            file.writelines(seal_file(_key(key, number), content, size, _about(number, original)))
        _round(draft)
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)


def read(number: UUID, key: bytes, *, original: bool) -> Iterator[bytes]:
    """The content a piece at a time: the cleaned copy where there is one, unless the original is asked for.

    Raises `Broken` where the file is not the one that was sealed, and `FileNotFoundError` where it is gone.
    """
    clean = not original and _place(number, False).is_file()
    with _place(number, not clean).open("rb") as file:
        yield from open_file(_key(key, number), pieces_of(file), _about(number, not clean))


def lying(before: datetime) -> Iterator[set[UUID]]:
    """The numbers of files in the folder that were last written before a moment, a folder of it at a time."""
    for folder in sorted(settings.HAMRONG_FILES.glob("[0-9a-f][0-9a-f]")):
        old = (each for each in folder.iterdir() if each.stat().st_mtime < before.timestamp())
        yield {UUID(hex=each.name[:32]) for each in old if NAME.match(each.name)}


def is_there(number: UUID) -> bool:
    """Whether the bytes of a file lie in the folder, as they came."""
    return _place(number, True).is_file()


def forget(number: UUID) -> None:
    """Delete what lies in the folder of a file, if anything does."""
    for original in (True, False):
        place = _place(number, original)
        place.unlink(missing_ok=True)
        place.with_suffix(".new").unlink(missing_ok=True)


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file from where it stands, a piece at a time."""
    while piece := file.read(PIECE):
        yield piece


def _round(place: Path) -> None:
    """Of the hour at which it was written only the day stays: it is that at which somebody handed it in."""
    day = place.stat().st_mtime // DAY * DAY
    os.utime(place, (day, day))


def _place(number: UUID, original: bool) -> Path:
    folder: Path = settings.HAMRONG_FILES
    return folder / number.hex[:2] / f"{number.hex}.{'original' if original else 'clean'}"


def _key(key: bytes, number: UUID) -> bytes:
    return derive(key, "attachment/v1", salt=number.bytes)


def _about(number: UUID, original: bool) -> bytes:
    return bound("attachment/file", number, "original" if original else "clean")
