"""Decision tables answer exactly once, cases cover the whole day, and what cannot be counted is refused."""

from pathlib import Path

import pytest

from hamrong.law.library import load
from hamrong.law.plans import seconds
from hamrong.law.shape import LawError

from . import leaf

AREA = "side: agency\nparams: {area: {title: {vi: V, en: A}, values: {near: {vi: g, en: n}, far: {vi: x, en: f}}}}"
TERM = "  term: {n: 5, unit: hour, count: hour}\n"
FIVE = "{n: 5, unit: hour, count: hour}"
NEAR = "  - {when: {area: near}, term: {n: 5, unit: hour, count: hour}}\n"
FAR = "  - {when: {area: far}, term: {n: 9, unit: hour, count: hour}}\n"
ANY = "  - {when: {}, term: {n: 7, unit: hour, count: hour}}\n"
SAYS = "says: {vi: v, en: e}"
DAY = "strict: {day: same, at: '24:00'}, legal: {day: same, at: '24:00'}"


def refusal(tmp_path: Path, *changes: tuple[str, str]) -> str:
    with pytest.raises(LawError) as refused:
        leaf.small(tmp_path, *changes)
    return str(refused.value).removeprefix(str(tmp_path / "demo" / "term.yaml"))


def table(*rows: str) -> tuple[tuple[str, str], ...]:
    return ("side: agency", AREA), (TERM, "  table:\n" + "".join(rows))


def cases(*rows: str) -> tuple[tuple[str, str], ...]:
    return ("kind: limit", "kind: wallclock"), (TERM, "  cases:\n" + "".join(f"  - {{{row}}}\n" for row in rows))


def test_a_complete_table_answers_each_value(tmp_path: Path) -> None:
    plan = leaf.small(tmp_path, *table(NEAR, FAR)).plans["demo.term"][0]
    assert set(plan.branches) == {("near",), ("far",)}


def test_a_row_that_leaves_out_a_parameter_stands_for_each_of_its_values(tmp_path: Path) -> None:
    assert set(leaf.small(tmp_path, *table(ANY)).plans["demo.term"][0].branches) == {("near",), ("far",)}


def test_a_value_that_no_row_answers_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, *table(NEAR)) == ":13: 0 rows answer {'area': 'far'}: exactly one must"


def test_a_value_that_two_rows_answer_is_refused_on_the_second(tmp_path: Path) -> None:
    assert refusal(tmp_path, *table(NEAR, FAR, ANY)) == ":16: 2 rows answer {'area': 'near'}: exactly one must"


def test_a_row_for_an_unknown_value_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, *table(NEAR, FAR.replace("far", "away"))).startswith(":15: area: away is not among")


def test_a_table_without_params_is_refused(tmp_path: Path) -> None:
    assert "counted by ['term']" in refusal(tmp_path, (TERM, "  table:\n" + ANY))


def test_params_without_a_table_are_refused(tmp_path: Path) -> None:
    assert "counted by ['table']" in refusal(tmp_path, ("side: agency", AREA))


def test_a_limit_with_both_term_and_cases_is_refused(tmp_path: Path) -> None:
    extra = f"  cases:\n  - {{from: '00:00', before: '24:00', {SAYS}, {DAY}}}\n"
    assert "not by ['term', 'cases']" in refusal(tmp_path, (TERM, TERM + extra))


def test_a_wallclock_rule_takes_no_params(tmp_path: Path) -> None:
    rows = cases(f"from: '00:00', before: '24:00', {SAYS}, {DAY}")
    assert "a rule of this kind takes no params" in refusal(tmp_path, ("side: agency", AREA), *rows)


@pytest.mark.parametrize(
    ("borders", "line", "reason"),
    [
        ([("00:00", "12:00"), ("13:00", "24:00")], 14, "gap or overlap at 13:00"),
        ([("00:00", "12:00"), ("11:00", "24:00")], 14, "gap or overlap at 11:00"),
        ([("08:00", "24:00")], 13, "gap or overlap at 08:00"),
        ([("00:00", "00:00"), ("00:00", "24:00")], 13, "gap or overlap at 00:00"),
        ([("00:00", "23:59")], 12, "the cases end before 24:00"),
    ],
)
def test_cases_that_do_not_cover_the_day_once_are_refused(
    tmp_path: Path, borders: list[tuple[str, str]], line: int, reason: str
) -> None:
    said = refusal(tmp_path, *cases(*(f"from: '{start}', before: '{end}', {SAYS}, {DAY}" for start, end in borders)))
    assert said.startswith(f":{line}: ")
    assert reason in said


@pytest.mark.parametrize(
    ("strict", "legal"),
    [
        ("{day: same, at: '23:00'}", "{day: next, at: '08:00'}"),
        ("{day: next, at: '08:00'}", "{day: same, at: '24:00'}"),
    ],
)
def test_a_case_due_before_the_event_or_with_its_readings_reversed_is_refused(
    tmp_path: Path, strict: str, legal: str
) -> None:
    row = f"from: '00:00', before: '24:00', {SAYS}, strict: {strict}, legal: {legal}"
    assert "due before the event" in refusal(tmp_path, *cases(row))


@pytest.mark.parametrize(
    "change",
    [
        ("kind: limit", "kind: before"),
        ("kind: limit", "kind: quota"),
        ("kind: limit", "kind: periodic"),
        ("kind: limit", "kind: immediate"),
        ("count: hour", "count: crim_day"),
        ("count: hour", "count: hour_back"),
        ("unit: hour, count: hour", "unit: day, count: back_day"),
        (TERM, TERM + "  extensions:\n  - {step: first}\n"),
        (TERM, TERM + "  extensions:\n  - {step: first, until: end_of_investigation, total: " + FIVE + "}\n"),
        (TERM, TERM + "  extensions:\n  - {step: first, term: {n: 1, unit: day, count: crim_day}}\n"),
        (TERM, TERM + "  extensions:\n  - {step: first, when: {a: b}, term: {n: 1, unit: hour, count: hour}}\n"),
        (TERM, TERM + "  extensions:\n  - {step: first, request: demo.none, term: {n: 1, unit: hour, count: hour}}\n"),
        (TERM, TERM + "  suspends:\n  - {event: stopped, effect: exclude}\n"),
        (TERM, TERM + "  suspends:\n  - {event: stopped, effect: restart}\n"),
        (TERM, TERM + "  suspends:\n  - {event: stopped, effect: stop}\n"),
        (TERM, TERM + "  then: {n: 1, unit: hour, count: crim_day}\n"),
        (TERM, "  same_as: demo.none\n"),
        (TERM, "  every: {n: 1, unit: day, every: month}\n"),
        (TERM, ""),
    ],
)
def test_what_the_program_cannot_count_is_refused_when_read_and_not_when_asked(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    assert refusal(tmp_path, change).startswith((":6:", ":7:", ":12:", ":13:", ":14:"))


def test_an_uncertain_version_makes_every_deadline_uncertain(tmp_path: Path) -> None:
    law = leaf.small(tmp_path, ("status: general", "status: uncertain"))
    assert [branch.uncertain for rows in law.plans["demo.term"][0].branches.values() for _, branch in rows] == [True]


@pytest.mark.parametrize(
    ("clock", "second"), [("00:00", 0), ("08:00", 28_800), ("23:00:01", 82_801), ("24:00", 86_400)]
)
def test_a_clock_is_its_second_of_the_day(clock: str, second: int) -> None:
    assert seconds(clock) == second


def test_a_folder_is_read_in_full(tmp_path: Path) -> None:
    leaf.folder_with(tmp_path, "demo.term", leaf.SMALL)
    leaf.folder_with(tmp_path, "demo.other", leaf.SMALL.replace("demo.term", "demo.other"))
    assert sorted(load(tmp_path).rules) == ["demo.other", "demo.term"]
