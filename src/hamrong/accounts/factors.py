"""Second factors: what a person has, and their secrets sealed at rest."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from functools import cache

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hamrong.accounts.models import Person

PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Factors that stand by themselves; recovery codes only stand in for them."""

ENROLLED = "second_factor_enrolled"
"""Set in a session in which its person added a second factor: who just proved to have one is not asked again."""

NONCE = 12
ABOUT = b"second factor"


@cache
def _cipher() -> AESGCM:
    return AESGCM(settings.HAMRONG_KEYS["second_factors"])


def seal(secret: str) -> str:
    """AES-256-GCM under the installation's own key: a stolen database makes no codes."""
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, secret.encode(), ABOUT)).decode()


def unseal(sealed: str) -> str:
    """The secret again; `cryptography.exceptions.InvalidTag` where it was sealed with another key."""
    raw = base64.b64decode(sealed)
    return _cipher().decrypt(raw[:NONCE], raw[NONCE:], ABOUT).decode()


def factors_of(person: Person) -> dict[int, str]:
    """The person's factors, recovery codes among them: number → type."""
    return dict(Authenticator.objects.filter(user=person).values_list("pk", "type"))


def has_second_factor(person: Person) -> bool:
    """Whether the person has a factor that stands by itself."""
    return bool(Authenticator.objects.filter(user=person, type__in=PRIMARY).exists())


def code_at(secret: str, at: datetime) -> str:
    """The six digits that an authenticator app shows for a Base32 secret (RFC 6238, 30 seconds, SHA-1)."""
    counter = int(at.timestamp()) // 30
    mac = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1)
    start = mac[-1] & 0x0F
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def current_code(person: Person, now: datetime) -> str | None:
    """The code that the person's authenticator app shows now; None without an app. For people of a demo only."""
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return code_at(decrypt(app.data["secret"]), now) if app else None


def give_app(person: Person, secret: str) -> None:
    """An authenticator app with a known Base32 secret, for people of a demo; the caller puts it on record."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": seal(secret)})
