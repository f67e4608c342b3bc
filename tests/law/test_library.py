"""Leaves agree with each other, with their names and with the instruments they cite."""

from pathlib import Path
from typing import get_args

import pytest

from hamrong.law.calendars import calendars
from hamrong.law.library import DATA, load, rule_in, shipped
from hamrong.law.shape import Count, Kind, LawError, Role, Side, Status, Unit

from . import leaf

SECOND = """\
- from: {start}
  to: null
  basis:
  - {{law: 68/2020/QH14, article: 30}}
  evidence: {{status: general, source: thử}}
  term: {{n: 5, unit: hour, count: hour}}
examples:"""


def test_the_shipped_law_loads_and_is_read_once() -> None:
    assert {"lodging.foreigner", "lodging.notify", "plate.cert"} <= set(shipped().rules)
    assert shipped() is shipped()


def test_the_same_files_give_the_same_hashes() -> None:
    again = load(DATA)
    for rule_id, plans in shipped().plans.items():
        assert [plan.hash for plan in plans] == [plan.hash for plan in again.plans[rule_id]]


def test_a_hash_changes_with_any_word_of_its_version_and_with_nothing_else(tmp_path: Path) -> None:
    plain = leaf.small(tmp_path).plans["demo.term"][0].hash
    assert leaf.small(tmp_path, ("n: 5", "n: 6")).plans["demo.term"][0].hash != plain
    assert leaf.small(tmp_path, ("source: thử", "source: khác")).plans["demo.term"][0].hash != plain
    assert leaf.small(tmp_path, ("en: Trial", "en: Test")).plans["demo.term"][0].hash == plain


@pytest.mark.parametrize("start", ["2019-06-01", "2020-01-01", "2020-06-30"])
def test_versions_that_overlap_are_refused_on_the_later_one(tmp_path: Path, start: str) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:13: the version overlaps the one before it"):
        leaf.small(tmp_path, ("to: null", "to: 2020-06-30"), ("examples:", SECOND.format(start=start)))


def test_nothing_may_follow_a_version_without_end(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:13: the version overlaps"):
        leaf.small(tmp_path, ("examples:", SECOND.format(start="2021-01-01")))


def test_versions_that_meet_are_accepted(tmp_path: Path) -> None:
    law = leaf.small(tmp_path, ("to: null", "to: 2020-06-30"), ("examples:", SECOND.format(start="2020-07-01")))
    assert [plan.name for plan in law.plans["demo.term"]] == ["2020-01-01", "2020-07-01"]


def test_a_version_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:8: the version ends before it starts"):
        leaf.small(tmp_path, ("to: null", "to: 2019-12-31"))


def test_an_unknown_instrument_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:9: unknown instrument 1/1999/QH10"):
        leaf.small(tmp_path, ("68/2020/QH14", "1/1999/QH10"))


def test_an_unknown_amending_instrument_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:9: unknown instrument 1/1999/QH10"):
        leaf.small(tmp_path, ("article: 30", "article: 30, amended_by: {law: 1/1999/QH10}"))


def test_an_instrument_amended_by_an_unknown_one_is_refused(tmp_path: Path) -> None:
    leaf.folder_with(tmp_path, "demo.term", leaf.SMALL)
    file = tmp_path / "instruments.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[118/2025/QH15]", "[1/1999/QH10]", 1), encoding="utf-8")
    with pytest.raises(LawError, match=r"instruments\.yaml:6: unknown instrument 1/1999/QH10"):
        load(tmp_path)


def test_the_id_must_be_the_name_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"term\.yaml:1: the id must be demo\.term"):
        leaf.small(tmp_path, ("id: demo.term", "id: demo.other"))


def test_asking_for_an_unknown_rule_names_those_that_exist() -> None:
    with pytest.raises(LawError, match=r"no rule 'lodging\.nothing'; there are lodging\.notify"):
        rule_in(shipped(), "lodging.nothing")


def test_every_instrument_listed_is_cited_somewhere() -> None:
    cited = {place.law for rule in shipped().rules.values() for version in rule.versions for place in version.basis}
    cited |= {place.law for table in calendars().values() for place in table.basis}
    cited |= {place.law for way in shipped().conventions.values() for place in way.basis}
    cited |= {other for instrument in shipped().instruments.values() for other in instrument.amended_by}
    rooms = "".join(file.read_text() for file in DATA.parents[1].rglob("*.py"))
    cited |= {number for number in shipped().instruments if f'"{number}' in rooms}
    said = "".join(
        question.vi
        for rule in shipped().rules.values()
        for version in rule.versions
        for question in version.open_questions
    )
    assert {number for number in shipped().instruments if number not in cited and number not in said} == set()


def test_the_words_name_every_member_of_the_closed_vocabularies() -> None:
    words = shipped().words
    assert set(words.units) == set(get_args(Unit))
    assert set(shipped().conventions) == set(get_args(Count))
    assert set(words.evidence) == set(get_args(Status))
    assert set(words.roles) == set(get_args(Role))
    assert set(words.sides) == set(get_args(Side))
    assert set(words.kinds) == set(get_args(Kind))
