"""What the form for guests writes: sealed drafts, and notifications that may be sent twice by accident."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

import msgspec
import uuid_utils.compat as uuid
from django.db import IntegrityError, transaction

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.lodging.actions.intake import Notified, notify
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.models import Draft, Establishment
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.drafts import receipt_answered
from hamrong.lodging.queries.receipts import facts_of
from hamrong.lodging.shapes import Checked


def save_draft(*, by: Grant, typed: Mapping[str, str], night: date, at: datetime, draft: UUID | None = None) -> UUID:
    """Keep what was typed about a guest, sealed; a draft that is saved again is overwritten. Returns its id."""
    with acting(by):
        identifier = draft if draft and visible.drafts(by).filter(pk=draft).exists() else uuid.uuid7()
        sealed = vault().seal(json.dumps(dict(typed), ensure_ascii=False), identifier.bytes)
        values = {"establishment": by.scope, "night": night, "sealed": sealed, "saved_at": at, "saved_by": by.actor.ref}
        Draft.objects.update_or_create(id=identifier, defaults=values)
        enter(by, subject=f"draft:{identifier}", at=at, saved=True)
    return identifier


def delete_draft(*, by: Grant, draft: UUID, at: datetime) -> bool:
    """Throw a draft away; False where there is none (any more)."""
    with acting(by):
        deleted, _ = visible.drafts(by).filter(pk=draft).delete()
        if deleted:
            enter(by, subject=f"draft:{draft}", at=at, deleted=True)
    return bool(deleted)


def notify_typed(
    *, by: Grant, place: Establishment, checked: Checked, token: str, at: datetime, draft: UUID | None = None
) -> Notified:
    """Notify what a person typed into the form that bears `token`; the same form sent again gets the same receipt.

    The draft that it began as goes in the same transaction. The same token over another content is another notice.
    """
    client, key, digest = f"form:{by.actor.ref}", *_key(token, checked)
    with acting(by):
        if known := receipt_answered(client, key):
            return _again(checked, known)
        try:
            with transaction.atomic():
                taken = notify(
                    by=by,
                    place=place,
                    checked=checked,
                    channel="form",
                    at=at,
                    remember=Remember(client, key, digest, _written),
                )
        except IntegrityError:
            # The same form, sent twice at the same moment: the other one was first.
            known = receipt_answered(client, key)
            if known is None:
                raise
            return _again(checked, known)
        if draft and taken.stay:
            visible.drafts(by).filter(pk=draft).delete()
    return taken


def _key(token: str, checked: Checked) -> tuple[str, bytes]:
    digest = hashlib.sha256(msgspec.json.encode(checked.stay)).digest()
    return f"{token[:64]}:{digest[:8].hex()}", digest


def _written(taken: Notified) -> tuple[int, bytes]:
    return HTTPStatus.CREATED.value, taken.facts.code.encode() if taken.facts else b""


def _again(checked: Checked, code: str) -> Notified:
    facts = facts_of(code)
    first = Notified("accepted", checked.issues)
    return replace(first, stay=facts.subject, facts=facts)
