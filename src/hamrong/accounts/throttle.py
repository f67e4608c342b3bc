"""Slowing down those who guess, without locking out those whose name they guess.

A bucket holds tickets; a try takes one, and a right answer gives it back. A ticket comes back by itself after a while.
A device that signed in before as that person has a bucket of its own; strangers share one a name and one an address.
(OWASP, "Slow Down Online Guessing Attacks with Device Cookies".)
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

WINDOW = 15 * 60
"""Seconds until a ticket comes back."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tickets for the wrong tries of one kind of visitor."""

    name: str
    tickets: int

    @property
    def key(self) -> str:
        return f"try:{hashlib.sha256(self.name.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Try:
    """A try that may go ahead, and the tickets it took."""

    taken: Sequence[str]

    def was_right(self) -> None:
        """Give the tickets back: only wrong tries count."""
        cache.delete_many(self.taken)


@dataclass(frozen=True, slots=True)
class TooMany:
    """A try that may not go ahead. `first` is true once a window, for the one that is worth putting on record."""

    bucket: str
    first: bool


def buckets(step: str, username: str, device: str, address: str) -> Sequence[Bucket]:
    """Whose tickets a try takes: the device's own, or for a stranger (`device` is '') the name's and the address's."""
    name = username.strip().lower()
    if device:
        return (Bucket(f"{step}|device|{name}|{device}", 10),)
    return (Bucket(f"{step}|name|{name}", 10), Bucket(f"{step}|address|{address}", 30))


def take(wanted: Sequence[Bucket]) -> Try | TooMany:
    """A ticket from every bucket, or none at all."""
    taken: list[str] = []
    for bucket in wanted:
        ticket = _ticket(bucket)
        if ticket is None:
            cache.delete_many(taken)
            return TooMany(bucket.name, first=cache.add(f"{bucket.key}:told", 1, WINDOW))
        taken.append(ticket)
    return Try(taken)


def _ticket(bucket: Bucket) -> str | None:
    """A free ticket, taken; `add` is atomic, so that two tries at the same moment never share one."""
    keys = [f"{bucket.key}:{number}" for number in range(bucket.tickets)]
    gone = cache.get_many(keys)
    free = [key for key in keys if key not in gone]
    secrets.SystemRandom().shuffle(free)
    return next((key for key in free if cache.add(key, 1, WINDOW)), None)
