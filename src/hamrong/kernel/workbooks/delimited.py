"""Text files: lists divided by commas, semicolons or tabs, and JSON lines."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from hamrong.kernel.charsets import Decoding, detect
from hamrong.kernel.workbooks.refusals import CannotRead

_DELIMITERS: Final = ",;\t"
_EXCEL_HINT: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_HTML: Final = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|table|\?xml)", re.IGNORECASE | re.DOTALL)
_LOOKED_AT: Final = 20
_LONGEST_FIELD: Final = 131_072


class Lines(Struct, frozen=True):
    """The rows of a text file with their line numbers, and how it was decoded."""

    rows: list[tuple[int, list[str]]]
    decoding: Decoding


def decoded(data: bytes) -> Decoding:
    """The text of a file; raises CannotRead for what is no text."""
    decoding = detect(data)
    text = decoding.text
    strange = len(_CONTROL.findall(text, 0, 100_000))
    if strange * 100 > min(len(text), 100_000):
        raise CannotRead("file.wrong_type", "?")
    if _HTML.match(text[:2000]):
        raise CannotRead("file.wrong_type", "XML" if text.lstrip().startswith("<?xml") else "HTML")
    return decoding


def read_delimited(data: bytes, dividers: str = _DELIMITERS) -> Lines:
    """Read a list of values; the divider is the one that gives the most columns."""
    decoding = decoded(data)
    text, skipped = decoding.text, 0
    if hint := _EXCEL_HINT.match(text):
        text, skipped = text[hint.end() :], 1
    delimiter = hint[1] if hint and hint[1] in dividers else _delimiter(text, dividers)
    return Lines(list(_rows(text, delimiter, skipped)), decoding)


def _delimiter(text: str, dividers: str) -> str:
    beginning = "".join(text.splitlines(keepends=True)[:_LOOKED_AT]) if len(text) < 100_000 else text[:20_000]
    return max(dividers, key=lambda each: sum(len(row) - 1 for _, row in _rows(beginning, each, 0)))


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    # A quotation mark that nobody closed would swallow the rest of the file as one field: that limit catches it.
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            yield before + 1 + skipped, row
            before = reader.line_num
    except csv.Error as error:
        raise CannotRead("file.damaged") from error


def is_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") if text else False


def read_json_lines(data: bytes) -> list[tuple[int, bytes]]:
    """The objects of a file of JSON lines, or of one JSON list, each with its line (or place in the list, from 1)."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:1] == b"[":
        try:
            return [(at, bytes(each)) for at, each in enumerate(msgspec.json.decode(data, type=list[msgspec.Raw]), 1)]
        except (msgspec.DecodeError, UnicodeError) as error:
            raise CannotRead("file.damaged") from error
    return [(at, line) for at, line in enumerate(data.splitlines(), 1) if line.strip()]
