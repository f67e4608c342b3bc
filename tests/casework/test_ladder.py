"""The ladder of alarms as data: which rung is reached when, whom it tells, and what a wrong table is told."""

from datetime import UTC, datetime, timedelta

import pytest

from hamrong.access.roles import roles
from hamrong.casework.ladder import TABLE, ladder, reached, told
from hamrong.law import LawError

END = datetime(2026, 11, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "hours"), [(72.01, None), (72, 72), (24.01, 72), (24, 24), (6, 6), (0.01, 6), (0, 0), (-99, 0)]
)
def test_a_rung_holds_from_its_hour_on(left, hours):
    rung = reached(END, END - timedelta(hours=left))
    assert (rung.hours if rung else None) == hours


def test_every_rung_tells_all_whom_the_ones_before_it_told():
    chief, duty, leader = (frozenset({role}) for role in ("ward-chief", "ward-duty", "province-leader"))
    rungs = ladder().rungs
    assert [told(rung, chief, doer=True, own=True) for rung in rungs] == [True] * 4
    assert [told(rung, chief, doer=False, own=True) for rung in rungs] == [False, True, True, True]
    assert [told(rung, duty, doer=False, own=True) for rung in rungs] == [False, False, True, True]
    assert [told(rung, leader, doer=False, own=False) for rung in rungs] == [False, False, False, True]
    assert [rung.outside for rung in rungs] == [False, False, False, True]
    assert {*ladder().posts.head, *ladder().posts.duty, *ladder().posts.above} <= set(roles())


@pytest.mark.parametrize(("old", "new", "says"), [
    ("hours: 24", "hours: 96", "go down"), ("hours: 0", "hours: 1", "end at 0"),
    ("tells: [duty]", "tells: [press]", "press"), ("outside: true", "inside: true", "inside"),
])  # fmt: skip
def test_a_table_that_says_something_else_is_refused(tmp_path, old, new, says):
    (tmp_path / "ladder.yaml").write_text(TABLE.read_text().replace(old, new))
    with pytest.raises(LawError, match=says):
        ladder(tmp_path / "ladder.yaml")
