"""Figures for the board are what the reports count, month by month and unit by unit."""

from hamrong.access.walls import acting
from hamrong.petitions.figures import MONTHS, figures
from hamrong.petitions.queries.counting import by_unit, counted
from hamrong.petitions.reports import period_of
from tests.petitions.senders import WARD, now, today
from tests.petitions.test_counting import made
from tests.petitions.way import by

NAMES = ("received", "settled", "settled_in_time", "pending", "pending_overdue")


def test_every_month_is_what_its_report_counts():
    made()
    with acting(by("petition.count", "province-leader")) as grant:
        told = figures(grant, now())
        assert len(told.months) == MONTHS and told.month.first == today().replace(day=1)
        for month in told.months:
            found = counted(grant, period_of("month", month.first))
            total = {name: sum(found[name].values()) for name in NAMES}
            assert (month.received, month.settled, month.in_time) == (
                total["received"], total["settled"], total["settled_in_time"]
            )  # fmt: skip
        assert (told.pending, told.overdue) == (total["pending"], total["pending_overdue"])
    assert any(month.settled > month.in_time > 0 for month in told.months)
    assert told.in_time_share is None or 0 <= told.in_time_share <= 1


def test_units_stand_with_what_they_have_the_most_overdue_first():
    made()
    with acting(by("petition.count", "province-leader")) as grant:
        told = figures(grant, now())
        units = by_unit(grant, period_of("month", today()), NAMES)
    assert {one.code: (one.received, one.settled, one.in_time, one.pending, one.overdue) for one in told.units} == {
        code: tuple(counts[name] for name in NAMES) for code, counts in units.items()
    }
    late = [one.overdue for one in told.units]
    assert WARD in units and late == sorted(late, reverse=True)
