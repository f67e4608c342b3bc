"""Lists of numbers out of workbooks: every sheet that people see, with each row that is no number told by its row."""

import pytest

from hamrong.plates.lists import Problem, read_list
from hamrong.plates.numbers import Run
from tests.lodging.test_workbooks_reading import as_ods, as_xls
from tests.workbooks import a_workbook_of

SERIES = "36A"


def read(data):
    return read_list(data, series={SERIES}, kind="car")


def test_a_sheet_with_titles_and_columns_is_read_and_its_wrong_rows_are_told():
    rows = [
        ["CÔNG AN TỈNH"], ["Danh sách đấu giá"], [], ["STT", "Biển số", "Ghi chú"], [1, "36A-000.05", ""],
        [2, "36a 000.07", "đẹp"], [3, "36B-000.09", ""], [4, "", "chưa rõ"], ["36A00011-36A00013"], [6, "36A-000.05"],
    ]  # fmt: skip
    found = read(a_workbook_of({"Đợt 6": rows}))
    assert found.runs == [Run(SERIES, 5, 5), Run(SERIES, 7, 7), Run(SERIES, 11, 13)]
    assert (found.count, found.repeated, found.wrong) == (5, 1, 2)
    assert found.problems == [Problem(7, "3\t36B-000.09", "series"), Problem(8, "4\tchưa rõ", "unreadable")]


def test_several_sheets_are_read_and_a_hidden_one_is_told():
    data = a_workbook_of(
        {"Ô tô": [["Biển số"], ["36A-000.01"]], "Tiếp": [["36A-000.02"], ["không có số"]], "Ẩn": [["36A-000.03"]]},
        hidden="Ẩn",
    )
    found = read(data)
    assert found.runs == [Run(SERIES, 1, 2)]
    assert found.problems == [Problem(2, "Tiếp: không có số", "unreadable"), Problem(1, "Ẩn", "hidden")]


@pytest.mark.parametrize("text", ["36A-1.2345", "36A-12.345", "36A-1234.5", "36A-1.23.45", "36A 1-2345"])
def test_a_dot_that_stands_where_plates_have_none_is_told_and_nothing_is_guessed(text):
    found = read(f"36A-000.01\n{text}\nx;{text};y".encode())
    assert (found.runs, found.wrong) == ([Run(SERIES, 1, 1)], 2)
    assert found.problems[0] == Problem(2, text, "divided") and found.problems[1].why == "divided"
    usual = ["36A-123.45", "36A12345", "36A 123 45", "36A-123-45", "36A.123.45 ", "36A-12345\t", "36A00011-36A00013"]
    assert [each for each in usual if read(each.encode()).wrong] == []


@pytest.mark.parametrize("made", [as_xls, as_ods])
def test_older_and_open_workbooks_are_read_alike(made):
    found = read(made(["Biển số"], ["36A-000.01"], ["36A-000.04"]))
    assert (found.runs, found.wrong) == ([Run(SERIES, 1, 1), Run(SERIES, 4, 4)], 0)


def test_a_list_is_the_same_as_text_and_as_a_workbook():
    numbers = [f"36A-{number // 100:03d}.{number % 100:02d}" for number in range(1, 3000, 3)]
    as_text = read("\n".join(numbers).encode())
    assert read(a_workbook_of({"A": [[number] for number in numbers]})) == as_text and as_text.count == 1000
