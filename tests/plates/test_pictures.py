"""Pictures of a report hold its numbers, in the drawing and in the table, in the reader's language."""

import re

import pytest
from django.utils import translation

from hamrong.plates.fairness.report import report
from hamrong.plates.pictures import ranks_chart, strata_chart, time_chart
from tests.plates.fairness.systems import drawn, honest_ranks, repeated


@pytest.fixture(scope="module")
def honest():
    return report(drawn(honest_ranks, 1, size=4_000, draws=2_000))


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def cells(figure):
    body = re.search(r"<tbody>.*</tbody>", figure, re.DOTALL)[0]
    rows = [re.findall(r"<t[hd][^>]*>\s*(.*?)\s*</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    return [row for row in rows if row]


def test_ranks_are_drawn_in_twenty_parts(honest, language):
    figure = ranks_chart(honest, name="r")
    rows = cells(figure)
    assert [row[0] for row in rows][:2] == ["0–5%", "5–10%"] and len(rows) == 20
    assert sum(int(row[1]) for row in rows) == 2_000
    assert {"vi": "Thứ hạng của 2.000 lượt", "en": "Ranks of 2,000 draws"}[language] in figure
    assert "<svg" in figure and "style=" not in figure


@pytest.mark.parametrize(("stratum", "values"), [("office", 3), ("hour", 8), ("clerk", 5)])
def test_every_value_of_a_stratum_has_its_strangeness(honest, stratum, values, language):
    rows = cells(strata_chart(honest, stratum, name="s"))
    assert len(rows) == values
    assert all(0 <= float(row[1].replace(",", ".")) < 5 for row in rows)


def test_what_is_asked_about_reaches_the_bar_that_the_title_names():
    system = repeated(0.5, 5, for_whom=lambda at: at % 5 == 3)
    found = report(drawn(system, 4, size=20_000, draws=10_000))
    with translation.override("en"):
        figure = strata_chart(found, "clerk", name="s")
    bar = float(re.search(r"a question from ([\d.]+) on", figure)[1])
    above = [row[0] for row in cells(figure) if float(row[1]) >= bar]
    assert above == sorted({each.value for each in found.questions if each.stratum == "clerk"}) == ["3"]


def test_of_many_offices_the_strangest_are_drawn():
    draws = [
        draw._replace(office=f"{at % 25:02d}")
        for at, draw in enumerate(drawn(honest_ranks, 2, size=9_000, draws=3_000))
    ]
    assert len(cells(strata_chart(report(draws), "office", name="s"))) == 20


def plain(text, language):
    return float(text.replace(".", "").replace(",", ".") if language == "vi" else text.replace(",", ""))


def test_means_over_time_lie_between_the_limits_of_chance(honest, language):
    rows = [[plain(cell, language) for cell in row] for row in cells(time_chart(honest, name="t"))]
    assert [rows[0][0], rows[-1][0], len(rows)] == [100, 2_000, 20]
    assert all(low < mean < high for _last, mean, low, high in rows)


def test_without_draws_there_are_words_instead_of_pictures(language):
    nothing = report([])
    for figure in (
        ranks_chart(nothing, name="a"),
        strata_chart(nothing, "office", name="b"),
        time_chart(nothing, name="c"),
    ):
        assert "<svg viewBox" not in figure
