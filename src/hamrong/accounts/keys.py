"""Making and recognising machine keys: `hr_<id>_<secret>`, 192 random bits, SHA-256 at rest."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from hamrong.accounts.models import KeyUse, MachineKey

PREFIX = "hr"
USE_EVERY = timedelta(hours=1)
"""How exactly the last use of a key is known; finer would cost every request a write."""


class NewKey(NamedTuple):
    """A fresh key: `shown` is the only time that anybody sees the secret."""

    id: str
    shown: str
    digest: bytes


def mint() -> NewKey:
    """A new random key; nothing is stored."""
    identifier, secret = secrets.token_hex(5), secrets.token_urlsafe(24)
    shown = f"{PREFIX}_{identifier}_{secret}"
    return NewKey(identifier, shown, digest(shown))


def digest(shown: str) -> bytes:
    """SHA-256 of the whole key: the secret is 192 random bits, so no slow hash is needed."""
    return hashlib.sha256(shown.encode()).digest()


def identifier(shown: str) -> str | None:
    """The public part of a key as written, or None where it is not of the form of a key."""
    parts = shown.split("_", 2)
    return parts[1] if len(parts) == 3 and parts[0] == PREFIX and len(parts[1]) == 10 else None


def recognise(shown: str, now: datetime) -> MachineKey | None:
    """The live key that `shown` is, or None: unknown, revoked, expired or wrong all look alike from outside."""
    known = identifier(shown)
    if known is None:
        return None
    live = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    key = MachineKey.objects.select_related("use").filter(live, pk=known, revoked_at__isnull=True).first()
    return key if key and hmac.compare_digest(bytes(key.digest), digest(shown)) else None


def note_use(key: MachineKey, now: datetime) -> None:
    """Remember that the key is in use, at most once an hour; `recognise` has read the last time with the key."""
    last: KeyUse | None = getattr(key, "use", None)
    if last is None or last.last_used_at <= now - USE_EVERY:
        KeyUse.objects.update_or_create(key=key, defaults={"last_used_at": now})
