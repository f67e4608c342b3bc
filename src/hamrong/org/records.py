"""The reference tables as `data/*.csv` has them: areas, successions and units, read once, without a database."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One row of `areas.csv`; `parent` is an area's id or None; a day that nobody recorded is None."""

    id: str
    code: str
    level: str
    kind: str
    name: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class SuccessionRecord:
    """One row of `successors.csv`: since `on`, by `resolution`, `after` stands for `before` or for a part of it."""

    before: str
    after: str
    partial: bool
    resolution: str
    on: date


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One row of `units.csv`; `parent` is a unit's code and `area` an area's id, or None."""

    code: str
    name: str
    kind: str
    parent: str | None
    area: str | None
    valid_from: date | None
    valid_to: date | None
    source: str


@cache
def areas() -> tuple[AreaRecord, ...]:
    """Every area, parents before children."""
    return tuple(
        AreaRecord(
            id=row["id"],
            code=row["code"],
            level=row["level"],
            kind=row["kind"],
            name=row["name"],
            parent=row["parent"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in _rows("areas.csv")
    )


@cache
def successions() -> tuple[SuccessionRecord, ...]:
    """Every step from an area to its successor; a chain over several reforms has several rows."""
    return tuple(
        SuccessionRecord(
            before=row["before"],
            after=row["after"],
            partial=row["partial"] == "1",
            resolution=row["resolution"],
            on=date.fromisoformat(row["on"]),
        )
        for row in _rows("successors.csv")
    )


@cache
def units() -> tuple[UnitRecord, ...]:
    """Every police unit, superiors first."""
    return tuple(
        UnitRecord(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=row["parent"] or None,
            area=row["area"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in _rows("units.csv")
    )


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = files("hamrong.org").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
