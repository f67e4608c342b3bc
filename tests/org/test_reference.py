"""`sync` brings the tables to the files, changes nothing twice and repairs what drifted."""

import time

from hamrong.org import records
from hamrong.org.models import Area, AreaSuccessor, Unit
from hamrong.org.reference import Counts, sync


def test_the_migrated_database_holds_every_record() -> None:
    assert set(Area.objects.values_list("id", flat=True)) >= {area.id for area in records.areas()}
    assert AreaSuccessor.objects.count() == len(records.successions())
    assert set(Unit.objects.values_list("code", flat=True)) >= {unit.code for unit in records.units()}


def test_a_second_sync_changes_nothing_and_is_quick() -> None:
    start = time.perf_counter()
    assert sync() == Counts(areas=0, successors=0, units=0)
    assert time.perf_counter() - start < 2


def test_sync_repairs_what_drifted() -> None:
    Area.objects.filter(id="38-16531-2025-07-01").update(name="Sai", search_key="sai")
    Unit.objects.filter(code="16531").update(name="Sai")
    AreaSuccessor.objects.filter(before_id="38-16528").delete()
    AreaSuccessor.objects.filter(before_id="38-16531").update(resolution="sai")
    assert sync() == Counts(areas=1, successors=3, units=1)
    assert Area.objects.get(id="38-16531-2025-07-01").search_key == "sam son"
    assert Unit.objects.get(code="16531").name == "Công an phường Sầm Sơn"
    assert sync() == Counts(areas=0, successors=0, units=0)


def test_sync_removes_a_succession_that_the_files_do_not_have() -> None:
    AreaSuccessor.objects.create(
        before_id="38-16531", after_id="38-16093-2025-07-01", partial=False, resolution="sai", on="2025-07-01"
    )
    assert sync() == Counts(areas=0, successors=1, units=0)
