"""`hamrong up` as a whole: serves, keeps its data, and leaves nothing behind however it ends."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

import httpx
import psycopg

from hamrong.site import bootstrap, database, environment, keys
from tests.site.running import UP


def app_url(site):
    return database.access(environment.read(site.environ)).app


def test_it_serves_keeps_its_data_and_stops_cleanly(house, free_port):
    assert httpx.get(f"{house.url}/readyz").json()["ready"]
    assert "dangkyxe.samson" in house.words() and "khobienso.tinh" in house.words()
    assert "/bien-so/kho/36-o-to/" in httpx.get(f"{house.url}/bien-so/").text
    with psycopg.connect(app_url(house)) as connection:
        connection.execute("INSERT INTO site_cache VALUES ('mark', 'x', now())")

    second = subprocess.run(
        UP, env={**house.environ, "PORT": str(free_port())}, capture_output=True, text=True, check=False
    )
    assert second.returncode == 3
    assert f"serves it at {house.url}" in second.stderr

    assert house.end(signal.SIGINT) == 0
    assert house.processes() == []
    assert "Stopped." in house.words()

    house.start()
    with psycopg.connect(app_url(house)) as connection:
        assert connection.execute("SELECT value FROM site_cache WHERE cache_key = 'mark'").fetchone() == ("x",)


def test_a_web_server_that_dies_is_started_again(house):
    web = [pid for pid, words in house.processes() if "granian" in words and "hamrong.site.wsgi" in words]
    os.kill(min(web), signal.SIGKILL)
    until = time.monotonic() + 60
    while "starting it again" not in house.words() and time.monotonic() < until:
        time.sleep(0.1)
    answer = None
    while answer is None and time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            answer = httpx.get(f"{house.url}/healthz")
        time.sleep(0.1)
    assert answer is not None and answer.text == "ok\n"


def test_nothing_is_left_of_a_house_whose_supervisor_is_killed(house):
    house.process.kill()
    house.process.wait()
    assert house.gone() == []


def test_a_taken_port_is_said_before_anything_starts(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(site.environ["PORT"])))
        other.listen()
        result = subprocess.run(UP, env=site.environ, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 3
    assert "give another PORT" in result.stderr
    assert not (site.log.parent / "pg").exists()


def test_another_server_is_used_over_tcp_and_a_superuser_only_for_the_roles(house_elsewhere):
    """DATABASE_URL names an administrator, as a new server has: roles are made, the site itself is not that role."""
    site, server = house_elsewhere
    assert httpx.get(f"{site.url}/readyz").json()["ready"]
    with psycopg.connect(server.url()) as connection:
        roles = connection.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'hamrong' AND pid <> pg_backend_pid()"
        ).fetchall()
    assert roles == [("hamrong_app",)]
    assert site.end(signal.SIGTERM) == 0
    assert server.running() is not None


def test_production_serves_over_tls_from_a_server_of_its_own(site, fresh_cluster, certificate):
    """As the engineer sets it up: the database prepared once, real keys, and roles that are not the administrator."""
    access = bootstrap.bootstrap(fresh_cluster.tcp_url(database="postgres"), fresh_cluster.passwords)
    state = Path(site.environ["VAR"]) / "state"
    keys.make(state / "keys", demo=False)
    site.environ |= {
        "VAR": str(state),
        "HAMRONG_PROFILE": "production",
        "DATABASE_URL": access.app,
        "DATABASE_OWNER_URL": access.owner,
        "HAMRONG_TLS": "yes",
        "HAMRONG_TLS_CERTIFICATE": str(certificate[0]),
        "HAMRONG_TLS_KEY": str(certificate[1]),
        "HAMRONG_ALLOWED_HOSTS": "localhost",
    }
    site.url = site.url.replace("http:", "https:")
    site.start()
    with httpx.Client(verify=ssl.create_default_context(cafile=str(certificate[0]))) as visitor:
        answer = visitor.get(f"https://localhost:{site.environ['PORT']}/accounts/login/")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
    assert (state / "static" / "staticfiles.json").is_file()
    assert not (state / "pg").exists()
    assert site.end(signal.SIGTERM) == 0
