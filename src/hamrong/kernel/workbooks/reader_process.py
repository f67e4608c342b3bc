"""The program that reads one workbook with a native library, in a process of its own: `isolated.py` starts it.

The library may ask for a terabyte or end the process on a file made to harm; here that harms nobody else. In: the file.
Out: names of the sheets, whether each is shown, and their beginnings. In: the numbers of sheets. Out: the rows of each.
Every message is eight bytes of length and MessagePack. Run as a file, so that it imports nothing else of ours.
"""

import io
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import msgspec
from python_calamine import CalamineSheet, CalamineWorkbook

MEMORY = 1 << 30
SECONDS = 60
SHEETS = 50
MERGED = 200_000
KINDS = {datetime: "datetime", date: "date", time: "time"}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    beginning, most, data = receive(sys.stdin.buffer)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
        indexes = range(min(len(names), SHEETS))
        shown = [str(each.visible).endswith("Visible") for each in book.sheets_metadata][: len(indexes)]
        beginnings = [list(filled(book.get_sheet_by_index(at), beginning)) for at in indexes]
        send(sys.stdout.buffer, [names, shown, beginnings])
        for chosen in receive(sys.stdin.buffer):
            send(sys.stdout.buffer, list(filled(book.get_sheet_by_index(chosen), most)))


def receive(stream: BinaryIO) -> Any:
    return msgspec.msgpack.decode(stream.read(int.from_bytes(stream.read(8), "big")))


def send(stream: BinaryIO, message: Any) -> None:
    body = msgspec.msgpack.encode(message)
    stream.write(len(body).to_bytes(8, "big") + body)
    stream.flush()


def filled(sheet: CalamineSheet, most: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows with something in them, at most so many, with their numbers from 1; each from column A on."""
    start = sheet.start
    if start is None:
        return
    margin, merged, above = [""] * start[1], merged_downwards(sheet), dict[int, Any]()
    for number, read in enumerate(sheet.iter_rows(), 1):
        if all(cell == "" or (isinstance(cell, str) and cell.isspace()) for cell in read):
            continue
        cells = [*margin, *[plain(cell) for cell in read]]
        for column, first in merged.get(number - 1, ()):
            if first:
                above[column] = cells[column] if column < len(cells) else ""
            elif column < len(cells) and cells[column] == "":
                cells[column] = above.get(column, "")
        yield number, cells
        most -= 1
        if most <= 0:
            return


def merged_downwards(sheet: CalamineSheet) -> dict[int, list[tuple[int, bool]]]:
    """By row, the columns of cells merged downwards, and whether it is the first row of them.

    A group's room and dates are often one cell beside many names: it means every one of them.
    """
    found: dict[int, list[tuple[int, bool]]] = {}
    cells = 0
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        cells += bottom - top + 1
        if bottom > top and cells <= MERGED:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((left, row == top))
    return found


def plain(cell: Any) -> Any:
    """A cell as MessagePack has it; dates and times as their kind and ISO text."""
    if type(cell) in KINDS:
        return [KINDS[type(cell)], cell.isoformat()]
    return str(cell) if isinstance(cell, timedelta) else cell


if __name__ == "__main__":
    main()
