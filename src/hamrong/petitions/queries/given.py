"""Signed papers of a petition that its sender is told of, within the transaction of the sender's grant."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hamrong.identity.keys import vault
from hamrong.papers.catalog import form
from hamrong.papers.forms import label


@dataclass(frozen=True, slots=True)
class Given:
    """A signed paper: what it is called, its number, its day, and the code by which anybody can check it."""

    label: str
    number: str
    signed_at: datetime
    code: str
    recalled_at: datetime | None


def papers_of() -> list[Given]:
    """Those of the ticket in whose name the transaction works, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select form, number, symbol, signed_at, code, recalled_at from petitions_papers()")
        rows = cursor.fetchall()
    return [
        Given(label(form(made)), f"{number:02d}/{symbol}", at, code, recalled)
        for made, number, symbol, at, code, recalled in rows if form(made).sender
    ]  # fmt: skip


def paper_of(code: str) -> bytes | None:
    """The PDF of one of them by its code; None for a code that is none of theirs."""
    with connection.cursor() as cursor:
        cursor.execute("select id, form, pdf from petitions_papers() where code = %s", [code])
        row = cursor.fetchone()
    return vault().open_bytes(bytes(row[2]), row[0].bytes) if row and form(row[1]).sender else None
