"""The test run itself: nothing of it is left, however it ends."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WAITING = Path(__file__).with_name("waiting.py")


def descendants(pid):
    """{process id: command} of everything that `pid` started, and what those started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            status = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            parents[int(folder.name)] = (int(status[1]), command)
    found, waiting = {}, [pid]
    while waiting:
        above = waiting.pop()
        below = {child: command for child, (parent, command) in parents.items() if parent == above}
        found |= below
        waiting += below
    return found


def alive(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()]


def heed() -> None:
    """Take interrupts, as in a terminal: a shell has what runs behind it ignore them, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_process(sign):
    environ = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_", "HAMRONG_"))}
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(WAITING)],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=heed,
    )
    until = time.monotonic() + 120
    while not any("granian" in command for command in descendants(run.pid).values()) and time.monotonic() < until:
        time.sleep(0.2)
    left = descendants(run.pid)
    # Python drops an interrupt that comes while a finalizer runs: people press again, when they have waited a while
    for patience in (20, 40, 60):
        run.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(patience)
            break
    assert run.poll() is not None
    assert any("postgres -D" in command for command in left.values())
    until = time.monotonic() + 30
    while alive(left) and time.monotonic() < until:
        time.sleep(0.2)
    assert alive(left) == []
