"""How much one client may ask, and the lane that single notifications keep to themselves before the deadline.

Counted in the memory of a worker process: two workers together allow twice as much, and nobody waits for a count.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from datetime import time as clock
from typing import Final, NamedTuple

from hamrong.law import VIETNAM
from hamrong.lodging.api.problems import Problem

WINDOW: Final = 60
"""Seconds in which requests are counted."""

MOST: Final = {"single": 1200, "bulk": 120, "public": 3000}
"""Requests a window and worker: of an establishment's own (single, bulk) and of an address without a key (public)."""

MOST_CLIENTS: Final = 50_000
RESERVED: Final = (clock(22, 30), clock(23, 15))
"""When the last hosts report before 23:00, Vietnamese time."""


class Allowance(NamedTuple):
    """What is left to a client in this window; `reset` in seconds."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """The header fields of the IETF draft on rate limits."""
        limit, remaining, reset = self
        return {
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(max(remaining, 0)),
            "RateLimit-Reset": str(reset),
        }


class Counter:
    """Requests by client in fixed windows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, kind: str, client: str, now: float) -> Allowance:
        """Count one request; `remaining` is negative where it was one too many. `now`: seconds of any steady clock."""
        window, past = divmod(int(now), WINDOW)
        with self._lock:
            # Whoever sends from endless addresses must not fill the memory; then counting begins again.
            if window != self._window or len(self._counts) > MOST_CLIENTS:
                self._window, self._counts = window, {}
            used = self._counts[kind, client] = self._counts.get((kind, client), 0) + 1
        return Allowance(MOST[kind], MOST[kind] - used, WINDOW - past)

    def give_back(self, kind: str, client: str) -> None:
        """Count a request not after all, because it is counted elsewhere; across windows one too few is no harm."""
        with self._lock:
            self._counts[kind, client] = max(self._counts.get((kind, client), 0) - 1, 0)


_counter: Final = Counter()


@contextmanager
def counted(kind: str, client: str) -> Iterator[Allowance]:
    """Count a request of this process while it is worked on, or refuse it; refusals tell what is left, too."""
    allowance = _counter.count(kind, client, time.monotonic())
    try:
        if allowance.remaining < 0:
            raise Problem("rate.exceeded", headers={"Retry-After": str(allowance.reset)})
        yield allowance
    except Problem as problem:
        problem.headers.update(allowance.headers())
        raise


def give_back(kind: str, client: str) -> None:
    """A request that was counted goes another way, which counts it."""
    _counter.give_back(kind, client)


def bulk_at_once(now: datetime) -> int:
    """How many threads of a worker bulk work may take: one while the lane is reserved, else two."""
    first, last = RESERVED
    return 1 if first <= now.astimezone(VIETNAM).time() <= last else 2


class Lane:
    """Bulk work of one worker process; nobody waits in it, because waiting takes a thread too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0

    @contextmanager
    def enter(self, most: int) -> Iterator[None]:
        """A place in the lane, or `lane.busy`."""
        with self._lock:
            if self._inside >= most:
                raise Problem("lane.busy")
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1


bulk: Final = Lane()
