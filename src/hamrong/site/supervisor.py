"""`hamrong up`: database, migrations, demo, web server and job worker, in this order, and back in the other."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from hamrong.site import database, demo_witnesses, locks
from hamrong.site.bootstrap import Access
from hamrong.site.children import Child, Rest
from hamrong.site.environment import Environment
from hamrong.site.migration import migrate
from hamrong.site.postgres import PostgresProblem
from hamrong.site.preparation import NotPrepared, prepare

Echo = Callable[[str], None]
START_LIMIT: Final = 120.0
COMMAND: Final = (sys.executable, "-m", "hamrong.site.cli")


class StartProblem(Exception):
    """The site cannot start; the text says why."""


class _Stop(BaseException):
    """Ctrl-C or a polite request to end: not an error, and nothing may swallow it."""


def up(env: Environment, echo: Echo) -> None:
    """Serve until SIGINT or SIGTERM, then stop everything; returns when all of it has ended."""
    with _signals(), _alone(env):
        try:
            _check_port(env)
            began = time.monotonic()
            if not env.database_url:
                echo(f"Starting the embedded PostgreSQL in {env.var} …")
            with database.held(env) as held:
                environ = _environment(held.access)
                sign_ins = _prepare(env, held.access, environ, echo)
                with _serving(env, environ, echo) as children:
                    took = time.monotonic() - began
                    echo(f"\nHàm Rồng answers at {address(env)} (ready in {took:.1f} s). Ctrl-C stops it.")
                    echo(sign_ins)
                    _watch(children, held, echo)
        except _Stop:
            echo("Stopped.")


def _environment(access: Access) -> dict[str, str]:
    """Of the children: the processes that serve have no business with the owner of the tables."""
    environ = {**os.environ, "DATABASE_URL": access.app, "DJANGO_SETTINGS_MODULE": "hamrong.site.settings"}
    environ.pop("DATABASE_OWNER_URL", None)
    return environ


def _prepare(env: Environment, access: Access, environ: dict[str, str], echo: Echo) -> str:
    """Tables, checks, demo, static files; how to sign in to the demo, '' without one."""
    if access.owner:
        echo("Migrating …")
        migrate(access, quiet=True)
    try:
        sign_ins = prepare(environ, demo=env.demo)
    except NotPrepared as error:
        raise StartProblem(str(error)) from error
    if not env.demo:
        subprocess.run([sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"], env=environ, check=True)
    return sign_ins


@contextmanager
def _serving(env: Environment, environ: dict[str, str], echo: Echo) -> Iterator[list[Child]]:
    """Every process of the site, started; the web server answers."""
    web = Child("the web server", web_command(env), environ)
    children = [
        *_demo_witnesses(env, environ),
        web,
        Child("the signer", [*COMMAND, "signer"], environ),
        Child("the sequencer", [*COMMAND, "sequencer"], environ),
        Child("the job worker", [*COMMAND, "jobs", "worker"], environ),
    ]
    try:
        for child in children:
            child.start()
        wait_until_alive(env, web)
        yield children
    finally:
        echo("\nStopping …")
        for child in children:
            child.stop()


def _demo_witnesses(env: Environment, environ: dict[str, str]) -> list[Child]:
    if not env.demo:
        return []
    command, doors = demo_witnesses.prepare(env)
    return [Child("the demo's witnesses", command, environ, handed=doors)]


def web_command(env: Environment) -> list[str]:
    """The web server's command line: Granian, WSGI, processes × threads of the settings."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--host", env.host, "--port", str(env.port)]
    command += ["--workers", str(env.workers), "--blocking-threads", str(env.threads)]
    if env.tls_certificate and env.tls_key:
        command += ["--ssl-certificate", str(env.tls_certificate), "--ssl-keyfile", str(env.tls_key)]
    return [*command, "hamrong.site.wsgi:application"]


def address(env: Environment) -> str:
    """What a person types into the browser."""
    scheme = "https" if env.tls_certificate else "http"
    host = "127.0.0.1" if env.host in {"0.0.0.0", "::"} else env.host
    return f"{scheme}://{host}:{env.port}"


def _watch(children: list[Child], held: database.Held, echo: Echo) -> None:
    """Start again what dies, for ever: whoever sleeps beside this must not have to get up for a short outage."""
    rest, due = Rest(), 0.0
    while True:
        time.sleep(0.2)
        if time.monotonic() >= due:
            try:
                if held.revive():
                    echo("the database had ended; it runs again")
                    for child in children:
                        child.hurry()
            except PostgresProblem as problem:
                wait = rest.after(time.monotonic())
                due = time.monotonic() + wait
                echo(f"the database ended and does not start ({problem}); trying again in {wait:.0f} s")
        for child in children:
            _tend(child, echo)


def _tend(child: Child, echo: Echo) -> None:
    if child.due is not None:
        child.wake()
    elif (code := child.ended()) is not None:
        wait = child.lay_down()
        echo(f"{child.name} ended with code {code}; starting it again{f' in {wait:.0f} s' if wait else ''}")


def wait_until_alive(env: Environment, web: Child) -> None:
    """Return when the web server answers; StartProblem when it ends before, or takes longer than START_LIMIT."""
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        if web.ended() is not None:
            raise StartProblem("the web server ended while it started: see its words above")
        if _answers(env):
            return
        time.sleep(0.05)
    raise StartProblem(f"the web server did not answer within {START_LIMIT:.0f} seconds")


def _answers(env: Environment) -> bool:
    """Whether the application answers at our address; any status will do."""
    host = "127.0.0.1" if env.host == "0.0.0.0" else "::1" if env.host == "::" else env.host
    client: http.client.HTTPConnection
    if env.tls_certificate:
        context = ssl._create_unverified_context()  # our own door: the certificate bears another name
        client = http.client.HTTPSConnection(host, env.port, timeout=5, context=context)
    else:
        client = http.client.HTTPConnection(host, env.port, timeout=5)
    try:
        client.request("GET", "/healthz")
        return client.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def _check_port(env: Environment) -> None:
    with socket.socket(socket.AF_INET6 if ":" in env.host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((env.host, env.port))
        except OSError as error:
            raise StartProblem(f"{env.host}:{env.port} cannot be used ({error.strerror}): give another PORT") from error


@contextmanager
def _alone(env: Environment) -> Iterator[None]:
    note = f"process {os.getpid()} serves it at {address(env)}"
    try:
        lock = locks.hold(env.var / "up.lock", note)
    except locks.Held as error:
        raise PostgresProblem(f"{env.var} is in use: {error}. Stop that one, or give another VAR") from error
    with lock:
        yield


@contextmanager
def _signals() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        # A second Ctrl-C of an impatient hand must not interrupt the stopping.
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise _Stop

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
