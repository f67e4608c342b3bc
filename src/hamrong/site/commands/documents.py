"""`hamrong documents`: read what scanners give, without settings or a database."""

import sys
from datetime import date, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

import click
import msgspec

from hamrong.kernel.documents import Document, read
from hamrong.site.given_text import FILE, cases

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@click.group()
def documents() -> None:
    """Citizens' cards and travel documents: QR codes and machine-readable zones."""


@documents.command(name="read")
@FILE
@click.option("--lines", is_flag=True, help="One document a line; the lines of a zone follow each other unseparated.")
def read_documents(file: BinaryIO, lines: bool) -> None:
    """Read a QR payload or a machine-readable zone and print one JSON object a document.

    FILE holds it; without it, or with -, it comes from standard input.
    Exit code 1 when one of them cannot be read; all the others are printed all the same.
    """
    data = file.read()
    today = datetime.now(VIETNAM).date()
    all_readable = True
    for case in cases(data, lines):
        answer, readable = _answer(case, today)
        all_readable &= readable
        sys.stdout.buffer.write(answer + b"\n")
    sys.stdout.buffer.flush()
    if not all_readable:
        raise SystemExit(1)


def _answer(case: str, today: date) -> tuple[bytes, bool]:
    found = read(case, today)
    if isinstance(found, Document):
        return msgspec.json.encode(found), True
    return msgspec.json.encode({"kind": None, "error": found}), False
