"""Nothing moves silently: a changed calendar gives a list, and only what somebody signs is kept."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.cases.actions.joining import split
from hamrong.cases.actions.reckoning import Moved, adopt, confirm, moved, of_before
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries import visible
from hamrong.law import VIETNAM, calendar, calendars, deadline, deadlines
from hamrong.law.calendars import Calendar, Day, calendar_of
from hamrong.law.shape import Text
from tests.cases.course import a_case, an_open_case, by, of_province, told
from tests.cases.trial import FIRST, SECOND
from tests.law import leaf
from tests.world import NOW


@pytest.fixture
def holidays(monkeypatch):
    """A function that makes the next two weeks days off, as late news does."""
    return lambda: _come(monkeypatch)


def _come(monkeypatch) -> Calendar:
    tables, first = calendars(), NOW.astimezone(VIETNAM).date()
    days = [first + timedelta(days=n) for n in range(1, 15)]
    off = sorted(
        {each.day: each for each in tables[first.year].days_off}
        | {day: Day(day, Text("Nghỉ", "Off")) for day in days if day.weekday() < 5}
    )
    words = [Day(day, Text("Nghỉ", "Off")) for day in off]
    changed = calendar_of({**tables, first.year: structs.replace(tables[first.year], days_off=tuple(words))})
    monkeypatch.setattr(deadlines, "shipped_calendar", lambda: changed)
    monkeypatch.setattr(visible, "calendar", lambda: changed)
    return changed


def kept(case: Case) -> dict[str, Clock]:
    with acting(of_province("test.reckon")):
        return {each.rule: each for each in Clock.objects.filter(case=case)}


def listed(case: Case) -> list[Moved]:
    return [one for one in moved(by=of_province("test.reckon"), at=NOW) if one.of == case.pk]


def test_with_nothing_changed_no_clock_differs_from_what_the_facts_say():
    assert listed(a_case()) == listed(an_open_case()) == []


def test_a_date_that_is_not_what_the_law_says_is_listed_and_kept_anew_only_when_signed():
    case, order = a_case(), of_province("test.reckon")
    right = deadline(FIRST, NOW).legal
    with acting(order):
        Clock.objects.filter(case=case).update(legal=right + timedelta(days=1))
    (change,) = listed(case)
    assert change.legal == (right + timedelta(days=1), right) and change.rule == FIRST
    assert kept(case)[FIRST].legal == right + timedelta(days=1)
    assert adopt(by=order, changes=[change], document="1/QĐ", at=NOW) == 1
    assert kept(case)[FIRST].legal == right


def test_a_step_moves_the_clocks_that_it_touches_and_no_other(holidays):
    case = an_open_case()
    before = kept(case)[SECOND]
    holidays()
    paused = take(by=by("test.pause"), case=case, revision=2, told=told(document="1/QĐ"), at=NOW)
    assert isinstance(paused, Case)
    after = kept(case)[SECOND]
    assert (after.strict, after.legal, after.calendar) == (before.strict, before.legal, before.calendar)
    (change,) = listed(case)
    assert change.rule == SECOND and change.legal[0] == before.legal and change.legal[1] > before.legal
    with acting(of_province("test.reckon")) as order:
        before_today = visible.of_before(visible.clocks(order).filter(state="running"))
        assert [each.case_id for each in before_today.filter(case=case)] == [case.pk] and of_before(order) >= 1


def test_a_case_that_is_split_off_keeps_the_dates_of_the_first(holidays):
    case = an_open_case()
    holidays()
    new = split(by=by("test.accept"), case=case, revision=2, told=Told(NOW, "Hai việc"), at=NOW)
    assert isinstance(new, Case)
    dates = [{rule: (c.state, c.strict, c.legal, c.law_version, c.calendar) for rule, c in kept(each).items()}
             for each in (case, new)]  # fmt: skip
    assert dates[0] == dates[1] and len(dates[0]) == 2


def test_the_night_marks_what_stands_and_leaves_what_would_move(holidays, admin_connection):
    still, moves = a_case(at=NOW - timedelta(days=60)), an_open_case()
    before = kept(moves)[SECOND]
    changed = holidays()
    assert confirm(by=as_keeper("case.confirm", "test", NOW), at=NOW) >= 1
    assert kept(still)[FIRST].calendar == changed.hash != calendar().hash
    after = kept(moves)[SECOND]
    assert (after.legal, after.calendar) == (before.legal, calendar().hash)
    (told_of,) = admin_connection.execute(
        "select d.details from audit_entry e join audit_detail d on d.entry_id = e.id"
        " where e.subject = 'cases:clocks' order by e.at desc, e.stream_seq desc limit 1"
    ).fetchone()
    assert "would_move" in str(told_of)


def test_a_clock_for_which_the_law_has_no_date_any_more_is_listed_and_stays(monkeypatch):
    case = a_case()
    before = kept(case)[FIRST]
    tree = leaf.source_of(FIRST).tree
    version = {**tree["versions"][-1], "from": f"{date.today() + timedelta(days=900)}"}
    monkeypatch.setattr(deadlines, "shipped", lambda: leaf.with_tree(FIRST, {**tree, "versions": [version]}))
    (change,) = listed(case)
    assert change.legal == (before.legal, None) and "has no version" in change.problem and "?" in change.written()
    assert adopt(by=of_province("test.reckon"), changes=[change], document="1/QĐ", at=NOW) == 0
    assert kept(case)[FIRST].legal == before.legal
