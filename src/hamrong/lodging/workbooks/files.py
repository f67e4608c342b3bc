"""What a file is, by its first bytes."""

from typing import Final, Literal

from hamrong.kernel.workbooks.compound import MAGIC
from hamrong.kernel.workbooks.delimited import is_json
from hamrong.kernel.workbooks.refusals import CannotRead

Kind = Literal["xlsx", "xls", "ods", "csv", "jsonl"]
_OTHERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"\x1f\x8b": "GZIP",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"{\\rtf": "RTF",
    b"SQLite": "SQLite",
    b"RIFF": "RIFF",
    b"BZh": "BZIP2",
}


def container(data: bytes) -> Literal["zip", "ole", "json", "text"]:
    """How the file is packed; raises CannotRead for kinds that are certainly no list of guests."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(MAGIC):
        return "ole"
    for beginning, what in _OTHERS.items():
        if data.startswith(beginning) and not (what == "EXE" and data[:64].isascii()):
            raise CannotRead("file.wrong_type", what)
    return "json" if is_json(data[:1000].decode("utf-8", "replace")) else "text"
