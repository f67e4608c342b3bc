"""Child processes of the supervisor: started on a leash, watched, started again when they die, stopped in order."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hamrong.site.leash import leash

LIMIT: Final = 5  # deaths within WINDOW seconds, after which a child is given up
WINDOW: Final = 60.0
PATIENCE: Final = 10.0


class GivenUp(Exception):
    """A child died too often in too short a time."""


@dataclass
class Child:
    """One long-running program of ours."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    guard: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops everything in the right order.
        self.process = subprocess.Popen(
            self.command, env=dict(self.environ), stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.guard = leash(self.process.pid, signal.SIGTERM, insist=True)

    def ended(self) -> int | None:
        """The exit code when the program is not running any more."""
        assert self.process is not None
        return self.process.poll()

    def start_again(self) -> None:
        """After a death: GivenUp at the LIMIT, otherwise a new start."""
        self._end_group()
        self._let_go()
        now = time.monotonic()
        self.deaths = [*(each for each in self.deaths if now - each < WINDOW), now]
        if len(self.deaths) >= LIMIT:
            raise GivenUp(f"{self.name} died {LIMIT} times within {WINDOW:.0f} seconds")
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
