"""A report in words says what it rests on, asks without accusing, and says what it cannot see."""

import pytest

from hamrong.plates.fairness.registration import registration
from hamrong.plates.fairness.report import report
from hamrong.plates.fairness.telling import lines, sentence
from tests.plates.fairness.systems import drawn, honest_ranks, next_free


@pytest.fixture(scope="module")
def gaps():
    return report(drawn(next_free, 1, size=8_000, draws=4_000))


def test_a_question_is_for_a_human_and_about_nobody(gaps):
    (asked,) = [each for each in gaps.questions if each.test == "left"]
    assert sentence(asked, "vi").startswith("Số liền trên một khoảng trống, tất cả các lượt (4.000 lượt, gặp ")
    assert "Cần một người xem xét: " in sentence(asked, "vi")
    assert "không nói gì về bất kỳ ai" in sentence(asked, "vi")
    assert "A question for a human: " in sentence(asked, "en")
    assert "says nothing about anybody" in sentence(asked, "en")


def test_what_is_as_chance_gives_asks_nothing(gaps):
    (calm,) = [each for each in gaps.results if each.test == "lag"]
    assert sentence(calm, "vi").endswith("Không có gì phải hỏi.")
    assert sentence(calm, "en").endswith("Nothing to ask.")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_names_what_was_fixed_what_it_found_and_what_it_cannot_see(gaps, language):
    text = "\n".join(lines(gaps, language))
    assert registration().sha256 in text and "25/11/2026" in text
    for result in gaps.questions:
        assert text.count(sentence(result, language)) == 2, "among the questions, and among all results"
    seen = {"vi": "không thấy được", "en": "does not see"}[language]
    assert text.count(seen) >= len({each.test for each in gaps.results})
    assert {"vi": "1.022.899", "en": "1,022,899"}[language] in text
    assert {"vi": "không chứng minh được", "en": "cannot prove"}[language] in text
    assert "{" not in text


def test_strata_with_many_values_are_told_where_they_ask():
    draws = [
        draw._replace(office=f"{at % 20:02d}", clerk="", at_hour=None)
        for at, draw in enumerate(drawn(honest_ranks, 2, size=8_000, draws=4_000))
    ]
    text = "\n".join(lines(report(draws), "en"))
    assert "Questions for a human" not in text
    assert "No question" in text
    assert "office 07" not in text
    assert "All other offices, hours and desks: 40 results, nothing to ask." in text


def test_few_draws_are_said_to_be_few():
    text = "\n".join(lines(report(drawn(honest_ranks, 1, size=500, draws=60)), "vi"))
    assert "Quá ít lượt" in text
    assert "3 đơn vị, 8 khung giờ, 5 bàn tiếp nhận" in text
    assert "Quá ít lượt" in "\n".join(lines(report([]), "vi"))
