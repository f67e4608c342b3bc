"""QR codes as pages and papers show them."""

from io import BytesIO
from typing import Final

import segno
from django.utils.safestring import SafeString, mark_safe

CHEQUERED: Final = 0
"""The mask that leaves no large blank in random text."""


def qr_of(text: str, *, error: str = "m", title: str | None = None, mask: int | None = None) -> SafeString:
    """A QR code as SVG without styles of its own; `error` as ISO/IEC 18004 names levels of correction; `title` is read
    aloud in its place. Every reader takes any `mask`; naming one saves comparing all eight, two thirds of the time."""
    drawn = BytesIO()
    segno.make_qr(text, error=error, mask=mask).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title=title
    )
    return mark_safe(drawn.getvalue().decode())


def qr_rows(text: str, *, error: str = "m", mask: int | None = None) -> list[str]:
    """A QR code as rows of 0 and 1, for a paper to draw."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(text, error=error, mask=mask).matrix]
