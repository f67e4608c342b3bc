"""Every result has its words in both languages, and numbers are written as each language writes them."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hamrong.plates.fairness.registration import STRATA, registration
from hamrong.plates.fairness.words import _FILE, odds, share, shown, words

TOLD = registration()


def texts(node):
    if isinstance(node, dict) and node.keys() == {"vi", "en"}:
        yield node["vi"], node["en"]
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from texts(each)


ALL = list(texts(yaml.safe_load(_FILE.read_text("utf-8")))) + [(each.vi, each.en) for each in TOLD.patterns]


def test_every_test_stratum_and_pattern_has_words():
    assert {*TOLD.overall, *TOLD.within, "lucky", "wanted"} == set(words().tests)
    assert set(STRATA) == set(words().strata) == set(words().untested) == set(words().pictures.by)


@pytest.mark.parametrize(("vi", "en"), ALL, ids=range(len(ALL)))
def test_both_languages_fill_in_the_same_values(vi, en):
    assert vi and en and vi != en
    assert sorted(re.findall(r"{\w*}", vi)) == sorted(re.findall(r"{\w*}", en))


def test_nobody_is_accused():
    accusing = re.compile(
        r"gian lận|gian dối|vi phạm|tham nhũng|tiêu cực|thủ phạm|nghi phạm|tội"
        r"|cheat|fraud|guilt|culprit|corrupt|suspect",
        re.IGNORECASE,
    )
    assert [text for pair in ALL for text in pair if accusing.search(text)] == []


@pytest.mark.parametrize(
    ("p", "vi", "en"),
    [
        (0.7, "hơn một nửa", "more than half"),
        (0.004, "1 trên 250", "1 time in 250"),
        (0.0000123, "1 trên 81.000", "1 time in 81,000"),
        (1e-9, "1 trên 1.000.000.000", "1 time in 1,000,000,000"),
        (0.0, "1 tỷ", "less than 1 time in a billion"),
    ],
)
def test_chances_are_said_as_people_say_them(p, vi, en):
    assert vi in odds(p, "vi")
    assert en in odds(p, "en")


@given(st.floats(0, 1))
def test_any_chance_can_be_said(p):
    assert odds(p, "vi") and odds(p, "en")


def test_numbers_are_written_in_the_manner_of_each_language():
    assert (shown(1234.5, "vi"), shown(1234.5, "en")) == ("1.234,5", "1,234.5")
    assert (shown("007", "vi"), shown(0.0001, "en")) == ("007", "0.0001")
    assert (share(0.0523, "vi"), share(0.0523, "en")) == ("5,23%", "5.23%")
