"""The two answers that a supervisor relies on, from a real server."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import RequestFactory

from hamrong.access.walls import acting
from hamrong.audit import logs
from hamrong.audit.record import Act, record
from hamrong.site.health import ready
from hamrong.site.sequencer import granted
from tests import signer


def test_a_running_site_is_alive_and_ready(live_server):
    assert httpx.get(f"{live_server.url}/healthz").text == "ok\n"
    answer = httpx.get(f"{live_server.url}/readyz")
    told = answer.json()
    behind = told.pop("behind")
    assert (answer.status_code, told) == (
        200,
        {"ready": True, "database": True, "migrations": True, "queue": True, "clock": True},
    )
    assert behind.keys() == {
        "signer", "sequencer", "sealer", "waiting", "oldest_waiting", "unsigned", "checkpoint_age",
    }  # fmt: skip


def test_a_database_without_tables_is_told_from_one_that_is_away():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = nowhere")
        answer = ready(RequestFactory().get("/readyz"))
    assert answer.status_code == 503
    assert json.loads(answer.content) == {
        "ready": False, "database": True, "migrations": False, "queue": False, "clock": True, "behind": None,
    }  # fmt: skip


def behind(live_server):
    answer = httpx.get(f"{live_server.url}/readyz")
    assert answer.status_code == 200, "pages work without the processes behind them"
    return answer.json()["behind"]


def test_it_tells_whether_somebody_orders_the_record_and_draws(live_server, admin_connection):
    assert (behind(live_server)["sequencer"], behind(live_server)["sealer"]) == (False, False)
    admin_connection.execute("select audit_lead('plates')")
    assert (behind(live_server)["sequencer"], behind(live_server)["sealer"]) == (False, True)
    admin_connection.execute("select audit_lead('record')")
    assert behind(live_server)["sequencer"]


def test_it_tells_how_far_the_log_lags(live_server):
    at = datetime.now(UTC) - timedelta(minutes=5)
    before = behind(live_server)["waiting"]
    with transaction.atomic():
        record(Act("stay.open", "person:1", f"test:{secrets.token_hex(6)}", "stay:1", "", "", at, {}))
    told = behind(live_server)
    assert told["waiting"] == before + 1
    assert told["oldest_waiting"] >= 300
    with acting(granted("log.sequence")):
        while logs.sequence():
            pass
    told = behind(live_server)
    assert (told["waiting"], told["oldest_waiting"]) == (0, None)
    assert told["unsigned"] > 0
    with acting(granted("log.sequence")):
        logs.certify(logs.RECORD, signer.signing(), datetime.now(UTC))
    told = behind(live_server)
    assert (told["unsigned"], told["signer"]) == (0, True)
    assert 0 <= told["checkpoint_age"] < 60


def test_a_signer_that_does_not_answer_is_told_and_pages_stay_ready(settings_of_signer):
    told = ready(RequestFactory().get("/readyz"))
    assert (told.status_code, json.loads(told.content)["behind"]["signer"]) == (200, False)


@pytest.fixture
def settings_of_signer(tmp_path):
    """No socket where the signer should be."""
    before, settings.HAMRONG_SIGNER = settings.HAMRONG_SIGNER, tmp_path / "socket"
    yield
    settings.HAMRONG_SIGNER = before


def test_a_browser_sees_the_answer(page):
    page.goto("/healthz")
    assert page.text_content("body") == "ok\n"
