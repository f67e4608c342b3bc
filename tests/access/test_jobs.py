"""The nightly work on the record: details go when their time is over, and the record is still found intact."""

import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from hamrong.access import jobs
from hamrong.access.upkeep import as_keeper, check_record
from hamrong.access.walls import acting
from hamrong.audit.models import Detail
from hamrong.audit.record import Act, record


def an_old_stream(years: int) -> str:
    """A stream of two entries about somebody, one so many years old and one of now."""
    now, stream = datetime.now(UTC), f"test:{secrets.token_hex(6)}"
    for at in (now - timedelta(days=365 * years + years), now):
        with transaction.atomic():
            record(Act("stay.open", "person:1", stream, "stay:1", "", "", at, {"name": "Trần Văn Khách"}))
    return stream


def details_of(stream: str) -> int:
    with acting(as_keeper("audit.erase", "erase-details", datetime.now(UTC))):
        return Detail.objects.filter(entry__stream=stream).count()


def hamrong(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hamrong.site.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_nightly_job_erases_old_details_and_the_chain_still_verifies() -> None:
    old, young = an_old_stream(4), an_old_stream(2)
    jobs.erase_details(0)
    assert (details_of(old), details_of(young)) == (1, 2)
    report = check_record(old, datetime.now(UTC))
    assert (report.entries, report.erased, report.bad) == (2, 1, None)


def test_it_is_among_the_jobs_of_every_night() -> None:
    periodic = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert periodic["access.erase_details"] == "40 3 * * *"


def test_the_purge_by_hand_counts_then_erases_and_the_record_verifies() -> None:
    stream = an_old_stream(5)
    counted = dict(line.split() for line in hamrong("jobs", "purge", "--dry-run").stdout.splitlines())
    assert int(counted["audit_details"]) >= 1
    assert details_of(stream) == 2
    done = hamrong("jobs", "purge")
    assert done.returncode == 0, done.stderr
    assert int(dict(line.split() for line in done.stdout.splitlines())["audit_details"]) >= 1
    assert details_of(stream) == 1
    verified = hamrong("audit", "verify", "--stream", stream)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "details of 1 erased" in verified.stdout
