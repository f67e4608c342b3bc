"""The one file that knows WeasyPrint, and Pango, a library of the system: loaded when a paper is printed."""

import hashlib
from pathlib import Path
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ROOM: Final = Path(__file__).parent
FONTS: Final = ROOM / "fonts"
SHEET: Final = ROOM / "paper.css"


class OwnFonts(URLFetcher):
    """Gives the fonts of this room; whatever else a form asks for stops the printing."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The font at a `file:` address of this room; `PermissionError` at any other address."""
        file = FONTS / url.rsplit("/", 1)[-1]
        if url != file.as_uri() or not file.is_file():
            raise PermissionError(f"a paper takes nothing from {url}")
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})


def pages_of(html: str) -> Document:
    """HTML laid out on pages of A4."""
    fonts, fetcher = FontConfiguration(), OwnFonts(fail_on_errors=True)
    rules = SHEET.read_text(encoding="utf-8")
    sheet = CSS(string=rules, base_url=f"{ROOM.as_uri()}/", font_config=fonts, url_fetcher=fetcher)
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=[sheet], font_config=fonts)


def pdf_of(html: str) -> bytes:
    """HTML as tagged PDF for archives (PDF/A-2a, ISO 19005-2); its identifier comes from the content, so that the same
    content gives the same bytes."""
    digest = hashlib.sha256(html.encode()).digest()[:16]
    pdf = pages_of(html).write_pdf(pdf_identifier=digest, pdf_variant="pdf/a-2a")
    assert isinstance(pdf, bytes)
    return pdf
