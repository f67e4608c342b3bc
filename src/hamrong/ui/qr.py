"""QR codes as pages and papers show them."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(text: str, *, error: str = "m", title: str | None = None) -> SafeString:
    """A QR code as SVG without styles of its own; `error` as ISO/IEC 18004 names levels of correction; `title` is read
    aloud in its place."""
    drawn = BytesIO()
    segno.make_qr(text, error=error).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title=title
    )
    return mark_safe(drawn.getvalue().decode())


def qr_rows(text: str, *, error: str = "m") -> list[str]:
    """A QR code as rows of 0 and 1, for a paper to draw."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(text, error=error).matrix]
