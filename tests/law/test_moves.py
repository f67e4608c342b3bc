"""A changed calendar or leaf proposes exactly the due dates that would move, and changes none of them."""

from datetime import date
from typing import Any

from msgspec import structs

from hamrong.law.calendars import Calendar, Day, calendar, calendar_of, calendars
from hamrong.law.clocks import Event
from hamrong.law.library import shipped
from hamrong.law.moves import Book, Clock, Move, moves
from hamrong.law.shape import Text

from . import leaf

NOW = Book(shipped(), calendar())
CULTURE = Day(date(2026, 11, 24), Text("Ngày Văn hóa Việt Nam", "Viet Nam Culture Day"))


def clock(ref: str, rule: str, start: date, **params: str) -> Clock:
    return Clock(ref, rule, (Event("start", start),), params)


def with_culture_day() -> Calendar:
    tables = calendars()
    return calendar_of({**tables, 2026: structs.replace(tables[2026], days_off=(*tables[2026].days_off, CULTURE))})


def shown(found: Move) -> tuple[str, str, str]:
    assert found.before and found.after
    return found.clock.ref, *(each.legal_day.isoformat() for each in (found.before, found.after))


def test_nothing_moves_under_the_same_law_and_calendar() -> None:
    assert list(moves([clock("a", "kn.accept", date(2026, 11, 20))], NOW, NOW)) == []


def test_a_new_day_off_moves_the_clocks_that_count_it_and_no_other() -> None:
    asked = [
        clock("working days", "kn.accept", date(2026, 11, 20)),
        clock("before it", "kn.accept", date(2026, 11, 2)),
        clock("ends on it", "kn.timebar", date(2026, 8, 26)),
        clock("liberty", "crim.detention.term", date(2026, 9, 26), seriousness="less_serious"),
    ]
    found = list(moves(asked, NOW, Book(shipped(), with_culture_day())))
    assert [shown(each) for each in found] == [
        ("working days", "2026-12-01", "2026-12-02"),
        ("ends on it", "2026-11-24", "2026-11-25"),
    ]
    assert all(each.dates for each in found)


def test_days_that_did_not_count_stay_so_under_another_rule() -> None:
    stopped = (Event("suspend", date(2026, 8, 3), "suspended"), Event("resume", date(2026, 8, 13), "resumed"))
    tree: Any = leaf.source_of("tc.settle").tree
    newest = {**tree["versions"][-1], "term": {**tree["versions"][-1]["term"], "n": 40}}
    longer = Book(leaf.with_tree("tc.settle", {**tree, "versions": [*tree["versions"][:-1], newest]}), calendar())
    asked = [Clock(ref, "tc.settle", (Event("start", date(2026, 7, 20)), *paused), {}) for ref, paused in
             (("plain", ()), ("paused", stopped))]  # fmt: skip
    plain, paused = moves(asked, NOW, longer)
    for before, after in ((plain.before, paused.before), (plain.after, paused.after)):
        assert before is not None and after is not None
        assert (after.strict - before.strict).days == 10


def changed(old: str, new: str) -> Book:
    tree: Any = leaf.source_of("kn.second.send").tree
    version = {**tree["versions"][0], **{old: new}}
    return Book(leaf.with_tree("kn.second.send", {**tree, "versions": [version]}), calendar())


def test_a_clock_that_the_new_law_does_not_cover_is_listed_with_the_reason() -> None:
    (found,) = moves([clock("a", "kn.second.send", date(2026, 3, 2))], NOW, changed("from", "2026-07-01"))
    assert found.after is None
    assert found.before is not None
    assert found.dates
    assert "has no version for 2026-03-02" in found.problem


def test_a_new_doubt_is_listed_though_no_date_moves() -> None:
    new = changed("needs_review_from", "2026-01-01")
    (found,) = moves([clock("a", "kn.second.send", date(2026, 3, 2))], NOW, new)
    assert not found.dates
    assert found.after is not None
    assert found.after.caution is not None
