"""The worked examples of the field, counted by hand before the program was written, come out as they stand."""

import csv
from pathlib import Path

import pytest

from hamrong.law.asking import question, written
from hamrong.law.deadlines import compute
from hamrong.law.library import shipped

ROWS = list(csv.DictReader((Path(__file__).parent / "worked.csv").open(encoding="utf-8")))


def test_there_are_fifty_four() -> None:
    assert len(ROWS) == 54


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}-{row['rule']}" for row in ROWS])
def test_a_worked_example_comes_out_as_it_stands(row: dict[str, str]) -> None:
    params = dict(part.split("=") for part in row["params"].split(";") if part)
    asked = question(shipped(), row["rule"], written(row["start"]), params)
    found = compute(shipped(), row["rule"], asked.events, asked.params, None, asked.as_of)
    assert found.written() == (row["strict"], row["legal"])
