"""Quarters as the public is told of them: published once, small numbers hidden, never changed again."""

import csv
from datetime import date, timedelta
from functools import cache
from io import StringIO

import psycopg
import pytest

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.petitions.actions.publishing import publish
from hamrong.petitions.models import KINDS, Petition, Published
from hamrong.petitions.reports import before, period_of
from hamrong.petitions.statistics import GRACE, GROUPS, closed, code_of_day
from hamrong.petitions.suppression import LEAST, TOTAL
from tests.entrances import browser
from tests.petitions.senders import WARD, at_the_counter, now, today
from tests.world import PROVINCE

LAST = period_of("quarter", period_of("quarter", today()).first - timedelta(days=GRACE.days + 100))


@cache
def counted() -> tuple[Published, dict[str, int]]:
    """(a quarter that nobody published before, with thirteen petitions more; how many of each kind it had then)."""
    by, quarter = as_keeper("petition.publish", "publish-quarters", now()), LAST
    while Published.objects.filter(first=quarter.first).exists():
        quarter = before(quarter)
    for _ in range(12):
        at_the_counter(received_on=quarter.first + timedelta(days=5))
    at_the_counter(kind="reflection", received_on=quarter.first + timedelta(days=6))
    with acting(by):
        rows = Petition.objects.filter(received_on__range=(quarter.first, quarter.last))
        kinds = {kind: rows.filter(kind=kind).count() for kind in KINDS}
    assert publish(by=by, at=now()) >= 1
    return Published.objects.get(first=quarter.first), kinds


def made() -> Published:
    """That quarter."""
    return counted()[0]


def numbers(one: Published, group: str) -> dict:
    return {(table, row, column): many for table, row, column, many in one.groups[group]}


def test_a_quarter_is_published_once_with_what_came_in():
    one, kinds = counted()
    assert publish(by=as_keeper("petition.publish", "publish-quarters", now()), at=now()) == 0
    told = numbers(one, "received")
    for kind, many in kinds.items():
        assert told["", TOTAL, kind] in ({None} if many < LEAST else {None, many})
    assert any(many is not None for many in told.values())
    for group in GROUPS:
        assert not [many for many in numbers(one, group.name).values() if many is not None and many < LEAST]


def test_what_is_published_stays_whoever_asks(admin_connection):
    one = made()
    for statement in ("update petitions_published set least = 1 where id = %s",
                      "delete from petitions_published where id = %s"):  # fmt: skip
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            admin_connection.execute(statement, [one.pk])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        admin_connection.execute("truncate petitions_published")


def test_every_unit_is_a_row_whether_or_not_it_has_petitions():
    units = {row for table, row, _column in numbers(made(), "received") if table == "unit"}
    assert {WARD, PROVINCE, "other"} <= units and len(units) > 100


def test_anybody_reads_a_quarter_and_takes_it_as_csv():
    one = made()
    page = browser().get(f"/so-lieu-don/{code_of_day(one.last)}/").content.decode()
    assert "Đơn nhận, theo cách đơn đến" in page and "ẩn" in page and "Tải CSV" in page
    english = browser().get(f"/so-lieu-don/{code_of_day(one.last)}/?lang=en")
    assert "hidden" in english.content.decode() and not english.cookies
    file = browser().get(f"/so-lieu-don/{code_of_day(one.last)}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(file)))
    told = numbers(one, "received")
    assert {row["count"] for row in rows if row["table"] == "received"} == {
        "" if many is None else str(many) for many in told.values()
    }
    assert browser().get("/so-lieu-don/1899-1/").status_code == 404
    assert f"/so-lieu-don/{code_of_day(one.last)}/" in browser().get("/so-lieu-don/").content.decode()


def test_tables_in_which_every_number_is_hidden_are_named_in_a_sentence():
    one = made()
    assert all(many is None for many in numbers(one, "settled").values())
    page = browser().get(f"/so-lieu-don/{code_of_day(one.last)}/").content.decode()
    named = page.split("Mọi số của những bảng này đều được ẩn:")[1]
    assert "đúng hạn hay quá hạn" in named and "<caption>Vụ việc giải quyết xong" not in page


def test_a_quarter_is_published_after_its_grace_and_not_before():
    first = date(2026, 2, 3)
    end = date(2026, 9, 30)
    assert [code_of_day(one.last) for one in closed(end + GRACE, first)] == ["2026-1", "2026-2"]
    assert [code_of_day(one.last) for one in closed(end + GRACE + timedelta(days=1), first)] == [
        "2026-1", "2026-2", "2026-3"
    ]  # fmt: skip
