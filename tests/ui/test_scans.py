"""QR codes are read from photographs as they come; what is no picture is told apart from a picture without a code."""

from io import BytesIO

import pytest
import segno
from PIL import Image, ImageFilter

from hamrong.ui import scans

TEXT = "HTTPS://HAMRONG.EXAMPLE/P/ABCDEFGH"


def photograph(text: str = TEXT, *, angle: float = 0, blur: float = 0, kind: str = "JPEG", error: str = "l") -> bytes:
    """A QR code on a grey table, turned, seen from the side and out of focus."""
    drawn = BytesIO()
    segno.make(text, error=error).save(drawn, kind="png", scale=8, border=4)
    paper = Image.open(drawn).convert("L")
    wide, high = paper.size
    table = Image.new("L", (wide + 400, high + 400), 90)
    table.paste(paper, (200, 200))
    table = table.rotate(angle, Image.Resampling.BICUBIC, fillcolor=90)
    wide, high = table.size
    lean = (0, 0, -0.04 * wide, high, wide, high * 0.97, wide * 1.03, 0.02 * high)
    table = table.transform((wide, high), Image.Transform.QUAD, lean, Image.Resampling.BICUBIC, fillcolor=90)
    written = BytesIO()
    table.filter(ImageFilter.GaussianBlur(blur)).convert("RGB").save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("angle", "blur"), [(0, 2.0), (-12, 1.0), (90, 1.5), (178, 1.5)])
def test_a_code_is_read_however_it_was_photographed(kind, angle, blur):
    assert scans.codes_in(photograph(angle=angle, blur=blur, kind=kind)) == [TEXT]


def test_a_picture_without_a_code_says_nothing():
    written = BytesIO()
    Image.new("RGB", (640, 480), "#777").save(written, "JPEG")
    assert scans.codes_in(written.getvalue()) == []


@pytest.mark.parametrize("given", [b"", b"x", b"%PDF-1.7", b"\xff\xd8\xff\xe0 cut", b"GIF89a"])
def test_what_is_no_picture_is_refused(given):
    with pytest.raises(scans.NoPicture):
        scans.codes_in(given)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    written = BytesIO()
    Image.new("1", (8000, 8000)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    with pytest.raises(scans.NoPicture):
        scans.codes_in(written.getvalue())
