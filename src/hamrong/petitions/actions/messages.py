"""Words between the police and a sender: in the petition's own table, or within the sealed report of a denouncer."""

import secrets
from datetime import date, datetime
from typing import Final, NamedTuple

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.models import Message, Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.told import Word, word_of, written
from hamrong.sealed.actions.reports import add_part, opened_parts
from hamrong.sealed.models import Report

PREFIX: Final = "word:"
"""How parts of a sealed report that are messages are named; the rest of the name is random."""

EMPTY: Final = Refusal("invalid", "Hãy viết nội dung.", "Write something.")


class Said(NamedTuple):
    """A message as its readers see it."""

    text: str
    by_sender: bool
    on: date


def write(*, by: Grant, petition: Petition, text: str, at: datetime) -> Message | Refusal:
    """Write to the sender of a petition that is not sealed, or as that sender to the police."""
    if not text.strip():
        return EMPTY
    with acting(by):
        row = visible.petitions(by).select_for_update().filter(pk=petition.pk, secret=False, erased_on=None).first()
        if row is None:
            return NOT_OURS
        sender = by.holding.role == "reporter"
        message = Message(
            petition=row, place=row.messages.count() + 1, by_sender=sender, said_on=timezone.localdate(at),
            ticket=row.ticket, unit=row.unit, province=row.province,
        )  # fmt: skip
        message.content = vault().seal_bytes(text.strip().encode(), message.pk.bytes)
        message.save(force_insert=True)
        enter(by, subject=f"petition:{row.pk}", at=at, message=message.place)
        return message


def said(by: Grant, petition: Petition) -> list[Said]:
    """Every message of a petition that is not sealed, in the order of writing."""
    rows = visible.messages(by).filter(petition=petition).order_by("place")
    return [
        Said(vault().open_bytes(bytes(row.content), row.pk.bytes).decode(), row.by_sender, row.said_on) for row in rows
    ]


def write_sealed(*, by: Grant, report: Report, key: bytes, text: str, at: datetime) -> Refusal | None:
    """Write within a sealed report: a handler to the denouncer, or the denouncer (`key` is the content's)."""
    if not text.strip():
        return EMPTY
    with acting(by):
        place = len(said_sealed(report, key)) + 1
        word = Word(text.strip(), by_sender=by.holding.role == "reporter", place=place)
        add_part(by=by, report=report, key=key, name=PREFIX + secrets.token_hex(8), plain=written(word), at=at)
        return None


def said_sealed(report: Report, key: bytes) -> list[Said]:
    """Every message of a sealed report, in the order of writing; the order lies within what is sealed."""
    days = dict(report.parts.values_list("name", "added_on"))
    parts = opened_parts(report, key)
    words = sorted(((word_of(plain), name) for name, plain in parts.items() if name.startswith(PREFIX)),
                   key=lambda each: (each[0].place, each[1]))  # fmt: skip
    return [Said(word.text, word.by_sender, days[name]) for word, name in words]
