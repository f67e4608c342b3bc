"""A reading told in sentences."""

from datetime import date

import pytest
from msgspec.structs import replace

from hamrong.kernel.documents.plates import Reading, Unreadable, explain, parse


def reading(text: str, form: str) -> Reading:
    found = parse(text)
    assert not isinstance(found, Unreadable)
    return {each.form: each for each in found}[form]


def told(text: str, form: str) -> tuple[str, str]:
    """All sentences in Vietnamese, and in English."""
    sentences = explain(reading(text, form))
    return "\n".join(each.vi for each in sentences), "\n".join(each.en for each in sentences)


def test_a_car_of_a_province_that_was_not_merged() -> None:
    vi, en = told("36A12345", "car")
    assert vi.startswith("Đọc là 36A-123.45: ô tô.\nMàu biển: nền trắng, chữ và số đen / nền vàng, chữ và số đen.")
    assert "Mã 36: Thanh Hóa.\nSê-ri A, số thứ tự 12345.\nCấp từ trước Thông tư 58/2020/TT-BCA đến nay." in vi
    assert "Certainty: by secondary sources. Sources: Undergraduate thesis" in en


@pytest.mark.parametrize(
    ("text", "form", "vi", "en"),
    [
        (
            "17-AB 123.45",
            "motorcycle",
            "Mã 17: theo bảng mã đến hết ngày 30/6/2025 là của Thái Bình, theo bảng mã nay là của Hưng Yên.",
            "Issued since 15 August 2023.",
        ),
        (
            "36-B1 123.45",
            "motorcycle.under_175",
            "Cấp đến hết ngày 14/8/2023; biển đã cấp vẫn có giá trị.",
            "stay valid.",
        ),
        ("13A12345", "car", "Mã 13: chưa rõ của địa phương nào.", "it is not clear whose it is."),
        ("TM1234", "army.car", "Ký hiệu TM: Bộ Tổng Tham mưu.", "Symbol TM: General Staff."),
        ("BV1234", "army.car", "Ký hiệu BV: đơn vị quân đội, chúng tôi không biết tên.", "whose name we do not know."),
        ("80441NG02", "car.diplomatic", "Mã nước hoặc tổ chức: 441.", "Code of the country or organisation: 441."),
        ("36A1234", "car", "Số 4 chữ số là biển cũ, vẫn có giá trị", "A number of 4 digits is an old plate"),
    ],
)
def test_what_is_particular_to_a_plate_is_told(text: str, form: str, vi: str, en: str) -> None:
    in_vietnamese, in_english = told(text, form)
    assert vi in in_vietnamese and en in in_english


def test_what_was_issued_for_some_years_only_is_told_with_both_days() -> None:
    ended = replace(reading("36AB12345", "motorcycle"), until=date(2027, 12, 31))
    assert "Cấp từ ngày 15/8/2023 đến hết ngày 31/12/2027" in "\n".join(each.vi for each in explain(ended))
