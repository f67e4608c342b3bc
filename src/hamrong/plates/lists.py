"""Lists of numbers as people send them: one plate a line in any writing, alone or among other columns, or runs.

Two million lines take some seconds: each series is a row of flags, so that nothing has to be sorted.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from hamrong.kernel.charsets import detect
from hamrong.kernel.documents.model import Unreadable
from hamrong.kernel.documents.plates import parse
from hamrong.plates.numbers import LAST, Run, split

Why = Literal["unreadable", "series", "run"]
TOLD: Final = 100
"""How many problems are kept to be shown; all of them are counted."""

STEP: Final = 50_000
PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, which are not read here."""

_DROPPED: Final = str.maketrans("", "", ' .-\t\r"\ufeff')
_RUN: Final = re.compile(r"\s*([0-9]{2}[A-ZĐ0-9]{1,4}[0-9]{5})\s*-\s*([0-9]{2}[A-ZĐ0-9]{1,4}[0-9]{5})\s*")
_CELLS: Final = re.compile(r"[;,\t|]")
_FLAGS: Final = re.compile(rb"\x01+")


class Problem(NamedTuple):
    """A line (from 1) that is no number of the pool, its beginning, and why."""

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
    """A file that is no text; `packed`: a workbook, or another packed file."""

    def __init__(self, *, packed: bool) -> None:
        super().__init__("packed" if packed else "binary")
        self.packed = packed


def read_list(data: bytes, *, series: Set[str], kind: str, done: Callable[[int], None] = lambda lines: None) -> Listed:
    """Read a list for a pool of these series. `done` hears now and then how many lines are behind.

    The first line may be a heading. Raises `NotText` for a workbook.
    """
    if data.startswith(PACKED) or _is_binary(data):
        raise NotText(packed=data.startswith(PACKED))
    found, flags = Listed(), {name: bytearray(LAST + 1) for name in series}
    for number, line in enumerate(_lines(data), 1):
        if number % STEP == 0:
            done(number)
        plate = _plain(line)
        row = flags.get(plate[0]) if plate else None
        if plate is not None and row is not None:
            found.repeated += row[plate[1]]
            row[plate[1]] = 1
        elif line and not line.isspace():
            _other(number, line, flags, kind, found)
    found.runs = list(_runs(flags))
    found.count = sum(run.last - run.first + 1 for run in found.runs)
    return found


def _other(number: int, line: str, flags: dict[str, bytearray], kind: str, found: Listed) -> None:
    """A line that is more, or less, than one number written plainly."""
    run = _read(line, flags.keys(), kind)
    if isinstance(run, Run):
        row = flags[run.series]
        found.repeated += row.count(1, run.first, run.last + 1)
        row[run.first : run.last + 1] = b"\x01" * (run.last - run.first + 1)
    elif number > 1 or any(letter.isdigit() for letter in line):
        found.wrong += 1
        if len(found.problems) < TOLD:
            found.problems.append(Problem(number, line.strip()[:60], run))


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


def _read(line: str, series: Set[str], kind: str) -> Run | Why:
    if found := _RUN.fullmatch(line.upper()):
        return _of_ends(found[1], found[2], series)
    cells = _CELLS.split(line)
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
