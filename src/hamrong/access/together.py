"""Work of many threads, done by one of them for all that wait."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

A = TypeVar("A")
R = TypeVar("R")
MOST = 256
"""How many are done together at the most."""


class _Waiting(Generic[A, R]):
    __slots__ = ("answer", "done", "given", "woken")

    def __init__(self, given: A) -> None:
        self.given = given
        self.done = False
        self.answer: R | None = None
        self.woken = threading.Lock()
        self.woken.acquire()


class Together(Generic[A, R]):
    """`ask` hands in one thing and waits for its answer; `work` answers all that came in meanwhile, in their order.

    Whoever comes first leads. Nobody waits for others to come: a lone caller is worked off at once. Where `work`
    raises, the leader raises, and the others get None.
    """

    def __init__(self, work: Callable[[Sequence[A]], Sequence[R | None]], most: int = MOST) -> None:
        self._work = work
        self._most = most
        self._guard = threading.Lock()
        self._queue: deque[_Waiting[A, R]] = deque()
        self._led = False

    def ask(self, given: A) -> R | None:
        """The answer of `work` to this one."""
        mine: _Waiting[A, R] = _Waiting(given)
        with self._guard:
            self._queue.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.woken.acquire()
        if not mine.done:  # woken without an answer: the leader before handed over
            self._lead()
        return mine.answer

    def _lead(self) -> None:
        with self._guard:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), self._most))]
        try:
            for each, answer in zip(batch, self._work([each.given for each in batch]), strict=True):
                each.answer = answer
        finally:
            self._hand_over()
            for each in batch:
                each.done = True
                each.woken.release()

    def _hand_over(self) -> None:
        with self._guard:
            heir = self._queue[0] if self._queue else None
            self._led = heir is not None
        if heir is not None:
            heir.woken.release()
