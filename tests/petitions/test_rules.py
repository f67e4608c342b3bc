"""Sorting: every possible petition meets exactly one row, each row is met, and rests on law that the house has."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from hamrong.law import LawError, citation, rules
from hamrong.papers.catalog import form
from hamrong.petitions.courses import COURSES
from hamrong.petitions.rules import Facts, Kind, endings, every_facts, flaws, proposals, sort, table

VALUES = (
    ("signed", "unsigned"), ("ours", "elsewhere"), ("met", "unmet"), ("clear", "vague"),
    ("us_only", "competent_body_too"), ("first", "second"),
)  # fmt: skip
DAY = date(2026, 9, 1)
POSSIBLE = [(kind, Facts(*values)) for kind in get_args(Kind) for values in product(*VALUES)]


def test_every_possible_petition_meets_exactly_one_row_and_every_row_is_met():
    assert {sort(kind, facts, DAY)[0] for kind, facts in POSSIBLE} == set(table())


def test_what_ends_a_case_without_settling_it_is_told_by_a_form_for_senders():
    ends = {(step.act, step.target in course.ends) for course in COURSES for step in course.steps}
    assert all((act, True) in ends and form(ended.form).sender for act, ended in endings().items())


@pytest.mark.parametrize("name", table())
def test_a_row_rests_on_an_instrument_and_a_clock_that_the_house_has(name):
    row = table()[name]
    place = row.basis
    assert str(place.article) in citation(place.law, place.article, place.clause, place.point).vi
    assert not row.clock or row.clock in {rule.id for rule in rules()}


@pytest.mark.parametrize("name", table())
def test_what_leaves_us_says_where_it_goes_and_a_notice_has_its_clock(name):
    row = table()[name]
    assert (row.outcome == "transfer") == (row.to is not None)
    assert (row.notice != "none") == bool(row.clock)
    assert row.notice == "none" or row.notice == {
        "accept": "accepted", "guide": "guided", "transfer": "transferred", "return": "not_accepted",
    }.get(row.outcome)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "facts", "outcome", "to"),
    [
        ("complaint", Facts("signed", "ours"), "accept", None),
        ("complaint", Facts("signed", "ours", conditions="unmet"), "return", None),
        ("complaint", Facts("signed", "elsewhere"), "guide", None),
        ("complaint", Facts("unsigned", "ours"), "file", None),
        ("denunciation", Facts("signed", "ours"), "accept", None),
        ("denunciation", Facts("signed", "ours", conditions="unmet"), "return", None),
        ("denunciation", Facts("signed", "ours", conditions="unmet", instance="second"), "accept", None),
        ("denunciation", Facts("signed", "elsewhere", instance="second"), "transfer", "competent_body"),
        ("denunciation", Facts("signed", "elsewhere"), "transfer", "competent_body"),
        ("denunciation", Facts("signed", "elsewhere", addressed="competent_body_too"), "file", None),
        ("denunciation", Facts("unsigned", "ours"), "transfer", "inspection"),
        ("denunciation", Facts("unsigned", "ours", content="vague"), "file", None),
        ("reflection", Facts("signed", "elsewhere"), "transfer", "competent_body"),
        ("reflection", Facts("unsigned", "ours", content="vague"), "file", None),
        ("crime_report", Facts("unsigned", "elsewhere", content="vague"), "transfer", "investigators"),
    ],
)
def test_what_the_law_says_of_a_petition(kind, facts, outcome, to):
    _, row = sort(kind, facts, DAY)
    assert (row.outcome, row.to) == (outcome, to)


def test_a_missing_row_and_two_that_fit_are_errors():
    facts = Facts("signed", "ours")
    name, row = sort("complaint", facts, DAY)
    with pytest.raises(LawError, match="0 rows fit"):
        sort("complaint", facts, DAY, {each: other for each, other in table().items() if each != name})
    with pytest.raises(LawError, match="2 rows fit"):
        sort("complaint", facts, DAY, {**table(), "again": row})


@pytest.mark.parametrize("wrong", ["signed: perhaps", "mood: bad", "signed: yes"])
def test_an_unknown_word_in_the_table_is_an_error(wrong, tmp_path: Path):
    text = (
        f"a:\n  kind: complaint\n  when: {{{wrong}}}\n  outcome: file\n  notice: none\n"
        "  basis: {law: 02/2011/QH13}\n  evidence: {status: text, source: x}\n"
    )
    (tmp_path / "sorting.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LawError, match=r"sorting\.yaml:3"):
        table(tmp_path / "sorting.yaml")


def changed(since: date):
    """The shipped table with another rule from a day: an unsigned complaint is returned, and not filed."""
    old = table()["complaint_unsigned"]
    new = replace(old, outcome="return", since=since)
    return {**table(), "complaint_unsigned": replace(old, until=since), "complaint_unsigned_new": new}


def test_a_rule_changes_on_its_day_and_leaves_no_gap():
    rows, facts = changed(DAY), Facts("unsigned", "ours")
    before = sort("complaint", facts, DAY - timedelta(days=1), rows)[0]
    assert (before, sort("complaint", facts, DAY, rows)[0]) == ("complaint_unsigned", "complaint_unsigned_new")
    assert not list(flaws(table())) and not list(flaws(rows))
    late = rows | {"complaint_unsigned_new": replace(rows["complaint_unsigned_new"], since=DAY + timedelta(days=1))}
    assert [flaw[:40] for flaw in flaws(late)] == [f"complaint, from {DAY}: 0 rows (-) for Facts"[:40]]


def test_every_facts_are_those_that_the_form_can_tell():
    assert len(every_facts()) == 2**6 and {facts for _kind, facts in POSSIBLE} == set(every_facts())


def test_of_a_petition_whose_facts_were_not_kept_a_table_proposes_all_that_may_follow():
    rows = changed(DAY)
    known = table()["complaint_unsigned"].when
    assert set(proposals("complaint", known, DAY, rows)) == {"complaint_unsigned_new"}
    wide = replace(table()["complaint_elsewhere"].when, competence=None)
    assert set(proposals("complaint", wide, DAY, rows)) == {
        "complaint_elsewhere", "complaint_barred", "complaint_ours",
    }  # fmt: skip
    assert set(proposals("complaint", Facts("signed", "ours"), DAY, rows)) == {"complaint_ours"}
