"""A house of its own for a measurement: durable database, real web server, known establishments; and the arithmetic."""

import importlib
import json
import os
import shutil
import socket
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import psycopg

from hamrong.site import bootstrap, environment, keys, messages, migration, postgres, supervisor
from hamrong.site.children import Child

MEMORY = "1GB"


@dataclass
class House:
    """An installation that only this measurement uses. `app` and `owner` are addresses of its database."""

    var: Path
    cluster: postgres.Cluster
    app: str
    owner: str
    url: str = ""
    web: Child | None = None
    environ: dict[str, str] = field(default_factory=dict)

    def admin(self) -> "psycopg.Connection[Any]":
        """A connection as the server's administrator, whom no wall binds."""
        return psycopg.connect(self.cluster.url(database="hamrong"), autocommit=True)


@contextmanager
def house(*, memory: str = MEMORY, **options: str) -> Iterator[House]:
    """A migrated, empty installation with fsync on, and Django set up on it; everything is gone at the end."""
    var = Path(tempfile.mkdtemp(prefix="hamrong-bench-"))
    var.chmod(0o755)
    keys.make(var / "keys", demo=True)
    passwords = {role: keys.password(var / "keys", role) for role in keys.PASSWORDS}
    cluster = postgres.Cluster(var / "pg", passwords, options={"shared_buffers": memory, **options})
    cluster.start()
    try:
        access = bootstrap.bootstrap(cluster.url(database="postgres"), cluster.passwords)
        _use(var, access, cluster.url(database="hamrong"))
        messages.compile_all()
        migration.migrate(access, quiet=True)
        django.setup()
        yield House(var, cluster, access.app, access.owner)
    finally:
        cluster.stop()
        shutil.rmtree(var, ignore_errors=True)


def _use(var: Path, access: bootstrap.Access, admin: str) -> None:
    for name in [name for name in os.environ if name.startswith(("HAMRONG_", "DATABASE_"))]:
        del os.environ[name]
    os.environ["BENCH_ADMIN"] = admin
    settings = {"VAR": str(var), "DATABASE_URL": access.app, "DATABASE_OWNER_URL": access.owner}
    os.environ.update(settings, DJANGO_SETTINGS_MODULE="hamrong.site.settings", HAMRONG_LOG_LEVEL="WARNING")


@contextmanager
def serving(home: House, **settings: str) -> Iterator[str]:
    """The web server as in production, with its defaults but for `settings`; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "PORT": str(port), **settings}
    environ.pop("DATABASE_OWNER_URL")
    web = Child("the web server", supervisor.web_command(environment.read(environ)), environ)
    web.start()
    try:
        supervisor.wait_until_alive(environment.read(environ), web)
        home.url, home.web = f"http://127.0.0.1:{port}", web
        yield home.url
    finally:
        web.stop()


@contextmanager
def beside(*names: str) -> Iterator[list[Child]]:
    """Commands that run beside the web server, as `hamrong up` runs them: `signer`, `sequencer`."""
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    children = [Child(name, [sys.executable, "-m", "hamrong.site.cli", name], environ) for name in names]
    with ExitStack() as stack:
        for child in children:
            child.start()
            stack.callback(child.stop)
        yield children


def peak_memory(child: Child) -> float:
    """The largest peak of resident memory, in MB, among the processes of a child and their children."""
    assert child.process is not None
    return max(_peak(pid) for pid in _family(child.process.pid))


def processor(child: Child) -> float:
    """Seconds of processor time that a child and its children have used: what other work on the machine cannot blur."""
    assert child.process is not None
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in _family(child.process.pid)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for each in task.read_text().split():
            yield from _family(int(each))


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def imported(name: str) -> Any:
    """A part of a measurement that needs Django, which the house sets up on its own database."""
    return importlib.import_module(name)


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{share}": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000, 1)
        for share in (50, 95, 99)
    }


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def report(name: str, **results: Any) -> None:
    """The last line of every measurement: one line of JSON."""
    print(json.dumps({"name": name, **results}, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
