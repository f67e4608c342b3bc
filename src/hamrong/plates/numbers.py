"""Files of numbers: which numbers an event of a pool is about, as runs of neighbours, in one form for one set."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hamrong.kernel.documents import plates
from hamrong.kernel.documents.plates import written

FIRST: Final = 1
LAST: Final = 99_999
"""000.00 is not issued: a series has 99,999 numbers (circular 79/2024/TT-BCA)."""

_SERIES: Final = re.compile(r"[0-9]{2}[A-ZĐ0-9]{1,4}")


class Run(NamedTuple):
    """Neighbouring numbers of one series, `36A` 1 to 99,999 for instance; both ends belong to it."""

    series: str
    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


class BadFile(ValueError):
    """A file of numbers that is not in its form; says which line (from 1) and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


def split(text: str) -> tuple[str, int] | None:
    """Series and number of a canonical number of a pool; None where it is none (000.00 is none)."""
    found = plates.split(text)
    return found if found and _SERIES.fullmatch(found[0]) else None


def plate_name(number: str, kind: str, pool: str) -> str:
    """What a plate is called in addresses and on record. A series is in one pool, so that a number of ours is enough;
    of others the kind is told, too: `29A12345~motorcycle` is 29-A1 2345, and `29A12345~car` 29A-123.45.
    """
    return number if pool else f"{number}~{kind}"


def is_old(number: str, kind: str) -> bool:
    """Whether a plate of this kind has a number of 3 or 4 digits, as plates had before numbers of five."""
    found = plates.parse(number, kind=kind)
    widest = max(found, key=lambda each: len(each.number)) if not isinstance(found, plates.Unreadable) else None
    return widest is not None and len(widest.number) < plates.book().forms[widest.form].widths[0]


def whole(series: Iterable[str]) -> list[Run]:
    """All numbers of some series."""
    return [Run(each, FIRST, LAST) for each in sorted(series)]


def joined(numbers: Iterable[tuple[str, int]]) -> Iterator[Run]:
    """Runs of single numbers, which must come in ascending order without repetition."""
    run: Run | None = None
    for series, number in numbers:
        if run and run.series == series and run.last + 1 == number:
            run = Run(series, run.first, number)
            continue
        if run:
            yield run
        run = Run(series, number, number)
    if run:
        yield run


def write(runs: Iterable[Run]) -> bytes:
    """The file of these runs, which must be ascending and apart: UTF-8, one run or number a line, LF."""
    lines = [
        written(series, first) if first == last else f"{written(series, first)}-{written(series, last)}"
        for series, first, last in runs
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def name_of(file: bytes) -> str:
    """What a file is published under: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(file).hexdigest()


def read(file: bytes) -> list[Run]:
    """The runs of a file; `BadFile` where it is not in its form: order, overlap, letters, line ends."""
    try:
        text = file.decode()
    except UnicodeDecodeError as error:
        raise BadFile(file[: error.start].count(b"\n") + 1, "bytes that are not UTF-8") from error
    if text and not text.endswith("\n"):
        raise BadFile(text.count("\n") + 1, "the last line has no end")
    runs: list[Run] = []
    for line, told in enumerate(text.split("\n")[:-1], 1):
        run = _run(told, line)
        if runs and (run.series, run.first) <= (runs[-1].series, runs[-1].last):
            raise BadFile(line, "not after the line before it")
        runs.append(run)
    return runs


def _run(told: str, line: int) -> Run:
    first, dash, last = told.partition("-")
    start, end = split(first), split(last if dash else first)
    if start is None or end is None:
        raise BadFile(line, f"{told[:40]!r} is no number")
    (series, low), (other, high) = start, end
    if series != other or low > high or (dash and low == high):
        raise BadFile(line, f"{told[:40]!r} is no run of one series")
    return Run(series, low, high)


def count(runs: Iterable[Run]) -> int:
    return sum(run.size for run in runs)
