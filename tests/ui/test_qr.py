"""QR codes: what is drawn is read back."""

import pytest
import zxingcpp

from hamrong.ui.qr import CHEQUERED, qr_of, qr_rows

CODE = "BXTB-YZE4-GPV5-BCRD-B7JH-J"


def picture(rows: list[str], scale: int = 3, border: int = 4) -> memoryview:
    """Rows of 0 and 1 as a picture in grey, as a camera would give it."""
    wide = [f"{'0' * border}{row}{'0' * border}" for row in rows]
    blank = "0" * len(wide[0])
    lines = [*[blank] * border, *wide, *[blank] * border]
    grey = [bytes(255 * (dot == "0") for dot in line for _ in range(scale)) for line in lines for _ in range(scale)]
    return memoryview(b"".join(grey)).cast("B", shape=[len(grey), len(grey[0])])


def test_rows_are_read_back() -> None:
    (found,) = zxingcpp.read_barcodes(picture(qr_rows("HTTPS://HAMRONG.EXAMPLE/P/ABC")))
    assert found.text == "HTTPS://HAMRONG.EXAMPLE/P/ABC"


def test_a_drawing_has_no_style_of_its_own() -> None:
    drawn = qr_of("BX-0000-0000-0000-0000")
    assert drawn.startswith("<svg") and "style=" not in drawn and "<script" not in drawn


@pytest.mark.parametrize("mask", range(8))
def test_whatever_the_mask_is_it_is_read_back(mask: int) -> None:
    rows = qr_rows(CODE, error="q", mask=mask)
    (found,) = zxingcpp.read_barcodes(picture(rows))
    assert found.text == CODE
    assert qr_of(CODE, error="q", mask=CHEQUERED) == qr_of(CODE, error="q", mask=0)
