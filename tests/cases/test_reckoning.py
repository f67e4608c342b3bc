"""Nothing moves silently: a changed calendar gives a list, and only what somebody signs is kept."""

from hamrong.access.walls import acting
from hamrong.cases.actions.reckoning import adopt, moved
from hamrong.cases.models import Clock
from hamrong.law import deadline
from tests.cases.course import FIRST, a_case, of_province
from tests.world import NOW, timedelta


def test_with_nothing_changed_no_clock_differs_from_what_the_facts_say():
    a_case()
    assert list(moved(by=of_province("test.reckon"), at=NOW)) == []


def test_a_date_that_is_not_what_the_law_says_is_listed_and_kept_anew_only_when_signed():
    case, order = a_case(), of_province("test.reckon")
    right = deadline(FIRST, NOW).legal
    with acting(order):
        Clock.objects.filter(case=case).update(legal=right + timedelta(days=1))
    (change,) = [one for one in moved(by=order, at=NOW) if one.case == case.pk]
    assert change.legal == (right + timedelta(days=1), right) and change.rule == FIRST
    with acting(order):
        assert Clock.objects.get(case=case).legal == right + timedelta(days=1)
    assert adopt(by=order, changes=[change], document="1/QĐ", at=NOW) == 1
    with acting(order):
        assert Clock.objects.get(case=case).legal == right
