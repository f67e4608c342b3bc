"""From the rows of a table to stays that can be checked: one `RowIn` a guest, with what is odd about the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from hamrong.kernel.charsets import from_old_font
from hamrong.kernel.vietnamese import fold
from hamrong.kernel.workbooks.cells import Cell, text_of
from hamrong.kernel.workbooks.isolated import Row
from hamrong.kernel.workbooks.markup import column_letters
from hamrong.lodging.catalogs import known, two_meanings
from hamrong.lodging.decoding import decode
from hamrong.lodging.findings import plain
from hamrong.lodging.issues import Issue, issue, mask, mask_date
from hamrong.lodging.shapes import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn, Text
from hamrong.lodging.workbooks.cells import Day, day_of, moment_of
from hamrong.lodging.workbooks.columns import pointers
from hamrong.lodging.workbooks.tables import Table

_PERSON: Final = frozenset({"full_name", "document_number", "passport_number", "birth_date"})
_OWN: Final = frozenset({"document_number", "passport_number", "birth_date", "arrival"})
_DIGIT: Final = re.compile("[0-9]")
_TOTAL: Final = re.compile(r"(tong( cong| so)?|cong|total|sum|subtotal)\b")
_WORKBOOKS: Final = frozenset({"xlsx", "xls", "ods"})
_MASKED: Final = frozenset(
    {"/full_name", "/document/number", "/phone", "/residence/text", "/name_mrz", "/guardian_ref"}
)
_STAYS_AHEAD: Final = timedelta(days=366)
_VALID_AHEAD: Final = timedelta(days=20 * 366)


class RowIn(Struct, frozen=True):
    """One guest of a file: the number of the row as people count it, the stay as far as it could be read, what was odd.

    Give `issues` to `check` as `found`, so that a row has one list of all that is wrong with it.
    """

    number: int
    stay: StayIn
    issues: tuple[Issue, ...] = ()


def rows_to_stays(table: Table, mapping: Mapping[str, int], establishment_code: str, *, today: date) -> Iterator[RowIn]:
    """Every guest of the table in its order. `mapping` is field to column (`ColumnMatch.fields`); `today` in Viet Nam
    decides the century of years in two digits."""
    seen: dict[tuple[str, ...], int] = {}
    left_out = _left_out(table, mapping)
    reader = _Reader(table, mapping, establishment_code, today)
    for row in table.rows:
        if row.number in left_out:
            continue
        read = reader.read(row)
        key = _key(read.stay)
        first = seen.setdefault(key, row.number) if key else row.number
        if first != row.number:
            again = issue("row.duplicate_in_file", "", expected=str(first))
            read = RowIn(read.number, read.stay, (*read.issues, again))
        yield read


def skipped(table: Table, mapping: Mapping[str, int]) -> tuple[Issue, ...]:
    """A note that names the rows taken for totals and remarks; empty where there are none."""
    told = sorted(number for number, why in _left_out(table, mapping).items() if why)
    if not told:
        return ()
    listed = ", ".join(map(str, told[:20])) + (" …" if len(told) > 20 else "")
    return (issue("file.rows_skipped", "", expected=listed),)


def _left_out(table: Table, mapping: Mapping[str, int]) -> dict[int, bool]:
    """The rows that are no guests; true where they say something that a person should know was not read."""
    if table.kind == "jsonl":
        return {}
    found: dict[int, bool] = {}
    last = 0
    for row in table.rows:
        values = {name: value for name, at in mapping.items() if (value := text_of(_cell(row.cells, at)))}
        if not values.keys() & _PERSON:
            found[row.number] = bool(values)
        elif _is_total(values) or _is_header(row, table):
            found[row.number] = True
        elif len(values) > 1 and any(map(_DIGIT.search, values.values())):
            last = row.number
    # Below the last guest stand signatures and remarks: one cell, or words without any date or number.
    found |= {row.number: True for row in table.rows if last and row.number > last and row.number not in found}
    return found


def _is_total(values: Mapping[str, str]) -> bool:
    """A row of sums says so, and has no document, no birth and no arrival of its own."""
    return not values.keys() & _OWN and any(_TOTAL.match(fold(value)) for value in values.values())


def _is_header(row: Row, table: Table) -> bool:
    """The names of the columns again, as at the head of every printed page."""
    told = [cell for cell in row.cells if isinstance(cell, str) and cell]
    return len(told) > 1 and all((from_old_font(text_of(cell)) or text_of(cell)) in table.columns for cell in told)


def _cell(cells: Sequence[Cell] | bytes, at: int | None) -> Cell:
    if at is None or isinstance(cells, bytes) or not 0 <= at < len(cells):
        return None
    return cells[at]


def _key(stay: StayIn) -> tuple[str, ...]:
    """What makes two rows the same guest of one night; empty where too little is known."""
    night = plain(stay.arrival_at)[:10]
    number = "".join(sign for sign in plain(stay.document.number) if sign.isalnum()) if stay.document else ""
    if number:
        return (number.upper(), night)
    name, birth = fold(plain(stay.full_name)), plain(stay.birth.date) if stay.birth else ""
    return (name, birth, night) if name and birth else ()


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, mapping: Mapping[str, int], code: str, today: date) -> None:
        self.table, self.mapping, self.code, self.today = table, mapping, code, today
        self.cells: Sequence[Cell] = ()
        self.found: list[Issue] = []

    def read(self, row: Row) -> RowIn:
        if isinstance(row.cells, bytes):
            stay, issues = self._decoded(row.cells)
            return RowIn(row.number, stay, issues)
        self.cells, self.found = row.cells, []
        stay = self._stay()
        if self.table.formulas:
            self._formulas(row.number)
        return RowIn(row.number, stay, tuple(self.found))

    def _decoded(self, line: bytes) -> tuple[StayIn, tuple[Issue, ...]]:
        reading = decode(line)
        if reading.stay.establishment_id is None:
            reading.stay.establishment_id = self.code
        return reading.stay, reading.issues

    def _get(self, name: str) -> Cell:
        return _cell(self.cells, self.mapping.get(name))

    def _text(self, name: str) -> Text:
        written = text_of(self._get(name))
        if self.table.kind in _WORKBOOKS and (repaired := from_old_font(written)):
            if not any(each.code == "text.old_font" for each in self.found):
                self._add("text.old_font", name)
            return repaired
        return written or None

    def _stay(self) -> StayIn:
        number, kind = self._text("document_number"), self._text("document_type")
        if number is None and (number := self._text("passport_number")):
            kind = kind or "passport"
        birth = self._day("birth_date", self.today)
        reason, words = self._text("reason"), self._text("reason_text")
        home, ward = self._text("residence"), self._text("ward_code")
        return StayIn(
            client_ref=self._text("client_ref"),
            establishment_id=self._text("establishment") or self.code,
            kind=self._text("kind"),
            full_name=self._text("full_name"),
            name_mrz=self._text("name_mrz"),
            sex=self._text("sex"),
            birth=BirthIn(birth) if birth else None,
            nationality=self._nationality(),
            document=DocumentIn(kind, number, self._text("issuer"), self._day("expires_on", self.today + _VALID_AHEAD)),
            residence=ResidenceIn(home, ward) if home or ward else None,
            arrival_at=self._moment("arrival"),
            planned_departure_at=self._moment("departure"),
            room=self._text("room"),
            reason=ReasonIn(reason, words) if reason or words else None,
            permitted_until=self._day("permitted_until", self.today + _VALID_AHEAD),
            guardian_ref=self._text("guardian"),
            capture=CaptureIn("file"),
            phone=self._text("phone"),
        )

    def _nationality(self) -> Text:
        """As written; "NGA" in a list is Nga (Russia) or the code of Nigeria, and which of them nobody can tell."""
        written = str(self._text("nationality") or "")
        if two := two_meanings("nationalities").get(written):
            names = [known("nationalities")[code] for code in two]
            self._add(
                "nationality.two_meanings", "nationality", received=written, expected=" / ".join(e.vi for e in names)
            )
            return None
        return written or None

    def _day(self, name: str, latest: date) -> Text:
        read = day_of(self._get(name), latest, epoch_1904=self.table.epoch_1904)
        if read.guessed_century:
            self._guessed(name, read.text)
        return read.text or None

    def _moment(self, name: str) -> Text:
        read = moment_of(
            self._get(name), self._get(f"{name}_time"), self.today + _STAYS_AHEAD,
            arrival=name == "arrival", epoch_1904=self.table.epoch_1904,
        )  # fmt: skip
        if read.guessed_century:
            self._guessed(name, read.text[:10])
        if read.no_time and name == "arrival":
            self._add("date.no_time", name, expected=f"{read.text[11:16]} {_written(read.text[:10])}")
        return read.text or None

    def _guessed(self, name: str, day: str) -> None:
        told = _written(day)
        self._add("date.two_digit_year", name, expected=mask_date(told) if name == "birth_date" else told)

    def _add(self, code: str, name: str, *, received: str = "", expected: str = "") -> None:
        letter = column_letters(self.mapping[name])
        self.found.append(issue(code, pointers()[name], received=received, expected=expected, column=letter))

    def _formulas(self, number: int) -> None:
        for name, at in self.mapping.items():
            if (number - 1, at) in self.table.formulas:
                shown = text_of(self._get(name))
                if not shown:
                    self._add("file.formula_no_value", name)
                    continue
                hide = mask_date if name == "birth_date" else mask if pointers()[name] in _MASKED else str
                self._add("file.formula_cell", name, received=hide(shown))


def _written(day: str) -> str:
    return Day(day).text if len(day) != 10 else f"{day[8:]}/{day[5:7]}/{day[:4]}"
