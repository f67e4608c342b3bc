"""The export of an older system of draws, CSV or workbook, read for the same report; says what it could not read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple

from hamrong.kernel.documents.plates import written
from hamrong.kernel.vietnamese import fold
from hamrong.kernel.workbooks import CannotRead, Cell, is_workbook, read_every, text_of
from hamrong.kernel.workbooks.delimited import read_delimited
from hamrong.plates.fairness.registration import patterns, registration
from hamrong.plates.fairness.standing import Drawn, Standing
from hamrong.plates.lists import SHEETS, why_not_read
from hamrong.plates.numbers import Run, split, whole
from hamrong.plates.remaining import Remaining

Field = Literal["number", "at", "office", "clerk"]
Why = Literal["unreadable", "time", "twice", "outside"]
HEADINGS: Final[Mapping[Field, tuple[str, ...]]] = {
    "number": ("bien so", "bien so xe", "so bien", "bien kiem soat", "number", "plate"),
    "at": ("thoi gian", "thoi diem", "thoi gian bam", "ngay gio", "ngay cap", "luc", "at", "time", "drawn_at"),
    "office": ("don vi", "noi dang ky", "co quan dang ky", "noi cap", "office", "unit"),
    "clerk": ("can bo", "ma can bo", "nguoi bam", "nguoi cap", "ban tiep nhan", "ban", "clerk", "desk"),
}
"""What columns are called, folded; anything else is named by the caller."""

TIMES: Final = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y", "%Y-%m-%d")
DIVIDERS: Final = ",;\t|"
TOLD: Final = 20
"""How many lines with a problem are kept to be shown; all are counted."""

_DROPPED: Final = re.compile(r"[ .\-\u2013\u00a0]")
_ISO: Final = re.compile(r"(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$")


class Unusable(ValueError):
    """A file out of which no report can be made; says why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


class Problem(NamedTuple):
    """A line (from 1) that was left out, what it says, and why."""

    line: int
    text: str
    why: Why


class Row(NamedTuple):
    """A draw as the older system wrote it down."""

    line: int
    series: str
    value: int
    at: datetime | None
    hour: bool
    office: str
    clerk: str


@dataclass(slots=True)
class Read:
    """The draws of an export in their order, and what stood in the way.

    `sorted_by`: "time" or, where not every line has one, "line". `assumed`: series that are taken to have been whole.
    `counts` has, by reason, how many lines were left out.
    """

    draws: list[Drawn] = field(default_factory=list)
    sorted_by: Literal["time", "line"] = "line"
    assumed: tuple[str, ...] = ()
    columns: Mapping[Field, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[Why, int] = field(default_factory=dict)

    def leave_out(self, line: int, text: str, why: Why) -> None:
        self.counts[why] = self.counts.get(why, 0) + 1
        if len(self.problems) < TOLD:
            self.problems.append(Problem(line, text[:60], why))


def read(content: bytes, *, named: Mapping[Field, str], pool: str, opening: Sequence[Run] | None = None) -> Read:
    """An export as draws that can be tested; `Unusable` where there is no column of numbers, or no draw.

    `named` says what columns are called where their heading does not tell. `opening` is what remained before the first
    draw; without it every series in the file counts as whole. Whoever pressed becomes a number in order of appearance:
    a report names nobody.
    """
    lines = _lines(content)
    head = next(lines, (0, []))[1]
    places = _places(head, named)
    found = Read(columns={name: head[place] for name, place in places.items()})
    rows = list(_rows(lines, places, found))
    if not rows:
        raise Unusable(
            "Tệp không có dòng nào ghi biển số đọc được.", "No line of the file has a number plate that can be read."
        )
    if all(row.at for row in rows):
        rows.sort(key=lambda row: row.at or datetime.min)
        found.sorted_by = "time"
    series = tuple(sorted({row.series for row in rows}))
    found.assumed = () if opening else series
    left = Remaining()
    left.give(opening or whole(series))
    found.draws = list(_draws(rows, left, pool, found))
    return found


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not empty with its number from 1, as texts; of a workbook the first sheet that people see."""
    try:
        rows = _sheet(content) if is_workbook(content) else read_delimited(content, DIVIDERS).rows
    except CannotRead as problem:
        said = why_not_read(problem)
        raise Unusable(said.vi, said.en) from problem
    for number, cells in rows:
        texts = [_told(cell).strip() for cell in cells]
        if any(texts):
            yield number, texts


def _sheet(content: bytes) -> Sequence[tuple[int, Sequence[Cell] | bytes]]:
    seen = next((sheet.rows for sheet in read_every(content, SHEETS) if sheet.shown), ())
    return seen


def _told(cell: Cell) -> str:
    """A cell as text; an instant with its seconds, by which draws are ordered."""
    return str(cell) if isinstance(cell, datetime) else text_of(cell)


def _places(head: Sequence[str], named: Mapping[Field, str]) -> dict[Field, int]:
    """In which column each field stands; `Unusable` where a named one, or the one of numbers, is not there."""
    folded = [fold(cell) for cell in head]
    there = ", ".join(filter(None, head)) or "–"
    places: dict[Field, int] = {}
    for name, known in HEADINGS.items():
        wanted = map(fold, (named[name],) if name in named else known)
        place = next((folded.index(each) for each in wanted if each in folded), None)
        if place is not None:
            places[name] = place
        elif name in named:
            raise Unusable(
                f"Không có cột “{named[name]}”; dòng đầu có: {there}.",
                f"There is no column “{named[name]}”; the first line has: {there}.",
            )
    if "number" not in places:
        raise Unusable(
            f"Không thấy cột biển số; hãy chỉ ra bằng --column number=TÊN. Dòng đầu có: {there}.",
            f"No column of number plates; name it with --column number=NAME. The first line has: {there}.",
        )
    return places


def _rows(lines: Iterable[tuple[int, list[str]]], places: Mapping[Field, int], found: Read) -> Iterator[Row]:
    def cell(cells: Sequence[str], name: Field) -> str:
        place = places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    for line, cells in lines:
        number = split(_DROPPED.sub("", cell(cells, "number")).upper())
        told = cell(cells, "at")
        at = _instant(told)
        if number is None:
            found.leave_out(line, cell(cells, "number"), "unreadable")
            continue
        if told and at is None:
            found.leave_out(line, told, "time")
            continue
        yield Row(line, *number, at, ":" in told, cell(cells, "office"), cell(cells, "clerk"))


def _instant(told: str) -> datetime | None:
    text = _ISO.sub("", told.replace("T", " ")) if told[:4].isdigit() else told
    for form in TIMES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _draws(rows: Sequence[Row], left: Remaining, pool: str, found: Read) -> Iterator[Drawn]:
    standing, desks, given, seq = Standing(left, patterns(registration())), dict[str, str](), set[str](), 0
    for row in rows:
        number = written(row.series, row.value)
        stood = standing.draw(row.series, row.value)
        if stood is None:
            found.leave_out(row.line, number, "twice" if number in given else "outside")
            continue
        given.add(number)
        seq += 1
        desk = desks.setdefault(row.clerk, str(len(desks) + 1)) if row.clerk else ""
        hour = row.at.hour if row.at and row.hour else None
        yield Drawn(pool, seq, number, stood[0], stood[1], row.office, hour, desk, stood[2])
