"""What reading a document gives: the document with the checks that it failed, or why nobody can read it."""

from msgspec import Struct


class Position(Struct, frozen=True, order=True):
    """Line and column of a character, both from 1; white space inside MRZ lines is not counted."""

    line: int
    column: int

    def after(self, characters: int) -> "Position":
        """Return the position so many characters further on the same line."""
        return Position(self.line, self.column + characters)


class FailedCheck(Struct, frozen=True):
    """One disagreement of a document with its own rules: a sign for people to look again, never a verdict."""

    field: str
    position: Position
    expected: str
    found: str


class Document(Struct, frozen=True):
    """A document that was read. `kind`: cccd_qr, td1, td2, td3, mrv_a or mrv_b.

    Every field of the kind has a key; None where it is empty or unreadable. Text in NFC; dates YYYY-MM-DD, or YYYY
    where the document states the year only.
    """

    kind: str
    fields: dict[str, str | None]
    failed_checks: tuple[FailedCheck, ...] = ()


class Unreadable(Struct, frozen=True):
    """A text that is no document we know: a stable code (docs/documents.md), and where reading ended."""

    reason: str
    position: Position
