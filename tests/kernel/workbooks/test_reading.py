"""Workbooks of every kind, sheet by sheet: what people see is read, what they do not see is named, the rest refused."""

import pytest

from hamrong.kernel.workbooks import CannotRead, Limits, is_workbook, read_every, text_of
from tests.lodging.test_workbooks_reading import as_ods, as_xls
from tests.workbooks import a_workbook_of

LIMITS = Limits(rows=100)


def texts(sheet):
    return [(number, [text_of(cell) for cell in cells]) for number, cells in sheet.rows]


def test_every_sheet_that_people_see_is_read_with_the_numbers_of_its_rows():
    data = a_workbook_of({"Đợt 1": [["a"], [], ["b", 12.0]], "Trống": [], "Đợt 2": [["c"]]})
    first, second = read_every(data, LIMITS)
    assert (first.name, texts(first)) == ("Đợt 1", [(1, ["a", ""]), (3, ["b", "12"])])
    assert (second.name, texts(second)) == ("Đợt 2", [(1, ["c"])])


def test_a_sheet_that_nobody_sees_is_named_and_not_read():
    shown, hidden = read_every(a_workbook_of({"Thấy": [["a"]], "Ẩn": [["b"]]}, hidden="Ẩn"), LIMITS)
    assert shown.shown and texts(shown) == [(1, ["a"])]
    assert (hidden.name, hidden.shown, hidden.rows) == ("Ẩn", False, ())


@pytest.mark.parametrize("made", [as_xls, as_ods])
def test_older_and_open_workbooks_are_read_alike(made):
    data = made(["a", "b"], ["c", "d"])
    (sheet,) = read_every(data, LIMITS)
    assert is_workbook(data) and texts(sheet) == [(1, ["a", "b"]), (2, ["c", "d"])]


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"PK\x03\x04....", LIMITS, "file.damaged"),
        (a_workbook_of({"A": [[1]] * 3}), Limits(rows=2), "file.too_many_rows"),
        (a_workbook_of({"A": [[1]] * 3, "B": [[1]]}), Limits(rows=3), "file.too_many_rows"),
        (a_workbook_of({"A": [[1]]}), Limits(rows=2, size=100), "file.too_big"),
        (a_workbook_of({"A": []}), LIMITS, "file.empty"),
    ],
)
def test_what_cannot_be_read_says_why(data, limits, code):
    with pytest.raises(CannotRead) as refused:
        read_every(data, limits)
    assert refused.value.code == code
