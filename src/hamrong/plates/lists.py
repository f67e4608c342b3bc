"""Lists of numbers as people send them: one plate a line in any writing, alone or among other columns, or runs.

Two million lines take some seconds: each series is a row of flags, so that nothing has to be sorted.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from hamrong.access.actors import Refusal
from hamrong.kernel.charsets import detect
from hamrong.kernel.documents.model import Unreadable
from hamrong.kernel.documents.plates import parse
from hamrong.kernel.workbooks import CannotRead, Limits, is_workbook, read_every, text_of
from hamrong.plates.numbers import LAST, Run, split

Why = Literal["unreadable", "series", "run", "hidden", "divided"]
TOLD: Final = 100
"""How many problems are kept to be shown; all of them are counted."""

STEP: Final = 50_000
SHEETS: Final = Limits(rows=2_100_000, size=64 * 1024 * 1024, unpacked=600_000_000)
"""What a workbook may be. One sheet has at most 1,048,576 rows; what does not fit is sent as CSV."""

_DROPPED: Final = str.maketrans("", "", ' .-\t\r"\ufeff')
_RUN: Final = re.compile(r"\s*([0-9]{2}[A-ZĐ0-9]{1,4}[0-9]{5})\s*-\s*([0-9]{2}[A-ZĐ0-9]{1,4}[0-9]{5})\s*")
_CELLS: Final = re.compile(r"[;,\t|]")
_FLAGS: Final = re.compile(rb"\x01+")
_USUAL: Final = re.compile(r"[0-9]{3}[ .-]?[0-9]{2}\s*\Z")
_NUMBER: Final = re.compile(r"(?:[0-9][ .-]*){4}[0-9]\s*\Z")
_SET_APART: Final = re.compile(r"[0-9]{3}[.-]?[0-9]{2}")


NO_LIST: Final = Refusal(
    "invalid",
    "Đây không phải danh sách. Danh sách là tệp Excel, ODS, CSV hoặc văn bản, mỗi dòng một biển số.",
    "This is no list. A list is an Excel, ODS, CSV or text file with one plate a line.",
)
DAMAGED: Final = Refusal(
    "invalid",
    "Không mở được tệp Excel này: tệp hỏng, hoặc quá lớn. Mở và lưu lại, hoặc lưu thành CSV rồi tải lên lại.",
    "This workbook cannot be opened: it is damaged or too large. Open and save it again, or save it as CSV.",
)
NOT_READ: Final = {
    "file.encrypted": Refusal(
        "invalid", "Tệp Excel này có mật khẩu. Bỏ mật khẩu rồi tải lên lại.",
        "This workbook has a password. Take it off and upload the file again.",
    ),
    "file.macro": Refusal(
        "invalid", "Tệp Excel này có macro. Lưu thành .xlsx hoặc CSV rồi tải lên lại.",
        "This workbook has macros. Save it as .xlsx or CSV and upload it again.",
    ),
    "file.wrong_type": NO_LIST,
    "file.empty": Refusal("invalid", "Tệp Excel này trống.", "This workbook is empty."),
}  # fmt: skip
"""Why a workbook was not read, by the reader's code; of any other code, it is damaged or too large."""


def why_not_read(problem: CannotRead) -> Refusal:
    """What to tell whoever sent a file that was not read."""
    return NOT_READ.get(problem.code, DAMAGED)


class Problem(NamedTuple):
    """A line of a text or row of a sheet (from 1) that is no number of the pool, its beginning, and why.

    Where there are several sheets the text begins with the sheet's name; one that nobody sees is a problem itself.
    """

    line: int
    text: str
    why: Why


@dataclass(slots=True)
class Listed:
    """What a list holds: ascending runs, how many numbers, how many came twice, and lines that were not read."""

    runs: list[Run] = field(default_factory=list)
    count: int = 0
    repeated: int = 0
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0


class NotText(ValueError):
    """A file that is neither text nor a workbook."""


class Line(NamedTuple):
    """A line of a list: its number from 1, what it says, in which sheet of several, and whether it may be a heading."""

    number: int
    text: str
    sheet: str = ""
    heads: bool = False


def read_list(data: bytes, *, series: Set[str], kind: str, done: Callable[[int], None] = lambda lines: None) -> Listed:
    """Read a list for a pool of these series. `done` hears now and then how many lines are behind.

    The first line may be a heading; of a sheet, every row without a digit before the first number. Every sheet that
    people see is read. Raises `NotText`, or `CannotRead` for a workbook that is damaged, locked or too large.
    """
    found, flags = Listed(), {name: bytearray(LAST + 1) for name in series}
    for read, line in enumerate(_of_workbook(data, found) if is_workbook(data) else _of_text(data), 1):
        if read % STEP == 0:
            done(read)
        plate = _plain(line.text)
        row = flags.get(plate[0]) if plate and not _divided(line.text) else None
        if plate is not None and row is not None:
            found.repeated += row[plate[1]]
            row[plate[1]] = 1
        elif line.text and not line.text.isspace():
            _other(line, flags, kind, found)
    found.runs = list(_runs(flags))
    found.count = sum(run.last - run.first + 1 for run in found.runs)
    return found


def _of_text(data: bytes) -> Iterator[Line]:
    if _is_binary(data):
        raise NotText
    for number, text in enumerate(_lines(data), 1):
        yield Line(number, text, heads=number == 1)


def _of_workbook(data: bytes, found: Listed) -> Iterator[Line]:
    """Rows of the sheets that people see, their cells side by side; each sheet that they do not see is a problem."""
    sheets = read_every(data, SHEETS)
    several = sum(sheet.shown for sheet in sheets) > 1
    for sheet in sheets:
        if not sheet.shown:
            _wrong(found, Problem(1, sheet.name, "hidden"))
        before = True
        for number, cells in sheet.rows:
            text = "\t".join(filter(None, map(text_of, cells)))
            before = before and not any(letter.isdigit() for letter in text)
            yield Line(number, text, sheet.name if several else "", before)


def _wrong(found: Listed, problem: Problem) -> None:
    found.wrong += 1
    if len(found.problems) < TOLD:
        found.problems.append(problem)


def _other(line: Line, flags: dict[str, bytearray], kind: str, found: Listed) -> None:
    """A line that is more, or less, than one number written plainly."""
    run = _read(line.text, flags.keys(), kind)
    if isinstance(run, Run):
        row = flags[run.series]
        found.repeated += row.count(1, run.first, run.last + 1)
        row[run.first : run.last + 1] = b"\x01" * (run.last - run.first + 1)
    elif not line.heads or any(letter.isdigit() for letter in line.text):
        told = f"{line.sheet}: {line.text.strip()}" if line.sheet else line.text.strip()
        _wrong(found, Problem(line.number, told[:60], run))


def _is_binary(data: bytes) -> bool:
    """Whether there are zero bytes that are not those of UTF-16, in which spreadsheets save “Unicode text”."""
    start = data[:1000]
    return start.startswith(b"%PDF") or (b"\x00" in start and not detect(start).encoding.startswith("utf-16"))


def _lines(data: bytes) -> list[str]:
    text = data.decode("ascii") if data.isascii() and b"\x00" not in data else detect(data).text
    return text.split("\n")


def _plain(text: str) -> tuple[str, int] | None:
    """A number written with nothing but spaces, dots and dashes between its characters."""
    return split(text.translate(_DROPPED).upper())


def _divided(text: str) -> bool:
    """Whether a dot or dash divides the number elsewhere than plates do (36A-1.2345).

    A digit may be missing, or one too many, and what goes into a public book for ever is not guessed.
    """
    if _USUAL.search(text, max(0, len(text) - 16)):
        return False
    number = _NUMBER.search(text)
    return number is not None and not _SET_APART.fullmatch(number[0].replace(" ", "").strip())


def _read(line: str, series: Set[str], kind: str) -> Run | Why:
    if found := _RUN.fullmatch(line.upper()):
        return _of_ends(found[1], found[2], series)
    cells = _CELLS.split(line)
    if any(_plain(cell) and _divided(cell) for cell in (line, *cells)):
        return "divided"
    for cell in cells if len(cells) > 1 else ():
        number = _plain(cell)
        if number and number[0] in series:
            return Run(number[0], number[1], number[1])
    return _among([line, *cells], series, kind)


def _of_ends(first: str, last: str, series: Set[str]) -> Run | Why:
    low, high = split(first), split(last)
    if low is None or high is None or low[0] != high[0] or low[1] > high[1]:
        return "run"
    return Run(low[0], low[1], high[1]) if low[0] in series else "series"


def _among(cells: Sequence[str], series: Set[str], kind: str) -> Run | Why:
    """The first text that the rules of plates read as a number of the pool; else why there is none."""
    why: Why = "unreadable"
    for cell in cells:
        found = parse(cell.strip()[:40], kind=kind)
        for reading in () if isinstance(found, Unreadable) else found:
            number = split(reading.canonical)
            if number and number[0] in series:
                return Run(number[0], number[1], number[1])
            why = "series"
    return why


def _runs(flags: dict[str, bytearray]) -> Iterator[Run]:
    for series in sorted(flags):
        for stretch in _FLAGS.finditer(flags[series]):
            yield Run(series, stretch.start(), stretch.end() - 1)
