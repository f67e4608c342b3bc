"""The database goes away and comes back: pages say so meanwhile, and everything works again without anybody's hand."""

import contextlib
import os
import signal
import time

import httpx
import psycopg

from hamrong.site import database, environment

ASKED = {"Authorization": "Bearer hr_0123456789_nobody"}
SIGN_IN = "/accounts/login/"
WORKER = """
insert into procrastinate_jobs (queue_name, task_name, args) values ('housekeeping', 'lodging.fold', '{"timestamp": 0}')
returning id
"""


def until(told, true, seconds=120.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, told
        time.sleep(0.2)


def status(site, path, **headers):
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(site.url + path, headers=headers, timeout=20).status_code
    return None


def everything_works(site, url, since):
    """Pages, the interface, the job worker and the log of audit; each by what it does, not by being there."""
    until("pages answer", lambda: status(site, SIGN_IN) == 200)
    until("the interface answers", lambda: status(site, "/api/v1/establishments/SS-0001", **ASKED) == 401)
    until("it calls itself ready", lambda: status(site, "/readyz") == 200)
    with psycopg.connect(url, autocommit=True) as db:
        job = db.execute(WORKER).fetchone()
        done = "select 1 from procrastinate_jobs where id = %s and status = 'succeeded'"
        until("the job worker works", lambda: db.execute(done, job).fetchone())
        until("the sequencer leads", lambda: "leads record" in site.words()[since:])


def test_an_embedded_server_that_dies_is_started_again(house):
    since = len(house.words())
    cluster = database.embedded(environment.read(house.environ))
    os.kill(cluster.running(), signal.SIGKILL)
    until("it is started again", lambda: "the database had ended; it runs again" in house.words())
    everything_works(house, database.access(environment.read(house.environ)).app, since)
    assert "Traceback" not in house.words()
    assert house.end(signal.SIGTERM) == 0
    assert house.processes() == []


def test_a_server_elsewhere_may_be_away_for_longer(house_elsewhere):
    site, server = house_elsewhere
    assert status(site, SIGN_IN) == 200
    since = len(site.words())
    server.kill9()
    until("children die of it", lambda: site.words().count("the sequencer ended") >= 3)

    with httpx.Client(base_url=site.url, headers={"Accept-Language": "vi"}, timeout=20) as visitor:
        visitor.get(SIGN_IN)  # needs no database
        typed = {"login": "x", "password": "y", "csrfmiddlewaretoken": visitor.cookies["csrftoken"]}
        page = visitor.post(SIGN_IN, data=typed)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "Hệ thống tạm thời không phục vụ" in page.text
    told = httpx.get(site.url + "/api/v1/establishments/SS-0001", headers=ASKED, timeout=20)
    assert (told.status_code, told.headers["Content-Type"]) == (503, "application/problem+json")
    assert told.json()["code"] == "unavailable"
    assert told.headers["Retry-After"]
    assert httpx.get(site.url + "/healthz").status_code == 200
    ready = httpx.get(site.url + "/readyz", timeout=20)
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    assert site.process.poll() is None

    server.start()
    everything_works(site, server.url(), since)
    assert "Traceback" not in site.words()
    assert site.end(signal.SIGTERM) == 0
