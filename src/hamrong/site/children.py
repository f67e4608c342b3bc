"""Child processes of the supervisor: started on a leash, started again after a rest when they die, stopped in order."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hamrong.site.leash import leash

WINDOW: Final = 60.0
"""Seconds after which a death is forgotten."""

LONGEST: Final = 15.0
PATIENCE: Final = 10.0


@dataclass
class Rest:
    """How long to wait before something that failed is tried again: longer each time, until it holds for a WINDOW."""

    failures: list[float] = field(default_factory=list)

    def after(self, now: float) -> float:
        """Seconds to wait after one more failure at `now`: 0, 1, 2, 4 …, at most LONGEST."""
        self.failures = [*(each for each in self.failures if now - each < WINDOW), now]
        return 0.0 if len(self.failures) == 1 else min(LONGEST, 2.0 ** (len(self.failures) - 2))


@dataclass
class Child:
    """One long-running program of ours."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    handed: Sequence[socket.socket] = ()
    """What it serves on; stays open here while it is started again."""
    process: subprocess.Popen[bytes] | None = None
    guard: subprocess.Popen[bytes] | None = None
    rest: Rest = field(default_factory=Rest)
    due: float | None = None

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops everything in the right order.
        self.process = subprocess.Popen(
            self.command, env=dict(self.environ), stdin=subprocess.DEVNULL, start_new_session=True,
            pass_fds=[each.fileno() for each in self.handed],
        )  # fmt: skip
        self.guard = leash(self.process.pid, signal.SIGTERM, insist=True)
        self.due = None

    def ended(self) -> int | None:
        """The exit code when the program is not running any more."""
        assert self.process is not None
        return self.process.poll()

    def lay_down(self) -> float:
        """After a death: end what it left; the seconds until `wake` may start it again."""
        self._end_group()
        self._let_go()
        now = time.monotonic()
        wait = self.rest.after(now)
        self.due = now + wait
        return wait

    def wake(self) -> None:
        """Start it again when its rest is over."""
        if self.due is not None and time.monotonic() >= self.due:
            self.start()

    def hurry(self) -> None:
        """What it died of is over: it need not rest any longer."""
        self.rest.failures.clear()
        if self.due is not None:
            self.due = time.monotonic()

    def start_again(self) -> None:
        """After a death: a new start at once."""
        self._end_group()
        self._let_go()
        self.start()

    def stop(self) -> None:
        """Ask, wait, then insist; harmless when it does not run."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        self._end_group()
        self._let_go()

    def _end_group(self) -> None:
        """End what the program itself had started and left, such as the workers of a killed web server."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _let_go(self) -> None:
        if self.guard is not None:
            self.guard.kill()
            self.guard.wait()
            self.guard = None
