"""How long records are kept, by calendar months."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.law import LawError, retention, retentions
from hamrong.law.retention import Retention, load


@pytest.mark.parametrize("name", sorted(retentions()))
def test_every_example_comes_out_and_would_not_with_a_month_more(name: str) -> None:
    kept = retention(name)
    longer = Retention(kept.title, kept.months + 1, kept.counted_from, kept.evidence, kept.examples)
    for example in kept.examples:
        assert kept.cutoff(example.day) == example.cutoff
        assert longer.cutoff(example.day) != example.cutoff


def test_no_period_claims_a_law_that_was_not_found() -> None:
    assert {kept.evidence.status for kept in retentions().values()} == {"choice"}


def test_details_of_a_document_go_before_the_stay_and_the_audit_stays_longest() -> None:
    months = [retention(name).months for name in ("lodging.document", "lodging.stay", "audit.detail")]
    assert months == sorted(months)


def test_a_month_without_the_day_gives_its_last_day() -> None:
    month = retention("lodging.stay")
    one = Retention(month.title, 1, month.counted_from, month.evidence, month.examples)
    assert one.cutoff(date(2026, 3, 31)) == date(2026, 2, 28)
    assert one.cutoff(date(2028, 3, 30)) == date(2028, 2, 29)
    assert one.cutoff(date(2026, 1, 15)) == date(2025, 12, 15)


@given(day=st.dates(date(2020, 1, 1), date(2090, 12, 31)), name=st.sampled_from(sorted(retentions())))
def test_time_never_brings_a_record_back(day: date, name: str) -> None:
    kept = retention(name)
    assert kept.cutoff(day) <= kept.cutoff(day.fromordinal(day.toordinal() + 1)) < day


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(LawError, match="no retention period 'stays'"):
        retention("stays")


def test_a_faulty_period_is_named_with_its_line(tmp_path: Path) -> None:
    text = "a.b:\n  title: {vi: v, en: e}\n  months: 0\n  counted_from: {vi: v, en: e}\n"
    (tmp_path / "retention.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LawError, match=r"retention\.yaml:3: "):
        load(tmp_path)
