"""What a security key answered: read from a form and used for the lock that needs it; never kept, never shown."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Final

from django.utils import timezone

from hamrong.access.actors import Refusal
from hamrong.kernel.seal import tokens
from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.passphrase import needs_token
from hamrong.sealed.models import Key, Lock, Token

CREDENTIAL: Final = 1023
"""The longest name of a credential (WebAuthn Level 3 §5.8.3)."""

WANTED = Refusal(
    "invalid", "Khóa này cần cả khóa bảo mật, mà trình duyệt chưa gửi trả lời của nó. Bật JavaScript, cắm khóa bảo mật "
    "đã thêm rồi bấm lại; trang này phải ở đúng địa chỉ nơi khóa được thêm.",
    "This key needs a security key as well, and the browser sent no answer of one. Switch JavaScript on, plug in the "
    "security key that was added and press again; this page must be at the address at which it was added.",
)  # fmt: skip
STRANGE = Refusal(
    "invalid", "Khóa bảo mật này không thuộc khóa niêm phong của bạn. Hãy dùng khóa đã thêm.",
    "This security key does not belong to your sealing key. Use one that you added.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touch:
    """Which token was touched, what it answered to its own salt and, for a key to come, to another one."""

    credential: bytes
    answer: bytes = field(repr=False)
    other: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A token to be added: how its owner calls it, where it answers, and what it answered to this salt."""

    name: str
    host: str
    salt: bytes
    touch: Touch


def written(some: bytes) -> str:
    """Bytes as a browser's script reads them: base64url without padding."""
    return urlsafe_b64encode(some).decode().rstrip("=")


def read(text: str) -> bytes:
    """The bytes again; empty where it is no base64url."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        return b""


def read_touch(text: str) -> Touch | None:
    """`credential.answer` or `credential.answer.other` as the script wrote it; None where it is not whole."""
    parts: Sequence[bytes] = [read(each) for each in text.split(".")]
    if len(parts) not in (2, 3) or not 1 <= len(parts[0]) <= CREDENTIAL:
        return None
    return Touch(*parts) if all(len(each) == tokens.ANSWER for each in parts[1:]) else None


def part_of(lock: Lock, touch: Touch | None) -> bytes | Refusal:
    """What the touched token gives to the lock; empty where the passphrase alone opens it, whatever was touched."""
    if not needs_token(bytes(lock.locked)):
        return b""
    if touch is None:
        return WANTED
    token = Token.objects.filter(key=lock.key, credential=touch.credential).first()
    try:
        return (
            tokens.unwrap(bytes(token.wrapped), touch.answer, about(lock.key, touch.credential)) if token else STRANGE
        )
    except Broken:
        return STRANGE


def attach(key: Key, part: bytes, fresh: Fresh, place: dict[str, str], at: datetime) -> Token:
    """Let a token open the lock of a key: the part is wrapped for it."""
    credential = fresh.touch.credential
    wrapped = tokens.wrap(part, fresh.touch.answer, about(key, credential))
    return Token.objects.create(
        key=key, name=fresh.name, host=fresh.host, credential=credential, salt=fresh.salt, wrapped=wrapped,
        added_on=timezone.localdate(at), **place,
    )  # fmt: skip


def about(key: Key, credential: bytes) -> bytes:
    """To what a wrapped part is bound."""
    return bound("token/v1", key.pk, key.epoch, credential)


def mark_of(token: Token) -> str:
    """How the record names a token: it tells two apart, and opens nothing."""
    return hashlib.sha256(bytes(token.credential)).hexdigest()[:16]


def is_name(host: str) -> bool:
    """Whether a token can be bound to this address: to a name, never to a number (WebAuthn Level 3 §5.1.3, rp id)."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False
