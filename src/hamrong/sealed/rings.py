"""A person's opened key, while they are at work: in memory only, never stored open, never in a log."""

from dataclasses import dataclass, field
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.kernel.seal.bound import bound
from hamrong.kernel.seal.shares import Holder
from hamrong.sealed.models import Key


@dataclass(frozen=True, slots=True)
class Ring:
    """Whose key it is, which one, and the private seed; `repr` leaves what is secret out.

    `part`: what its tokens have in common, where it was opened with one just now; a key that stays open is without it.
    """

    person: UUID
    key: Key
    seed: bytes = field(repr=False)
    part: bytes = field(default=b"", repr=False)

    @property
    def holder(self) -> Holder:
        return holder_of(self.key)


def holder_of(key: Key) -> Holder:
    """A key as the cryptography knows it: wraps are bound to the key, so that a later one is another holder."""
    return Holder(key.pk, key.epoch, bytes(key.public))


def person_of(by: Grant) -> UUID:
    """The person behind a grant; ValueError where nobody signed in, which is a bug here."""
    kind, _, number = by.actor.ref.partition(":")
    if kind != "person":
        raise ValueError(f"{by.actor.ref} is nobody with a key")
    return UUID(number)


def about_lock(key: Key) -> bytes:
    """To what a locked seed is bound."""
    return bound("lock/v1", key.pk, key.epoch)
