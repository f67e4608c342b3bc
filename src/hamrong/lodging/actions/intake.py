"""Receiving a notification: stay, receipt, answer and entry of audit in one statement of one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import act_of, enter
from hamrong.access.walls import acting
from hamrong.audit.record import row as audit_row
from hamrong.lodging import receipts
from hamrong.lodging.actions.stored import Remember, keep_answer
from hamrong.lodging.columns import (
    COLUMNS,
    RECEIPT_COLUMNS,
    content,
    document_key,
    document_type,
    receipt_values,
    stay_values,
)
from hamrong.lodging.issues import Issue
from hamrong.lodging.models import Establishment
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.receipts import facts_of
from hamrong.lodging.rules import outcome
from hamrong.lodging.shapes import Checked, Stay

Channel = Literal["form", "api", "file", "assisted"]


@dataclass(frozen=True, slots=True)
class Notified:
    """What became of one notification; `stay` and `facts` are None where it was rejected."""

    outcome: str
    issues: Sequence[Issue]
    stay: UUID | None = None
    facts: receipts.Facts | None = None
    answer: tuple[int, bytes] | None = None


_marks = ", ".join
NOTIFY = f"""
with stay as (
  insert into lodging_stay ({_marks(COLUMNS)}) values ({_marks(["%s"] * len(COLUMNS))}) on conflict do nothing
  returning id
), receipt as (
  insert into lodging_receipt ({_marks(RECEIPT_COLUMNS)}) select {_marks(["%s"] * len(RECEIPT_COLUMNS))} from stay
), answer as (
  insert into lodging_answer (id, client, key, body_sha256, status, body, answered_at)
  select %s, %s, %s, %s, %s, %s, %s from stay where %s
)
select id, audit_append(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) from stay
"""


def place_to_notify(by: Grant, code: str) -> Establishment | Refusal:
    """The establishment that a notification is for, or why it cannot notify now."""
    place = visible.establishments(by).filter(pk=code).first()
    if place is None:
        return Refusal(
            "other-scope", "Không có cơ sở này trong phạm vi của bạn.", "There is no such establishment for you."
        )
    if place.state != "active":
        return Refusal("state", "Cơ sở chưa hoặc không còn được hoạt động.", "The establishment is not active.")
    return place


def notify(
    *,
    by: Grant,
    place: Establishment,
    checked: Checked,
    channel: Channel,
    at: datetime,
    remember: Remember[Notified] | None = None,
) -> Notified:
    """Take one checked notification: rejected, accepted with its receipt, or a duplicate with the original receipt."""
    if checked.stay is None:
        return _rejected(checked, remember)
    key = document_key(checked.stay)
    notice = prepared(by, place, checked, checked.stay, key, channel, at)
    taken = notice.taken
    if remember is not None:
        taken = replace(taken, answer=remember.write(taken))
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select lodging_open_month(%s)", [checked.night])
        cursor.execute(NOTIFY, [*notice.values, *_answer_values(taken, remember, at), *notice.entry])
        return taken if cursor.fetchone() else _duplicate(by, place, checked, checked.stay, key, at, remember)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notification ready for its statement."""

    taken: Notified
    values: Sequence[Any]
    entry: Sequence[Any]


def prepared(
    by: Grant, place: Establishment, checked: Checked, stay: Stay, key: bytes, channel: Channel, at: datetime
) -> Prepared:
    """A checked stay with its receipt and its entry of audit; `key` is the blind index of its document."""
    identifier, salt = uuid.uuid7(), secrets.token_bytes(16)
    facts = receipts.Facts(
        code=receipts.new_code(),
        kind="stay",
        establishment=place.code,
        night=checked.night,
        received_at=at,
        deadline_strict=checked.deadline.strict,
        deadline_legal=checked.deadline.legal,
        on_time=checked.on_time,
        law_version=checked.law_version,
        version=1,
        count=1,
        commitment=receipts.commitment(salt, content(stay, key)),
        subject=identifier,
    )
    values = stay_values(
        checked,
        stay,
        place,
        identifier=identifier,
        key=key,
        receipt=facts.code,
        salt=salt,
        channel=channel,
        at=at,
        by=by.actor.ref,
    )
    stream = f"stay:{identifier}"
    _, entry = audit_row(act_of(by, subject=stream, stream=stream, at=at, commitment=facts.commitment.hex()))
    return Prepared(
        Notified(outcome(checked), checked.issues, identifier, facts), [*values, *receipt_values(facts)], entry
    )


def _answer_values(taken: Notified, remember: Remember[Notified] | None, at: datetime) -> Sequence[Any]:
    if remember is None or taken.answer is None:
        return (uuid.uuid7(), "", "", b"", 0, b"", at, False)
    return (*answer_values(taken.answer, remember, at), True)


def answer_values(answer: tuple[int, bytes], remember: Remember[Notified], at: datetime) -> tuple[Any, ...]:
    """The columns that keep the answer of an idempotency key."""
    status, body = answer
    return (uuid.uuid7(), remember.client, remember.key, remember.body_sha256, status, body, at)


def _duplicate(
    by: Grant,
    place: Establishment,
    checked: Checked,
    stay: Stay,
    key: bytes,
    at: datetime,
    remember: Remember[Notified] | None,
) -> Notified:
    """The same document on the same night at the same place: the answer is the original receipt, not an error."""
    same = visible.stays(by).filter(establishment=place.code, night=checked.night, document_type=document_type(stay))
    first = same.exclude(state="cancelled").get(document_index=key)
    known = Notified("duplicate", checked.issues, first.pk, facts_of(first.receipt))
    enter(by, subject=f"stay:{first.pk}", at=at, duplicate=True)
    if remember is not None:
        known = replace(known, answer=keep_answer(remember, known, at))
    return known


def _rejected(checked: Checked, remember: Remember[Notified] | None) -> Notified:
    """A rejected notification stores nothing, its answer included: the corrected body may come with the same key."""
    refused = Notified("rejected", checked.issues)
    return replace(refused, answer=remember.write(refused)) if remember else refused
