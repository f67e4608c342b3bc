"""A cell of a workbook as text."""

from datetime import date, datetime, time, timedelta

from hamrong.kernel.vietnamese import clean

Cell = str | int | float | bool | date | datetime | time | timedelta | None


def text_of(cell: Cell) -> str:
    """A cell as text. A number is written as it was typed, a date that a program made of one as YYYY-MM-DD."""
    if isinstance(cell, str):
        return clean(cell).removeprefix("'")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time(0) else cell.date().isoformat()
    return clean(str(cell))
