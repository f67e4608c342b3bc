"""An installation that is killed again and again: a durable database and a real web server of its own."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from bench import intake_world

from hamrong.site import bootstrap, environment, keys, migration, postgres, supervisor
from hamrong.site.children import Child

PLACES = 5000


@dataclass
class Installation:
    """Its parts, and how each of them dies and comes back."""

    cluster: postgres.Cluster
    environ: dict[str, str]
    web: Child
    children: dict[str, Child] = field(default_factory=dict)
    used: int = 0
    made: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environ['PORT']}"

    def admin(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self.cluster.url(database="hamrong"), autocommit=True)

    def a_place(self) -> int:
        """The number of an establishment that nobody has used yet."""
        self.used += 1
        return self.used - 1

    def kill(self, victim: str) -> None:
        """End a part as a power cut would."""
        if victim == "postgres":
            self.cluster.kill9()
            return
        child = self.web if victim == "web" else self.children[victim]
        assert child.process is not None
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def bring_back(self, victim: str) -> None:
        """Start a killed part again; returns when it answers."""
        if victim == "postgres":
            self.cluster.start()
        elif victim == "web":
            self.web.start_again()
            supervisor.wait_until_alive(environment.read(self.environ), self.web)
        else:
            self.start(victim)

    def start(self, name: str) -> None:
        """Start one of the processes beside the web server: worker, signer or sequencer."""
        words = ["jobs", "worker"] if name == "worker" else [name]
        self.children[name] = Child(name, [sys.executable, "-m", "hamrong.site.cli", *words], self.environ)
        self.children[name].start()

    def end(self, *names: str) -> None:
        """Stop processes beside the web server."""
        for name in names:
            self.children.pop(name).stop()

    def plates(self, count: int) -> tuple[str, list[str]]:
        """A pool of a million numbers, and so many files whose owners may press; its code, and their tickets."""
        command = [sys.executable, "-m", "tests.faults.pools", str(count)]
        environ = {**self.environ, "BENCH_ADMIN": self.cluster.url(database="hamrong")}
        pool, *tickets = subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.split()
        return pool, tickets

    def verify_audit(self) -> subprocess.CompletedProcess[str]:
        """`hamrong audit verify` over the whole record."""
        owner = self.cluster.url(bootstrap.OWNER)
        command = [sys.executable, "-m", "hamrong.site.cli", "audit", "verify"]
        environ = {**self.environ, "DATABASE_OWNER_URL": owner}
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


@contextmanager
def installed() -> Iterator[Installation]:
    """A migrated installation with fsync on and thousands of establishments; everything is gone at the end."""
    var = Path(tempfile.mkdtemp(prefix="hamrong-faults-"))
    var.chmod(0o755)
    keys.make(var / "keys", demo=True)
    passwords = {role: keys.password(var / "keys", role) for role in keys.PASSWORDS}
    cluster = postgres.Cluster(var / "pg", passwords, options={"shared_buffers": "64MB", "checkpoint_timeout": "30s"})
    cluster.start()
    try:
        access = bootstrap.bootstrap(cluster.url(database="postgres"), cluster.passwords)
        migration.migrate(access, quiet=True)
        home = Installation(cluster, _environ(var, access.app), Child("", [], {}))
        intake_world.fill(home, PLACES)
        home.web = Child("the web server", supervisor.web_command(environment.read(home.environ)), home.environ)
        home.web.start()
        supervisor.wait_until_alive(environment.read(home.environ), home.web)
        yield home
        for child in (home.web, *home.children.values()):
            child.stop()
    finally:
        cluster.stop()
        shutil.rmtree(var, ignore_errors=True)


def _environ(var: Path, url: str) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HAMRONG_", "DATABASE_"))}
    return {
        **own, "VAR": str(var), "DATABASE_URL": url, "PORT": str(port), "HAMRONG_WORKERS": "1",
        "HAMRONG_POOL_SIZE": "6",
        "HAMRONG_LOG_LEVEL": "CRITICAL", "PYTHONWARNINGS": "ignore", "DJANGO_SETTINGS_MODULE": "hamrong.site.settings",
    }  # fmt: skip


def an_idempotency_key() -> str:
    return secrets.token_hex(8)
