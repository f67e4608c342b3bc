"""One embedded PostgreSQL for the whole run, a database of its own for every worker, a real server and a real browser.

The process that controls the run starts the server, migrates one template database as the owner, and stops everything
at the end. Each worker copies the template, then uses the copy as the application's role. Tests commit for real:
nothing is rolled back, so every test makes its own world with fresh codes. A run of tests/kernel and tests/law alone
starts no database and no Django.
"""

import atexit
import contextlib
import gc
import itertools
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import hypothesis
import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from hamrong.site import bootstrap, environment, keys, locks, messages, migration, postgres, supervisor
from hamrong.site.children import Child
from tests import signer

TESTS = Path(__file__).parent
PURE = (TESTS / "kernel", TESTS / "law")
WAIT = "-c lock_timeout=10s"  # a test that blocks itself fails soon
PREFIX = "hamrong-test-"
MARK = "HAMRONG_TEST_VAR"

HEAVY = (
    ("site/test_supervisor.py", "site/test_outage.py", "site/commands/test_demo.py"),  # which share their houses
    ("faults",),
    ("site/test_harness.py",),
)
"""What takes longest for a test, in groups that go to the workers in turn. All of these have databases of their own:
nothing that other tests would find or miss in the worker's depends on this order."""

# Hundreds of processes are started here: none of them has to compile the whole house again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


# A busy machine is no error; how many examples a property gets is said where it matters.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@dataclass
class Server:
    """The cluster of this run and the folder that holds it."""

    var: Path
    cluster: postgres.Cluster


def _cluster(var: Path) -> postgres.Cluster:
    passwords = {role: keys.password(var / "keys", role) for role in keys.PASSWORDS}
    return postgres.Cluster(var / "pg", passwords, options=postgres.FAST)


def _start() -> Server:
    memory = Path("/dev/shm")
    parent = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30 else None
    _sweep(parent or Path(tempfile.gettempdir()))
    var = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    var.chmod(0o755)  # as root the server runs as another user, who has to come through
    keys.make(var / "keys", demo=True)
    server = Server(var, _cluster(var))
    atexit.register(_stop, server)
    server.cluster.start()
    return server


def _sweep(parent: Path) -> None:
    """Remove what a run that was killed left: its folder is there, and nobody holds the lock in it."""
    for lock in parent.glob(f"{PREFIX}*/pg/lock"):
        with contextlib.suppress(locks.Held, PermissionError):
            locks.hold(lock, "").close()
            shutil.rmtree(lock.parent.parent, ignore_errors=True)


def _stop(server: Server) -> None:
    server.cluster.stop()
    shutil.rmtree(server.var, ignore_errors=True)


def _make_template(server: Server) -> None:
    messages.compile_all()
    admin = server.cluster.url(database="postgres")
    access = bootstrap.bootstrap(admin, server.cluster.passwords, name="template")
    try:
        migration.migrate(access, quiet=True)
    except migration.MigrationFailed as error:
        pytest.exit(f"no tests without tables: {error}", returncode=3)


def _is_pure(config: pytest.Config) -> bool:
    chosen = [Path(str(argument).split("::")[0]).absolute() for argument in config.args]
    return all(any(path.is_relative_to(folder) for folder in PURE) for path in chosen)


def pytest_configure(config: pytest.Config) -> None:
    if _is_pure(config) or config.option.collectonly:
        return
    worker = getattr(config, "workerinput", None)
    if worker is None:
        server = _start()
        os.environ[MARK] = str(server.var)
        _prepare_environment(server.var)
        _make_template(server)
        config.stash[SERVER] = server
        if getattr(config.option, "numprocesses", None) or getattr(config.option, "tx", None):
            return  # the workers, not this process, run the tests
    var = Path(os.environ[MARK])
    _use_own_database(_cluster(var), f"hamrong_{worker['workerid'] if worker else 'one'}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, short ones last, so that no worker is left alone with a long one.

    Each worker begins with its part of all tests, in their order, and who has no more takes from the end of another's:
    therefore a part begins with long ones, and files stay whole, with the fixtures that are made once for each.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    groups = [[item for item in items if _is_of(item, group)] for group in HEAVY]
    light = [item for item in items if not any(_is_of(item, group) for group in HEAVY)]
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        ordered += itertools.chain(*groups[worker::workers])
        room = len(items) * (worker + 1) // workers - len(ordered)
        ordered += light[: max(0, room)]
        del light[: max(0, room)]
    items[:] = [*ordered, *light]


def _is_of(item: pytest.Item, group: Sequence[str]) -> bool:
    return any(item.path.is_relative_to(TESTS / one) for one in group)


def pytest_collection_finish() -> None:
    """What is loaded stays to the end: nobody has to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()


SERVER: pytest.StashKey[Server] = pytest.StashKey()


def _prepare_environment(var: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("HAMRONG_", "DATABASE_")) and name != MARK]:
        del os.environ[name]
    os.environ["VAR"] = str(var)
    os.environ["HAMRONG_LOG_LEVEL"] = "WARNING"
    os.environ["DJANGO_SETTINGS_MODULE"] = "hamrong.site.settings"


def _use_own_database(cluster: postgres.Cluster, name: str) -> None:
    with bootstrap.connect(cluster.url(database="postgres")) as connection:
        bootstrap.make_database(connection, name, template="template")
    os.environ["DATABASE_URL"] = cluster.url(bootstrap.APP, name)
    os.environ["DATABASE_OWNER_URL"] = cluster.url(bootstrap.OWNER, name)
    django.setup()
    settings.HAMRONG_SIGNER = signer.folder() / "socket"
    settings.HAMRONG_PUBLIC = signer.folder() / "public"


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server is not None:
        atexit.unregister(_stop)
        _stop(server)


@pytest.fixture(scope="session")
def cluster() -> postgres.Cluster:
    """The server of the run (`url(role, database)`); a test that kills servers makes one of its own."""
    return _cluster(Path(os.environ[MARK]))


@pytest.fixture(scope="session")
def admin_url(cluster: postgres.Cluster) -> str:
    """This worker's database as the server's administrator."""
    name = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"]
    return cluster.url(database=str(name))


@pytest.fixture
def admin_connection(admin_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(admin_url, autocommit=True, options=WAIT) as connection:
        yield connection


@pytest.fixture
def owner_connection() -> Iterator[psycopg.Connection[Any]]:
    """As the owner of the tables, whom row-level security binds too (FORCE)."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True, options=WAIT) as connection:
        yield connection


@pytest.fixture
def app_connection() -> Iterator[psycopg.Connection[Any]]:
    """As the application's role, outside Django; not in autocommit, so `set_config(…, true)` lasts until commit."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        yield connection


@dataclass(frozen=True)
class Site:
    """A running web server on this worker's database."""

    url: str


def served_environ() -> dict[str, str]:
    """The environment of the processes that serve: this worker's database and signer, without the tables' owner."""
    signer.signing()
    environ = {**os.environ, "HAMRONG_SIGNER": str(signer.folder()), "HAMRONG_PUBLIC": str(settings.HAMRONG_PUBLIC)}
    environ.pop("DATABASE_OWNER_URL")
    return environ


@pytest.fixture(scope="session")
def live_server() -> Iterator[Site]:
    """Granian on a free port, as in production, started once a worker when the first test asks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**served_environ(), "PORT": str(port), "HAMRONG_WORKERS": "1", "HAMRONG_POOL_SIZE": "4"}
    web = Child("the web server", supervisor.web_command(environment.read(environ)), environ)
    web.start()
    try:
        supervisor.wait_until_alive(environment.read(environ), web)
        yield Site(f"http://127.0.0.1:{port}")
    finally:
        web.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium (`CHROMIUM` names another one); `make test` tells how to install it."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert executable, "no Chromium: install it (`apt-get install chromium`), or set CHROMIUM to its path"
    # Playwright's synchronous interface keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: Site) -> Iterator[Page]:
    """A page of its own session: Vietnamese, 390 px wide as on a phone; `page.goto("/…")` works with paths."""
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
