"""Bytes without a row and rows without an object go; everything else stays; the hour of a file is not kept."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.papers import jobs, keeping
from hamrong.papers.actions import sweeping
from hamrong.papers.models import Attachment
from hamrong.petitions import jobs as petitions_jobs
from hamrong.petitions.queries.lost import lost_files
from tests.papers.test_attachments import PDF, a_report, add, photo, reporter, taken


def keeper(act: str = "attachment.sweep"):
    return as_keeper(act, "sweep-files", datetime.now(UTC))


def lain(number: UUID) -> list[Path]:
    return sorted(settings.HAMRONG_FILES.rglob(f"{number.hex}*"))


def aged(number: UUID, days: int) -> None:
    then = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    for each in lain(number):
        os.utime(each, (then, then))


def written() -> UUID:
    """A file whose row never came: the process was killed between both."""
    number = uuid4()
    keeping.write(number, [PDF], len(PDF), secrets.token_bytes(32), original=True)
    lain(number)[0].with_suffix(".new").write_bytes(b"half")
    return number


def row_count(number: UUID) -> int:
    with acting(keeper()):
        return Attachment.objects.filter(pk=number).count()


def test_bytes_that_no_row_knows_are_deleted_when_they_are_old(admin_connection):
    old, young, kept = written(), written(), add(photo())
    aged(old, 3)
    aged(kept.pk, 3)
    aged(young, 0)
    jobs.sweep(0)
    assert lain(old) == [] and len(lain(young)) == 2 and len(lain(kept.pk)) == 2 and taken(kept)
    told = admin_connection.execute(
        "select count(*) from audit_entry where type = 'attachment.sweep' and subject = 'attachment:swept'"
    ).fetchone()
    assert told[0] >= 1


def test_what_lost_its_bytes_is_counted_and_stays():
    kept = add(PDF)
    lain(kept.pk)[0].unlink()
    swept = sweeping.sweep(by=keeper(), at=datetime.now(UTC))
    assert swept.missing >= 1 and row_count(kept.pk) == 1


def test_files_of_a_petition_that_is_gone_go_with_it():
    grant = reporter()
    gone, case_file = add(PDF, to=a_report(grant.scope), by=grant), add(PDF)
    assert gone.pk in lost_files(keeper()) and case_file.pk not in lost_files(keeper())
    petitions_jobs.drop_files(0)
    assert row_count(gone.pk) == 0 and lain(gone.pk) == []
    assert row_count(case_file.pk) == 1 and lain(case_file.pk)


def test_what_is_not_ours_in_the_folder_is_left_alone():
    other = settings.HAMRONG_FILES / "ab" / "readme.txt"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("x")
    os.utime(other, (0, 0))
    jobs.sweep(0)
    assert other.exists()
    other.unlink()


def test_of_the_hour_of_a_file_only_the_day_is_kept():
    for each in lain(add(photo()).pk):
        assert each.stat().st_mtime % keeping.DAY == 0
