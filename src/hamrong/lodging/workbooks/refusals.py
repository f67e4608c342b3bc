"""Why a file is not read at all: by its content, never by its name, as a value in both languages."""

from typing import Final

from msgspec import Struct

from hamrong.kernel.workbooks import CannotRead, Limits
from hamrong.lodging.issues import issue

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


def refused(error: CannotRead) -> FileRefused:
    """Why a reader gave a file up, in the words of the catalogue."""
    said = issue(error.code, "", received=error.received, expected=error.expected)
    return FileRefused(said.code, said.message_vi, said.message_en, said.hint_vi, said.hint_en)
