"""Security keys beside the passphrase: added and removed by their owner alone, with the key open, on record."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal.tokens import new_part
from hamrong.sealed import queries
from hamrong.sealed.actions import keys
from hamrong.sealed.models import Lock, Token
from hamrong.sealed.rings import person_of
from hamrong.sealed.touches import Fresh, Touch, attach, mark_of

MOST: Final = 5

KNOWN = Refusal("conflict", "Khóa bảo mật này đã được thêm rồi.", "This security key was added already.")
ENOUGH = Refusal(
    "conflict", "Đã có 5 khóa bảo mật. Bỏ một khóa trước khi thêm.",
    "There are 5 security keys already. Remove one before you add another.",
)  # fmt: skip
GONE = Refusal("state", "Khóa bảo mật này không còn trong danh sách.", "This security key is not in the list any more.")
LAST = Refusal(
    "state", "Đây là khóa bảo mật cuối cùng. Hãy xác nhận rằng từ nay chỉ câu mật khẩu là mở được khóa.",
    "This is the last security key. Confirm that from now on the passphrase alone opens the key.",
)  # fmt: skip


def add(*, by: Grant, passphrase: str, fresh: Fresh, at: datetime, touch: Touch | None = None) -> Token | Refusal:
    """From now on this token opens the key beside the passphrase; with the first one, the passphrase alone does not.

    `touch`: one of the tokens that the key has already.
    """
    person = person_of(by)
    with acting(by):
        queries.hold_lock(person)
        ring = keys.unlock(by=by, passphrase=passphrase, at=at, touch=touch)
        if isinstance(ring, Refusal):
            return ring
        held = queries.tokens(ring.key)
        if any(bytes(each.credential) == fresh.touch.credential for each in held):
            return KNOWN
        if len(held) >= MOST:
            return ENOUGH
        part = ring.part or new_part()
        token = attach(ring.key, part, fresh, keys.place_of(by), at)
        if not ring.part:
            Lock.objects.filter(key=ring.key).update(locked=keys.locked(ring.seed, passphrase, ring.key, part))
        enter(by, subject=f"sealed-key:{person}", at=at, token_added=mark_of(token), tokens=len(held) + 1)
        return token


def remove(
    *, by: Grant, passphrase: str, token: UUID, at: datetime, touch: Touch | None = None, alone: bool = False
) -> Token | Refusal:
    """This token opens the key no more. The last one goes only if its owner said that the passphrase stands `alone`."""
    person = person_of(by)
    with acting(by):
        queries.hold_lock(person)
        ring = keys.unlock(by=by, passphrase=passphrase, at=at, touch=touch)
        if isinstance(ring, Refusal):
            return ring
        held = queries.tokens(ring.key)
        gone = next((each for each in held if each.pk == token), None)
        if gone is None:
            return GONE
        if len(held) == 1:
            if not alone:
                return LAST
            Lock.objects.filter(key=ring.key).update(locked=keys.locked(ring.seed, passphrase, ring.key, b""))
        mark = mark_of(gone)
        Token.objects.filter(pk=gone.pk).delete()
        enter(by, subject=f"sealed-key:{person}", at=at, token_removed=mark, tokens=len(held) - 1)
        return gone
