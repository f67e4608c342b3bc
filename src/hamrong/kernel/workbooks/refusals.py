"""Why a workbook is not read: a stable code, what was found and what was expected; its words are each room's own."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What a file may be: rows, bytes as sent, bytes unpacked, and cells that have to be held at once."""

    rows: int
    size: int = 20_000_000
    unpacked: int = 150_000_000
    cells: int = 4_000_000


class CannotRead(Exception):
    """Carries a code (`file.…`) out of a reader, to be told in words by whoever asked."""

    def __init__(self, code: str, received: str = "", expected: str = "") -> None:
        super().__init__(code)
        self.code, self.received, self.expected = code, received, expected
