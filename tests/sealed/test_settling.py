"""The night after: a copy does not tell any more who came before whom, and everything still opens."""

from datetime import timedelta

from django.utils import timezone

from hamrong.access.actors import Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.sealed.actions import opening, reports, settling
from hamrong.sealed.models import Report
from tests.sealed.room import NAME, a_request, a_told, as_reporter, chief, holders_of, now, place_of, seal

TABLES = ("sealed_report", "sealed_part", "sealed_hand", "sealed_share")


def settle(before):
    by = decide(keeper("sealed.settle", now()), "sealed.settle", Target())
    return settling.settle(by=by, before=before, at=now())


def in_order(admin, table, column, numbers):
    rows = admin.execute(
        f"select {column}, min(xmin::text), min(ctid) from {table} where {column} = any(%s) group by 1", [numbers]
    ).fetchall()
    return [number for number, _, place in sorted(rows, key=lambda row: row[2])], {mark for _, mark, _ in rows}


def test_the_order_of_arrival_is_gone_and_everything_still_opens(admin_connection):
    yesterday = now() - timedelta(days=1)
    made = [seal(at=yesterday) for _ in range(12)]
    numbers = [report.pk for report, _ in made]
    assert len(in_order(admin_connection, "sealed_report", "id", numbers)[1]) == 12
    assert settle(timezone.localdate()) >= 12
    assert settle(timezone.localdate()) == 0
    for table in TABLES:
        found, marks = in_order(admin_connection, table, "id" if table == "sealed_report" else "report_id", numbers)
        assert sorted(found) == sorted(numbers) and found != numbers and len(marks) == 1, table
    report, code = made[0]
    with acting(as_reporter(code, "sealed.follow")):
        mine = Report.objects.get()
        assert list(reports.opened_parts(mine, reports.reporters_key(mine, code))) == ["text"]
    request = a_request(report)
    for holder in holders_of(report)[:2]:
        opening.release(by=holder.may("sealed.answer"), request=request, ring=holder.ring(), at=now())
    plain = opening.open_identity(by=chief().may("sealed.open"), request=request, ring=chief().ring(), at=now())
    assert plain == NAME.encode()


def test_today_is_left_alone_until_tomorrow():
    report, _ = seal()
    settle(timezone.localdate())
    with acting(chief().may("sealed.read")):
        assert not Report.objects.get(pk=report.pk).settled


def test_a_reporters_sealing_leaves_no_entry(admin_connection):
    (before,) = admin_connection.execute("select count(*) from audit_entry").fetchone()
    chief(), holders_of(seal()[0])
    (between,) = admin_connection.execute("select count(*) from audit_entry").fetchone()
    seal()
    (after,) = admin_connection.execute("select count(*) from audit_entry").fetchone()
    assert after == between >= before


def test_a_sealing_at_the_counter_goes_on_record(admin_connection):
    told = a_told(new_code())
    place = place_of(chief())
    report = reports.seal_report(by=chief().may("sealed.report"), told=told, place=place, at=now())
    count = "select count(*) from audit_entry where type = 'sealed.report' and subject = %s"
    assert admin_connection.execute(count, [f"sealed:{report.pk}"]).fetchone() == (1,)
