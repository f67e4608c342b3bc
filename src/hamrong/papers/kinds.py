"""What a file is, by its content and never by its name."""

import zipfile
from typing import IO, Final

HEAD: Final = 4096
PICTURES: Final = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "gif": b"GIF8"}
PLAIN: Final = {
    "pdf": b"%PDF-",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "mp3": b"ID3",
    "ogg": b"OggS",
    "rtf": b"{\\rtf",
}
OFFICE: Final = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "content.xml": "odt"}
MEDIA: Final = {
    "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "heic": "image/heic",
    "pdf": "application/pdf", "doc": "application/msword", "rtf": "application/rtf", "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "mp4": "video/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "wav": "audio/wav",
}  # fmt: skip
"""Kinds that are taken, and how they are given back."""

ENDINGS: Final = {
    "jpeg": ("jpg", "jpe", "jfif"), "heic": ("heif",), "txt": ("csv", "md", "log"), "mp4": ("m4v", "m4a", "mov", "3gp"),
    "ogg": ("oga", "opus"),
}  # fmt: skip
"""What a name of a kind may end with, beside the kind itself."""

OLD: Final = {"doc"}
"""Kinds that nobody can clean and that may hold programs: taken from officers only, given to whoever settles."""

MACROS: Final = ("vbaproject.bin", "activex")


def kind_of(file: IO[bytes]) -> str | None:
    """A key of `MEDIA`, or None for what is not taken: programs, pages, archives, macros, unknown bytes."""
    file.seek(0)
    head = file.read(HEAD)
    known = next((kind for kind, begin in {**PICTURES, **PLAIN}.items() if head.startswith(begin)), None)
    if known is None and head.startswith(b"PK\x03\x04"):
        known = _office(file)
    file.seek(0)
    return known or _boxed(head) or _text(head)


def named(name: str, kind: str) -> str:
    """A file's name as it is given back: with an ending of its kind, so that no text is opened as a program."""
    ending = name.rpartition(".")[2].lower()
    return name if "." in name and ending in (kind, *ENDINGS.get(kind, ())) else f"{name}.{kind}"


def _boxed(head: bytes) -> str | None:
    """Kinds whose name stands behind a length."""
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"hevc"} else "mp4"
    return "mp3" if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2 else None


def _office(file: IO[bytes]) -> str | None:
    try:
        with zipfile.ZipFile(file) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, ValueError):
        return None
    if any(mark in name for name in names for mark in MACROS):
        return None
    return next((kind for begin, kind in OFFICE.items() if any(name.startswith(begin) for name in names)), None)


def _text(head: bytes) -> str | None:
    """Text in UTF-8 without control characters, that is no page and no program in words."""
    try:
        told = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return None
        told = head[: error.start].decode("utf-8-sig")
    strange = any(letter < " " and letter not in "\t\r\n\f" for letter in told)
    beginning = told.lstrip().lower()
    return None if not beginning or strange or beginning.startswith(("<", "#!")) else "txt"
