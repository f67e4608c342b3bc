"""Rows that are put in at once are the rows that the ORM reads."""

from datetime import date

from django.db import transaction
from django.db.models import Model

from hamrong.access.walls import acting
from hamrong.audit.statements import put
from hamrong.kernel.seal.followup import new_code
from hamrong.sealed.actions.reports import owners, ticket_of
from hamrong.sealed.models import Part, Report
from hamrong.sealed.reporters import reporter
from tests.world import PROVINCE


def stands(row: Model) -> bool:
    """Whether the table has the row as it is."""
    names = [field.attname for field in row._meta.concrete_fields]
    kept = type(row).objects.values(*names).get(pk=row.pk)
    return all(
        (bytes(kept[name]) if isinstance(kept[name], memoryview) else kept[name]) == getattr(row, name)
        for name in names
    )


def test_rows_that_are_put_are_read_as_they_were():
    code = new_code()
    report = Report(
        ticket=ticket_of(code), ward="14797", province=PROVINCE, received_on=date(2026, 11, 27), needed=2, holders=5,
        record=bytes(range(256)), against=b"", redeal=True,
    )  # fmt: skip
    parts = [
        Part(report=report, name=name, sealed=name.encode() * 100, added_on=report.received_on, **owners(report))
        for name in ("chữ", "tệp 'một'", 'tệp "hai"')
    ]
    with acting(reporter(code, "sealed.report")):
        put([])
        for rows in ([report], parts[:1], parts[1:]):
            put(rows)
        assert all(map(stands, [report, *parts]))
        transaction.set_rollback(True)
