"""From a filled Word file to HTML, and to a PDF in the layout of Decree 30/2020: the same input, the same bytes."""

from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from django.utils.html import escape
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from hamrong.ui.qr import qr_of

TAGS: Final = (("bold", "b"), ("italic", "i"), ("underline", "u"))
QR: Final = "Mã QR dẫn đến trang kiểm tra văn bản này"
KIND: Final = "vb-ten-loai"
"""Style of what a paper is called (Decree 30/2020/NĐ-CP annex I, component 5a): the heading when read aloud."""


class NoPango(RuntimeError):
    """The library that lays out a PDF is not on this machine."""


def text_of(word: bytes) -> str:
    """The text of a Word file, a paragraph a line, in the order in which it is read."""
    return "\n".join(_lines(Document(BytesIO(word))))


def _lines(part: Any) -> list[str]:
    found: list[str] = []
    for each in part.iter_inner_content():
        if isinstance(each, Paragraph):
            found += [each.text] if each.text.strip() else []
        else:
            found += [line for row in each.rows for cell in row.cells for line in _lines(cell)]
    return found


def html_of(word: bytes, *, mark: str = "", checked_at: str = "") -> str:
    """The Word file as HTML: each paragraph with its style as class. `mark` is written over a paper that is not signed;
    `checked_at` is the address, printed as QR, at which anybody can see that it is genuine."""
    document = Document(BytesIO(word))
    body = "".join(_blocks(document))
    if checked_at:
        told = f"<p>Kiểm tra văn bản tại<br>{escape(checked_at)}</p>"
        body += f'<div class="kiem-tra">{qr_of(checked_at, title=QR)}{told}</div>'
    draft = f'<div class="nhap">{escape(mark)}</div>' if mark else ""
    head = f'<head><meta charset="utf-8"><title>{escape(_title(document))}</title></head>'
    return f'<!doctype html><html lang="vi">{head}<body>{draft}{body}</body></html>'


def _title(document: Any) -> str:
    named = {each.style.name: each.text for each in document.paragraphs if each.style and each.text.strip()}
    return " – ".join(named[style] for style in (KIND, "vb-trich-yeu") if style in named)


def _blocks(part: Any) -> list[str]:
    return [_table(each) if isinstance(each, Table) else _paragraph(each) for each in part.iter_inner_content()]


def _table(table: Table) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{''.join(_blocks(cell))}</td>" for cell in row.cells) + "</tr>" for row in table.rows
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _paragraph(paragraph: Paragraph) -> str:
    style = paragraph.style.name if paragraph.style and paragraph.style.name else ""
    inside = "".join(map(_run, paragraph.runs))
    tag = "h1" if style == KIND else "p"
    return f'<{tag} class="{escape(style)}">{inside}</{tag}>' if inside else ""


def _run(run: Run) -> str:
    text = str(escape(run.text)).replace("\n", "<br>")
    for name, tag in TAGS:
        if getattr(run, name):
            text = f"<{tag}>{text}</{tag}>"
    return text


def pdf_of(html: str) -> bytes:
    """HTML as PDF (see `weasy.pdf_of`); raises `NoPango` where the machine lacks the library."""
    pdf: bytes = _weasy().pdf_of(html)
    return pdf


def can_print() -> bool:
    """Whether this machine has what printing needs."""
    try:
        _weasy()
    except NoPango:
        return False
    return True


@cache
def _weasy() -> Any:
    try:
        return import_module("hamrong.papers.weasy")
    except OSError as error:
        raise NoPango("papers need the library Pango (Debian: libpangoft2-1.0-0)") from error
