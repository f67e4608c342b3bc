"""Keys of people: made by themselves under a passphrase, put on record, changed, given up; and the trustees' key."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.accounts.models import Person
from hamrong.kernel.seal import passphrase as locks
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.keys import Pair, new_pair
from hamrong.kernel.seal.tokens import new_part
from hamrong.sealed import queries
from hamrong.sealed.models import Hand, Key, Lock, Share, Token
from hamrong.sealed.rings import Ring, about_lock, person_of
from hamrong.sealed.rules import PASSPHRASE
from hamrong.sealed.touches import STRANGE, Fresh, Touch, attach, part_of

SHORT = Refusal(
    "invalid", "Câu mật khẩu phải có ít nhất 16 ký tự, ví dụ năm từ.",
    "The passphrase has at least 16 characters, such as five words.",
)  # fmt: skip
SAME = Refusal(
    "invalid", "Câu mật khẩu của khóa phải khác mật khẩu đăng nhập.",
    "The key's passphrase must differ from the password for signing in.",
)  # fmt: skip
WRONG = Refusal(
    "invalid",
    "Câu mật khẩu không đúng. Hãy gõ lại từng từ.",
    "The passphrase is not right. Type it again, word for word.",
)
NO_KEY = Refusal("state", "Bạn chưa có khóa niêm phong.", "You have no sealing key yet.")
MAKING = 5007
HAS_KEY = Refusal("conflict", "Bạn đã có khóa niêm phong.", "You already have a sealing key.")


def make_key(*, by: Grant, passphrase: str, at: datetime) -> Key | Refusal:
    """The person's own key pair; only they know the passphrase, and nobody can set another one for them."""
    person = Person.objects.get(pk=person_of(by))
    if problem := unfit(passphrase, person):
        return problem
    with acting(by):
        one_at_a_time(MAKING, str(person.pk))  # two windows at once: the second is told that there is a key
        if queries.live_key(person.pk):
            return HAS_KEY
        return register(by, person, new_pair(), passphrase, at)


def unfit(passphrase: str, person: Person) -> Refusal | None:
    if len(passphrase.strip()) < PASSPHRASE:
        return SHORT
    return SAME if person.check_password(passphrase.strip()) else None


def register(by: Grant, person: Person, pair: Pair, passphrase: str, at: datetime, fresh: Fresh | None = None) -> Key:
    epoch = Key.objects.filter(person=person).count() + 1
    key = Key(id=uuid.uuid4(), person=person, epoch=epoch, public=pair.public, made_on=timezone.localdate(at))
    key.entry = enter(by, subject=queries.subject(person.pk, epoch, pair.public), at=at)
    key.save(force_insert=True)
    part = new_part() if fresh else b""
    Lock.objects.create(key=key, locked=locked(pair.seed, passphrase, key, part), **place_of(by))
    if fresh:
        attach(key, part, fresh, place_of(by), at)
    return key


def place_of(by: Grant) -> dict[str, str]:
    """Whose rows a grant writes, as the walls compare them; the province has its own code in both columns.

    An empty one would be equal to the scope of nobody.
    """
    return {
        "ward": by.scope if by.scope_kind == "ward" else settings.HAMRONG_PROVINCE,
        "province": settings.HAMRONG_PROVINCE,
    }


def locked(seed: bytes, passphrase: str, key: Key, part: bytes) -> bytes:
    """A seed under a passphrase, and under the part of its tokens where it has some."""
    return locks.lock(seed, passphrase, about_lock(key), part=part)


def unlock(*, by: Grant, passphrase: str, at: datetime, touch: Touch | None = None) -> Ring | Refusal:
    """The person's key, opened for the work at hand; a wrong passphrase or token goes on record.

    `touch`: what a security key answered, for a key that needs one.
    """
    person = person_of(by)
    with acting(by):
        key = queries.live_key(person)
        lock = queries.lock(key) if key else None
        if key is None or lock is None:
            return NO_KEY
        part = part_of(lock, touch)
        if isinstance(part, Refusal):
            if part == STRANGE:
                enter(by, subject=f"sealed-key:{person}", at=at, wrong_token=True)
            return part
        seed = _seed(lock, passphrase, part)
        if seed is None:
            enter(by, subject=f"sealed-key:{person}", at=at, wrong_passphrase=True)
            return WRONG
        return Ring(person, key, seed, part)


def _seed(lock: Lock, passphrase: str, part: bytes) -> bytes | None:
    try:
        return locks.unlock(bytes(lock.locked), passphrase, about_lock(lock.key), part)
    except Broken:
        return None


def change_passphrase(*, by: Grant, old: str, new: str, at: datetime, touch: Touch | None = None) -> Key | Refusal:
    """Another passphrase for the same key; what was sealed for it stays openable, and each of its tokens goes on."""
    person = Person.objects.get(pk=person_of(by))
    if problem := unfit(new, person):
        return problem
    with acting(by):
        queries.hold_lock(person.pk)
        ring = unlock(by=by, passphrase=old, at=at, touch=touch)
        if isinstance(ring, Refusal):
            return ring
        Lock.objects.filter(key=ring.key).update(locked=locked(ring.seed, new, ring.key, ring.part))
        enter(by, subject=f"sealed-key:{person.pk}", at=at, passphrase_changed=True)
        return ring.key


def give_up(*, by: Grant, at: datetime) -> Key | Refusal:
    """End the own key, because its passphrase is lost or somebody may know it; all that was wrapped for it goes too.

    Nobody else can do it for a person, and nobody can read with it afterwards. Other holders and handlers remain.
    """
    with acting(by):
        key = queries.live_key(person_of(by))
        if key is None:
            return NO_KEY
        drop(Share.objects.filter(key=key))
        Hand.objects.filter(key=key).delete()
        forget(key)
        key.ended_on = timezone.localdate(at)
        key.save(update_fields=["ended_on"])
        enter(by, subject=f"sealed-key:{key.person_id}", at=at, given_up=True)
        return key


def forget(key: Key) -> None:
    """Delete the private half of a key and what opened it; in this order, because a lock keeps its last token."""
    Lock.objects.filter(key=key).delete()
    Token.objects.filter(key=key).delete()


def drop(shares: QuerySet[Share]) -> None:
    """Delete shares; where one of them was half dealt anew, all of that dealing goes, for it would not fit together."""
    begun = list(shares.filter(epoch__gt=F("report__epoch")).values_list("report_id", flat=True))
    Share.objects.filter(report__in=begun, epoch__gt=F("report__epoch")).delete()
    shares.delete()


def trust(*, by: Grant, public: bytes, at: datetime) -> Key:
    """Put the trustees' public key on record (`hamrong seal trust`); from now on identities are wrapped for it too."""
    with acting(by):
        Key.objects.filter(person=None, ended_on__isnull=True).update(ended_on=timezone.localdate(at))
        epoch = Key.objects.filter(person=None).count() + 1
        entry = enter(by, subject=queries.subject(None, epoch, public), at=at)
        return Key.objects.create(epoch=epoch, public=public, made_on=timezone.localdate(at), entry=entry)
