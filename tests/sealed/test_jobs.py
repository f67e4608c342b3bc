"""The nightly job is known to the queue, and shuffles what came in before today."""

from datetime import timedelta

from procrastinate.contrib.django import app

from hamrong.access.walls import acting
from hamrong.sealed import jobs
from hamrong.sealed.models import Report
from tests.sealed.room import chief, now, seal


def test_every_night_yesterdays_reports_are_shuffled(admin_connection):
    assert jobs.settle.name in app.tasks
    assert any(task.task.name == jobs.settle.name for task in app.periodic_registry.periodic_tasks.values())
    old, _ = seal(at=now() - timedelta(days=1))
    today, _ = seal()
    jobs.settle(0)
    with acting(chief().may("sealed.read")):
        assert Report.objects.get(pk=old.pk).settled and not Report.objects.get(pk=today.pk).settled
    (entries,) = admin_connection.execute(
        "select count(*) from audit_entry where subject = 'sealed:settled'"
    ).fetchone()
    assert entries
