"""What officers type: what can be a chassis number or a document, and why another text can be none."""

import pytest

from hamrong.plates.typed import DOCUMENT, LENGTH, LETTERS, LOOKALIKE, NO_DIGITS, document_wrong, vehicle_wrong


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("RLHJF5810GY012345", None), ("rlh jf58-10.gy/012345", None), ("12345", None), ("XE-O12345", None),
        ("", LENGTH), ("A1", LENGTH), ("1" * 31, LENGTH), ("RLHJFĐ810GY012345", LETTERS), ("１２３４５６", LETTERS),
        ("RLH\u200b12345", LETTERS), ("KHONGCO", NO_DIGITS), ("RLHJF58I0GY012345", LOOKALIKE),
        ("RLHJF581OGY012345", LOOKALIKE), ("RLHJF581QGY012345", LOOKALIKE),
    ],
)  # fmt: skip
def test_a_chassis_number_is_one_or_it_is_said_why_not(typed, wrong):
    assert vehicle_wrong(typed) == wrong


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("038190000017", None), ("038 190 000 017", None), ("171234567", None), ("B1234567", None),
        ("2800123456", None),
        ("2800123456-001", None), ("", DOCUMENT), ("-", DOCUMENT), ("KHONG", DOCUMENT), ("1234", DOCUMENT),
        ("999190000017", DOCUMENT), ("03819000001", DOCUMENT), ("12345678901234", DOCUMENT), ("B12345678901", DOCUMENT),
    ],
)  # fmt: skip
def test_a_document_number_is_one_or_it_is_said_why_not(typed, wrong):
    assert document_wrong(typed) == wrong
