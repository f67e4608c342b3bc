"""Files of numbers: one set, one file; and everything that is not in the form is refused with its line."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents.plates import written
from hamrong.plates.numbers import BadFile, Run, count, is_old, joined, name_of, read, split, whole, write

NUMBERS = st.sets(
    st.tuples(st.sampled_from(["36A", "36AB", "36LD", "36MĐ", "36MĐ1"]), st.integers(1, 99_999)), max_size=50
)


@given(NUMBERS)
def test_what_is_written_is_read(numbers):
    runs = list(joined(sorted(numbers)))
    assert read(write(runs)) == runs
    assert count(runs) == len(numbers)


@given(NUMBERS)
def test_a_number_has_one_form(numbers):
    assert all(split(written(*number)) == number for number in numbers)


def test_a_file_looks_like_this():
    file = write([Run("36A", 1, 99_999), Run("36B", 12_345, 12_345)])
    assert file == b"36A00001-36A99999\n36B12345\n"
    assert name_of(file) == hashlib.sha256(file).hexdigest()


def test_a_file_with_a_letter_beyond_ascii_is_utf_8_in_the_order_of_its_bytes():
    series = ["36MA", "36MZ", "36MĐ"]
    assert sorted(series, key=str.encode) == sorted(series) == series
    assert write([Run(each, 1, 1) for each in series]) == "36MA00001\n36MZ00001\n36MĐ00001\n".encode()


def test_whole_series_come_in_order():
    assert whole(["36B", "36A"]) == [Run("36A", 1, 99_999), Run("36B", 1, 99_999)]


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        (b"36A00001", 1, "no end"),
        (b"36A00002\n36A00001\n", 2, "not after"),
        (b"36A00001-36A00005\n36A00005\n", 2, "not after"),
        (b"36A00000\n", 1, "no number"),
        (b"36A00001-36B00002\n", 1, "no run"),
        (b"36A00002-36A00001\n", 1, "no run"),
        (b"36A00001-36A00001\n", 1, "no run"),
        (b"36A0001\n", 1, "no number"),
        (b"36a00001\n", 1, "no number"),
        (b"36A00001\r\n", 1, "no number"),
        (b"\n", 1, "no number"),
        ("36A0000１\n".encode(), 1, "no number"),
        ("36Mđ00001\n".encode(), 1, "no number"),
        ("36MÐ00001\n".encode(), 1, "no number"),  # another letter that looks alike
        (b"36A00001\n36M\xd000001\n", 2, "not UTF-8"),
    ],
)
def test_what_is_not_in_the_form_is_refused_with_its_line(file, line, why):
    with pytest.raises(BadFile, match=why) as refused:
        read(file)
    assert refused.value.line == line


def test_an_empty_file_is_an_empty_set():
    assert read(b"") == []


@pytest.mark.parametrize(
    ("number", "kind", "old"),
    [
        ("36B11234", "motorcycle", True), ("36B112345", "motorcycle", False), ("36A1234", "car", True),
        ("36A12345", "car", False), ("36A12345", "motorcycle", True), ("80441NG02", "car", False),
        ("khác", "car", False),
    ],
)  # fmt: skip
def test_a_plate_of_three_or_four_digits_is_an_old_one(number, kind, old):
    assert is_old(number, kind) == old
