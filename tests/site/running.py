"""One `hamrong up` with a state folder of its own."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

UP = (sys.executable, "-m", "hamrong.site.cli", "up")


class Running:
    """One `hamrong up` with a state folder of its own."""

    def __init__(self, var, port):
        names = [name for name in os.environ if not name.startswith(("DATABASE_", "DJANGO_", "HAMRONG_"))]
        self.environ = {name: os.environ[name] for name in names}
        self.environ |= {"VAR": str(var), "PORT": str(port), "HAMRONG_WORKERS": "1"}
        self.url = f"http://127.0.0.1:{self.environ['PORT']}"
        self.log = var / "up.out"
        self.process = None
        self.demo = None

    def start(self):
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(UP, env=self.environ, stdout=out, stderr=out, start_new_session=True)
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        until = time.monotonic() + 240  # a busy machine is no error
        while f"answers at {self.url}" not in self.words():
            assert self.runs() and time.monotonic() < until, self.words()
            time.sleep(0.1)

    def go_on(self):
        """Be running and answer, whatever an earlier test left."""
        if self.runs():
            self.wait_until_it_answers()
        else:
            self.start()

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def words(self):
        return self.log.read_text(encoding="utf-8")

    def end(self, sign):
        self.process.send_signal(sign)
        return self.process.wait(60)

    def processes(self):
        """Everything that runs with our state folder in its environment or its words."""
        mark = f"VAR={self.environ['VAR']}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes()
                if mark in (folder / "environ").read_bytes() or os.fsencode(self.environ["VAR"]) in command:
                    found.append((int(folder.name), command.replace(b"\0", b" ").decode()))
        return found

    def gone(self, seconds=30):
        until = time.monotonic() + seconds
        while self.processes() and time.monotonic() < until:
            time.sleep(0.1)
        return self.processes()
