"""The deadlines of a night, seen from a moment."""

from datetime import datetime

import pytest

from hamrong.law import VIETNAM
from hamrong.lodging.nights import coming_deadline


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-26T08:00", "2026-11-26T23:00"),
        ("2026-11-26T22:59", "2026-11-26T23:00"),
        ("2026-11-26T23:01", "2026-11-27T08:00"),
        ("2026-11-27T00:48", "2026-11-27T08:00"),
        ("2026-11-27T07:59", "2026-11-27T08:00"),
    ],
)
def test_whoever_reads_a_deadline_is_told_one_that_can_still_be_kept(now, due):
    found = coming_deadline(datetime.fromisoformat(now).replace(tzinfo=VIETNAM)).legal
    assert found == datetime.fromisoformat(due).replace(tzinfo=VIETNAM)
