"""Why a file is not read at all: by its content, never by its name, as a value in both languages."""

from typing import Final

from msgspec import Struct

from hamrong.lodging.issues import issue


class Limits(Struct, frozen=True):
    """What a file may be: rows of guests, bytes as sent, bytes unpacked, and cells that have to be held at once."""

    rows: int
    size: int = 20_000_000
    unpacked: int = 150_000_000
    cells: int = 4_000_000


SYNC: Final = Limits(rows=5_000)
"""For a file that is answered at once."""
ASYNC: Final = Limits(rows=50_000)
"""For a file that is worked off in the background."""


class FileRefused(Struct, frozen=True):
    """A file that is not read: a code of the catalogue error-codes (`file.…`), its words, and what to do."""

    code: str
    message_vi: str
    message_en: str
    hint_vi: str
    hint_en: str


class CannotRead(Exception):
    """Carries a refusal out of a parser; `read_table` turns it into a value."""

    def __init__(self, code: str, received: str = "", expected: str = "") -> None:
        super().__init__(code)
        said = issue(code, "", received=received, expected=expected)
        self.refusal = FileRefused(said.code, said.message_vi, said.message_en, said.hint_vi, said.hint_en)
