"""From the bytes of a request or a file to numbered rows, or the one reason why they cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import msgspec

from hamrong.kernel.workbooks.refusals import CannotRead
from hamrong.lodging.decoding import decode
from hamrong.lodging.issues import Issue
from hamrong.lodging.shapes import Reading, ReasonIn
from hamrong.lodging.workbooks import FileRefused, Limits, Table, match_columns, placed, read_table, rows_to_stays
from hamrong.lodging.workbooks.refusals import refused

__all__ = [
    "JSON",
    "LISTS",
    "NDJSON",
    "WORKBOOKS",
    "FileRefused",
    "JsonRows",
    "SharedReason",
    "Source",
    "TableRows",
    "read",
]

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
LISTS: Final = Limits(rows=100_000, size=100_000_000)
"""What a list of JSON may be; it is never held decoded."""
WORKBOOKS: Final = Limits(rows=100_000)

_RAW: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Source(Protocol):
    """Rows that can be gone through more than once; each is its number and what could be read of it."""

    @property
    def total(self) -> int:
        """How many rows there are; of a table, blank ends and sums included."""

    def readings(self) -> Iterator[tuple[int, Reading]]:
        """Every row in its order: its number as people count it, and what could be read of it."""

    def placed(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        """The issues with the column that each is about."""


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Stays as JSON, each decoded only in its turn: 100,000 rows stay as small as their text."""

    raw: Sequence[tuple[int, msgspec.Raw | bytes]]

    @property
    def total(self) -> int:
        return len(self.raw)

    def readings(self) -> Iterator[tuple[int, Reading]]:
        for number, each in self.raw:
            yield number, decode(bytes(each))

    def placed(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        return issues


@dataclass(frozen=True, slots=True)
class TableRows:
    """The guests of a workbook or a text file; `mapping` is field to column, from 0."""

    table: Table
    mapping: Mapping[str, int]
    establishment: str
    today: date

    @property
    def total(self) -> int:
        return len(self.table.rows)

    def readings(self) -> Iterator[tuple[int, Reading]]:
        for row in rows_to_stays(self.table, self.mapping, self.establishment, today=self.today):
            yield row.number, Reading(row.stay, row.issues)

    def placed(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        return placed(issues, self.mapping)


@dataclass(frozen=True, slots=True)
class SharedReason:
    """The rows of `source`, where those that give no reason have the one that was given for all of them."""

    source: Source
    reason: str

    @property
    def total(self) -> int:
        return self.source.total

    def readings(self) -> Iterator[tuple[int, Reading]]:
        for number, reading in self.source.readings():
            own = reading.stay.reason
            if own is None or not (own.code or own.text):
                reading.stay.reason = ReasonIn(self.reason)
            yield number, reading

    def placed(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        return self.source.placed(issues)


def read(
    data: bytes, *, file_name: str, media_type: str, mapping: Mapping[str, int] | None, establishment: str, today: date
) -> Source | FileRefused:
    """The rows of a request's body or of a file. Lists of JSON go by their media type, everything else by its content.

    Without a `mapping` the columns are taken for what their names say.
    """
    kind = media_type.split(";")[0].strip().lower()
    if kind in (JSON, NDJSON):
        return _read_list(data, lines=kind == NDJSON)
    table = read_table(data, file_name, limits=WORKBOOKS)
    if isinstance(table, FileRefused):
        return table
    if table.kind == "jsonl":
        return JsonRows([(row.number, row.cells) for row in table.rows if isinstance(row.cells, bytes)])
    return TableRows(table, mapping or match_columns(table.columns).fields, establishment, today)


def _read_list(data: bytes, *, lines: bool) -> Source | FileRefused:
    raw: list[tuple[int, msgspec.Raw | bytes]]
    if len(data) > LISTS.size:
        return refused(CannotRead("file.too_big", expected=f"{LISTS.size // 1_000_000} MB"))
    if lines:
        raw = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    else:
        try:
            raw = list(enumerate(_RAW.decode(data), 1))
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return refused(CannotRead("file.wrong_type", "JSON"))
    if len(raw) > LISTS.rows:
        return refused(CannotRead("file.too_many_rows", expected=f"{LISTS.rows:,}".replace(",", ".")))
    return JsonRows(raw) if raw else refused(CannotRead("file.empty"))
