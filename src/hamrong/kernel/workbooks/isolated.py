"""Reads the cells of a workbook in a process of its own, which may fail without failing us."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from threading import Timer
from typing import Any, Final, NamedTuple

import msgspec

from hamrong.kernel.workbooks.cells import Cell
from hamrong.kernel.workbooks.refusals import CannotRead

_PROGRAM: Final = Path(__file__).with_name("reader_process.py")
_SECONDS: Final = 120
_KINDS: Final[Mapping[str, Callable[[str], Cell]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


class Row(NamedTuple):
    """A row of the file: its number as people count it, and its cells (or one JSON object, of JSON lines)."""

    number: int
    cells: Sequence[Cell] | bytes


class Beginning(NamedTuple):
    """The first rows of a sheet that are not empty, and whether people see it."""

    rows: Sequence[Row]
    shown: bool


class Sheets(NamedTuple):
    """The names of all sheets, how the first of them begin, which were chosen, and the rows of these, none empty."""

    names: tuple[str, ...]
    beginnings: Sequence[Beginning]
    chosen: Sequence[int]
    rows: Sequence[tuple[Row, ...]]


def read_chosen(
    data: bytes, choose: Callable[[Sequence[Beginning]], Sequence[int]], *, beginning: int, most: int
) -> Sheets:
    """Read the sheets that `choose` picks by the first rows of each; CannotRead where the file breaks the reader.

    `beginning` is how many rows of each sheet are looked at, `most` how many of each chosen one are read.
    """
    with _reader() as reader:
        _send(reader, [beginning, most, data])
        names, shown, beginnings = _receive(reader)
        looked = [Beginning([_row(row) for row in rows], see) for rows, see in zip(beginnings, shown, strict=True)]
        if not any(each.rows for each in looked):
            raise CannotRead("file.empty")
        chosen = choose(looked)
        _send(reader, list(chosen))
        return Sheets(tuple(names), looked, chosen, [tuple(map(_row, _receive(reader))) for _ in chosen])


@contextmanager
def _reader() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-I", str(_PROGRAM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        watch = Timer(_SECONDS, process.kill)
        watch.start()
        try:
            yield process
        except (OSError, msgspec.DecodeError, ValueError) as error:
            # The reader ended before its answer did: damage, or a file that was made to do that.
            raise CannotRead("file.damaged") from error
        finally:
            watch.cancel()
            process.kill()


def _send(process: "subprocess.Popen[bytes]", message: Any) -> None:
    assert process.stdin is not None
    body = msgspec.msgpack.encode(message)
    process.stdin.write(len(body).to_bytes(8, "big") + body)
    process.stdin.flush()


def _receive(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None
    return msgspec.msgpack.decode(process.stdout.read(int.from_bytes(process.stdout.read(8), "big")))


def _row(read: Sequence[Any]) -> Row:
    number, cells = read
    return Row(number, [_KINDS[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in cells])
