"""Shares of an identity's key in the hands of holders: dealt once, dealt anew without anybody putting the key together.

A share may be dealt again by its holder: it is split like a secret, and a new holder's share is the sum, weighted by
Lagrange's factors, of what M old holders gave (Desmedt and Jajodia 1997). So no process ever has two shares at hand.
The first dealer, who has the key itself, deals from place 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.envelopes import unwrap, wrap
from hamrong.kernel.seal.sharing import Share, combine, split

KEY_ITSELF: Final = 0
"""The place from which a key is dealt for the first time."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody for whom something is wrapped: who, the epoch of their key, and the public key."""

    who: UUID
    epoch: int
    public: bytes


@dataclass(frozen=True, slots=True)
class Terms:
    """To whom and for how long a share is released: the request, the requester, and its last day (`2026-11-30`)."""

    request: UUID
    report: UUID
    requester: UUID
    until: str

    def about(self, holder: UUID) -> bytes:
        return bound("release/v1", self.request, self.report, self.requester, self.until, holder)


def deal(share: Share, report: UUID, holders: Sequence[Holder], *, threshold: int, epoch: int) -> dict[UUID, bytes]:
    """What the owner of a share gives to each new holder; `epoch` is that of the dealing, places follow the holders."""
    parts = split(share.value, threshold=threshold, places=range(1, len(holders) + 1))
    return {
        holder.who: wrap(_written(part), holder.public, _about(report, holder, epoch, share.place))
        for holder, part in zip(holders, parts, strict=True)
    }


def take(given: Mapping[int, bytes], report: UUID, holder: Holder, epoch: int, seed: bytes) -> Share:
    """A holder's own share, with their private seed; `given` is what was dealt to them, by the place of the dealer."""
    parts = {dealer: _read(unwrap(each, seed, _about(report, holder, epoch, dealer))) for dealer, each in given.items()}
    places = {part.place for part in parts.values()}
    if len(places) != 1:
        raise Broken("what was dealt does not belong together")
    return Share(places.pop(), combine(Share(dealer, part.value) for dealer, part in parts.items()))


def rewrap(wrapped: bytes, report: UUID, old: Holder, new: Holder, *, epoch: int, dealer: int, seed: bytes) -> bytes:
    """What was dealt to an old key of somebody, for their new key."""
    return wrap(
        unwrap(wrapped, seed, _about(report, old, epoch, dealer)), new.public, _about(report, new, epoch, dealer)
    )


def release(share: Share, terms: Terms, holder: UUID, requester: bytes) -> bytes:
    """A holder's share for the one requester (their public key), under terms that are part of what is sealed."""
    return wrap(_written(share), requester, terms.about(holder))


def key_of(released: Mapping[UUID, bytes], terms: Terms, seed: bytes) -> bytes:
    """The identity's key, by the requester: `released` by holder. With too few of them it is some other key."""
    return _combined(_read(unwrap(each, seed, terms.about(holder))) for holder, each in released.items())


def _combined(shares: Iterable[Share]) -> bytes:
    try:
        return combine(shares)
    except ValueError as error:
        raise Broken(str(error)) from error


def _about(report: UUID, holder: Holder, epoch: int, dealer: int) -> bytes:
    return bound("share/v1", report, holder.who, holder.epoch, epoch, dealer)


def _written(share: Share) -> bytes:
    return bytes([share.place]) + share.value


def _read(plain: bytes) -> Share:
    return Share(plain[0], plain[1:])
