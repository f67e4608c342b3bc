"""Taking a notification in person or by telephone: the officer types it for who cannot, and the call is kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec
from django.db import IntegrityError, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.vietnamese import clean
from hamrong.lodging.actions.intake import Notified, notify
from hamrong.lodging.actions.reading import keep_contact
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.models import Establishment
from hamrong.lodging.queries.drafts import receipt_answered
from hamrong.lodging.queries.receipts import facts_of
from hamrong.lodging.shapes import Checked

LONGEST_AGO: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who told the officer, how, and when: what is notified counts as received at that moment."""

    way: Literal["phoned", "came"]
    who: str
    at: datetime


def caller(way: str, who: str, at: datetime, now: datetime) -> Caller | Refusal:
    """A caller that can be kept: named, and within the last day."""
    if not who.strip():
        return Refusal("invalid", "Hãy ghi tên người gọi hoặc người đến.", "Give the name of who called or came.")
    if not now - LONGEST_AGO <= at <= now:
        return Refusal("invalid", "Giờ gọi phải trong 24 giờ qua.", "The call must be within the last 24 hours.")
    return Caller("phoned" if way == "phoned" else "came", clean(who), at)


def notify_for(
    *, by: Grant, place: Establishment, checked: Checked, heard: Caller, token: str, now: datetime
) -> Notified:
    """Take a notification that somebody told an officer of the commune, as received when it was told.

    The same form sent again gets the same receipt. What was checked must have been checked as of `heard.at`.
    """
    digest = hashlib.sha256(msgspec.json.encode(checked.stay)).digest()
    client, key = f"assist:{by.actor.ref}", f"{token[:64]}:{digest[:8].hex()}"
    remember = Remember(client, key, digest, _written)
    with acting(by):
        if known := receipt_answered(client, key):
            return _again(checked, known)
        try:
            with transaction.atomic():
                taken = notify(by=by, place=place, checked=checked, channel="assisted", at=heard.at, remember=remember)
        except IntegrityError:
            # The same form, sent twice at the same moment: the other one was first.
            known = receipt_answered(client, key)
            if known is None:
                raise
            return _again(checked, known)
        if taken.stay and taken.outcome != "duplicate":
            _note(by, place, checked, heard, taken, now)
    return taken


def _note(by: Grant, place: Establishment, checked: Checked, heard: Caller, taken: Notified, now: datetime) -> None:
    keep_contact(
        by=by,
        place=place,
        night=checked.night,
        way=heard.way,
        at=heard.at,
        noted_at=now,
        who=heard.who,
        stay=taken.stay,
    )
    enter(by, subject=f"stay:{taken.stay}", at=now, way=heard.way, who=heard.who, heard_at=heard.at.isoformat())


def _written(taken: Notified) -> tuple[int, bytes]:
    return 201, taken.facts.code.encode() if taken.facts else b""


def _again(checked: Checked, code: str) -> Notified:
    facts = facts_of(code)
    return Notified("accepted", checked.issues, facts.subject, facts)
