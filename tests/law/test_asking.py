"""Asking in one line: what each word does to a clock, and which words are refused."""

from datetime import date

import pytest

from hamrong.law.asking import pairs, question, written
from hamrong.law.deadlines import compute
from hamrong.law.library import shipped
from hamrong.law.shape import LawError


def due(rule_id: str, start: str, asked: str) -> str:
    found = question(shipped(), rule_id, written(start), pairs(asked))
    return compute(shipped(), rule_id, found.events, found.params, None, found.as_of).written()[0]


@pytest.mark.parametrize(
    ("rule_id", "start", "asked", "wanted"),
    [
        ("crim.report.settle", "2026-06-03", "total_ext=1", "2026-08-03"),
        ("crim.report.settle", "2026-06-03", "total_ext=1;ext=1", "2026-10-03"),
        ("crim.report.settle", "2026-06-03", "ext=2", "2026-10-03"),
        ("crim.report.settle", "2026-06-03", "ext=by_procuracy", "2026-10-03"),
        ("crim.detention.term", "2018-03-04", "seriousness=less_serious;custody_days=3", "2018-04-29"),
        ("crim.detention.term", "2018-03-04", "seriousness=less_serious;order_end=2018-04-01", "2018-04-01"),
        ("crim.detention.term", "2018-03-04", "seriousness=less_serious;order_end=2018-12-01", "2018-05-02"),
        ("tc.settle", "2026-03-02", "excluded_days=10", "2026-04-11"),
        ("tc.settle", "2026-03-02", "suspended=2026-03-10..2026-03-15,2026-03-12..2026-03-20", "2026-04-11"),
        ("tc.settle", "2026-03-02", "suspended=2026-03-10;as_of=2026-03-20", "2026-04-11"),
    ],
)
def test_a_word_changes_the_date(rule_id: str, start: str, asked: str, wanted: str) -> None:
    assert due(rule_id, start, asked) == wanted


@pytest.mark.parametrize(
    "asked",
    ["ext=3", "total_ext=1;ext=2", "ext=never", "custody_days=3", "excluded_days=ten", "then=2", "a=b", "ext=1;ext=1"],
)
def test_a_word_that_the_rule_cannot_mean_is_refused(asked: str) -> None:
    with pytest.raises(LawError):
        due("crim.report.settle", "2026-06-03", asked)


def test_a_moment_without_offset_is_in_viet_nam_and_a_day_is_a_day() -> None:
    assert written("2026-03-02") == date(2026, 3, 2)
    assert written("2026-03-02T22:30") == written("2026-03-02T15:30+00:00")
