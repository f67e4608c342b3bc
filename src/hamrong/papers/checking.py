"""What is wrong with a Word file that is to be a form, in the words of whoever edits it, before a paper prints it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from jinja2 import TemplateSyntaxError

from hamrong.papers.catalog import fields
from hamrong.papers.filling import needs

NAME: Final = r"[a-z][a-z_0-9]*"
PRINTED: Final = re.compile(rf"\{{\{{ ?({NAME})(?:\|hoa_dau)? ?\}}\}}")
REPEATED: Final = re.compile(rf"\{{%p for ({NAME}) in ({NAME}) %\}}")
ASKED: Final = re.compile(rf"\{{%p? if ({NAME}) %\}}")
ENDED: Final = re.compile(r"\{%p? (?:endfor|endif|else) %\}")
STYLE: Final = "vb-"
"""How the styles begin that carry the layout of Decree 30/2020/NĐ-CP into the PDF."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and near which words of the file."""

    near: str
    vi: str
    en: str


NO_WORD: Final = ("Không phải tệp Word (.docx).", "Not a Word file (.docx).")
BRACKETS: Final = (
    "Dấu ngoặc của trường bị hỏng. Viết đúng: {{ ten_truong }}, {%p for doan in ten_truong %}, {%p if ten_truong %}, "
    "{%p endfor %}, {%p endif %}; tên trường chỉ có chữ thường không dấu và dấu _.",
    "The brackets of a field are broken. Write {{ name }}, {%p for line in name %}, {%p if name %}, {%p endfor %}, "
    "{%p endif %}; a name has small letters without diacritics, and _.",
)
UNENDED: Final = (
    "Có {%p for … %} hoặc {%p if … %} chưa có {%p endfor %} hoặc {%p endif %} của nó, hoặc thừa một dòng kết thúc.",
    "A {%p for … %} or {%p if … %} lacks its {%p endfor %} or {%p endif %}, or there is one too many.",
)
UNSTYLED: Final = (
    "Đoạn này dùng kiểu “%s”, không có bố cục khi in: chọn một kiểu vb-….",
    "This paragraph has the style “%s”, which has no layout in print: choose one that begins with vb-.",
)
UNKNOWN: Final = ("Không có trường “%s”%s.", "There is no field “%s”%s.")


def problems(file: Path) -> list[Problem]:
    """Everything that keeps a file from being a form, in the order in which it is read; empty where nothing does."""
    try:
        document = Document(str(file))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return [Problem(file.name, *NO_WORD)]
    lines = [each for each in _paragraphs(document) if each.text.strip()]
    lent = {name for each in lines for name, _of in REPEATED.findall(each.text)}
    found = [problem for each in lines for problem in _of_line(each, lent)]
    return found or _of_whole(file)


def _paragraphs(part: Any) -> Iterator[Paragraph]:
    for each in part.iter_inner_content():
        if isinstance(each, Table):
            for row in each.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        else:
            yield each


def _of_line(line: Paragraph, lent: set[str]) -> Iterator[Problem]:
    near, rest = line.text.strip()[:60], line.text
    for pattern in (PRINTED, REPEATED, ASKED, ENDED):
        rest = pattern.sub("", rest)
    if set(rest) & set("{}") or "%}" in rest:
        yield Problem(near, *BRACKETS)
    names = [*PRINTED.findall(line.text), *(of for _name, of in REPEATED.findall(line.text)), *ASKED.findall(line.text)]
    for name in dict.fromkeys(names):
        if name not in fields() and name not in lent:
            yield Problem(near, *(_unknown(name, text, hint) for text, hint in zip(UNKNOWN, HINTS, strict=True)))
    style = line.style.name if line.style and line.style.name else ""
    if not style.startswith(STYLE):
        yield Problem(near, *(text % style for text in UNSTYLED))


HINTS: Final = ("; gần giống: ", "; near it: ")


def _unknown(name: str, text: str, hint: str) -> str:
    alike = ", ".join(get_close_matches(name, fields(), n=3))
    return text % (name, hint + alike if alike else "")


def _of_whole(file: Path) -> list[Problem]:
    try:
        needs.__wrapped__(file)  # a file is edited between two questions
    except TemplateSyntaxError:
        return [Problem(file.name, *UNENDED)]
    return []
