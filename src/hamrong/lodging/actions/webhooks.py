"""Webhooks of establishments' software: registering, ending, and telling events; sending them is `deliveries`."""

import base64
import ipaddress
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import uuid_utils.compat as uuid
from django.db import transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.lodging.models import Delivery, ToldCatalog, Webhook
from hamrong.lodging.queries import visible

EVENTS: Final = ("batch.completed", "stay.held", "catalog.changed")
MOST: Final = 10
SECRET: Final = "whsec_"

ADDRESS = Refusal(
    "invalid",
    "Địa chỉ phải là https, có tên máy công khai, cổng 443, không kèm tên đăng nhập.",
    "The address must be https with a public host name, port 443 and no credentials.",
)
FULL = Refusal("conflict", "Cơ sở đã có đủ 10 webhook.", "The establishment has 10 webhooks already.")
NONE = Refusal("other-scope", "Không có webhook này.", "There is no such webhook.")


def register(*, by: Grant, url: str, events: Sequence[str], at: datetime) -> tuple[Webhook, str] | Refusal:
    """A webhook and its secret (`whsec_` and base64 of 32 bytes, as in Standard Webhooks), which is shown only now."""
    if not may_be_told(url) or not events or set(events) - set(EVENTS):
        return ADDRESS
    secret = SECRET + base64.b64encode(secrets.token_bytes(32)).decode()
    with acting(by):
        if visible.webhooks(by).count() >= MOST:
            return FULL
        identifier = uuid.uuid7()
        webhook = Webhook.objects.create(
            id=identifier,
            establishment=by.scope,
            url=url,
            events=sorted(set(events)),
            secret_sealed=vault().seal(secret, identifier.bytes),
            created_at=at,
        )
        enter(by, subject=f"webhook:{identifier}", at=at, host=urlsplit(url).hostname, events=webhook.events)
    return webhook, secret


def end(*, by: Grant, webhook: UUID, at: datetime) -> Webhook | Refusal:
    """Stop telling; what is still on its way is given up."""
    with acting(by):
        row = visible.webhooks(by).select_for_update().filter(pk=webhook).first()
        if row is None:
            return NONE
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        Delivery.objects.filter(webhook=row, state="queued").update(state="given_up", last_status="ended")
        enter(by, subject=f"webhook:{row.pk}", at=at, ended=True)
    return row


def tell(*, by: Grant, event: str, about: Mapping[str, Any], at: datetime) -> int:
    """Queue an event for every webhook within the grant that wants it; answers how many.

    To be called in the transaction of the event itself. `about` holds ids and counts, never personal data.
    """
    wanting = [webhook for webhook in visible.webhooks(by) if event in webhook.events]
    body = msgspec.json.encode({"type": event, "timestamp": at.isoformat(), "data": dict(about)}).decode()
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, establishment=webhook.establishment, event=event, body=body, next_at=at)
        for webhook in wanting
    )
    return len(wanting)


def tell_catalogs(*, by: Grant, etags: Mapping[str, str], at: datetime) -> list[str]:
    """Tell whoever wants `catalog.changed` which catalogues are not as they were told last; answers their names.

    What is seen for the first time is only remembered: a new installation has changed nothing for anybody.
    """
    with acting(by), transaction.atomic():
        last = dict(ToldCatalog.objects.select_for_update().values_list("name", "etag"))
        differ = {name: etag for name, etag in etags.items() if last.get(name) != etag}
        ToldCatalog.objects.bulk_create(
            [ToldCatalog(name=name, etag=etag, told_at=at) for name, etag in differ.items()],
            update_conflicts=True, unique_fields=["name"], update_fields=["etag", "told_at"],
        )  # fmt: skip
        changed = {name: etag for name, etag in sorted(differ.items()) if name in last}
        if changed:
            about = {"catalogs": [{"name": name, "etag": etag} for name, etag in changed.items()]}
            tell(by=by, event="catalog.changed", about=about, at=at)
    return list(changed)


def may_be_told(url: str) -> bool:
    """Whether an address may be a webhook's: https, a host name with a dot, its usual port, nothing hidden in it."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(url) & set(' \\<>"^`{|}')
    named = "." in host and not host.endswith((".", ".local", ".internal", ".localhost")) and not _is_address(host)
    return plain and named and parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc


def _is_address(host: str) -> bool:
    """A host written as a number, in any notation that a resolver may take for an address."""
    if host.replace(".", "").isdigit() or host.lower().startswith("0x"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
