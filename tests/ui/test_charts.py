"""A chart says the same in its picture, its words and its table, and needs no style of its own."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hamrong.ui import charts

POINTS = [("18/11", 416), ("19/11", 0), ("20/11", 1453)]


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


def drawing(figure):
    return ElementTree.fromstring(re.search(r"<svg viewBox.*?</svg>", figure, re.DOTALL)[0])


def all_charts():
    return {
        "bar": charts.bar_chart("Cơ sở & khách", POINTS, name="a"),
        "line": charts.line_chart("Cơ sở & khách", ["1", "2"], [("Đúng hạn", [1, 2]), ("Chậm", [3, 0])], name="b"),
        "heat": charts.heat_grid("Cơ sở & khách", ["Sầm Sơn"], ["22", "23"], [[3, None]], name="c"),
    }


@pytest.mark.parametrize("kind", ["bar", "line", "heat"])
def test_a_chart_has_a_name_a_description_and_its_table(kind):
    figure = all_charts()[kind]
    svg = drawing(figure)
    assert svg.attrib["role"] == "img"
    ids = {element.attrib["id"] for element in svg.iter() if "id" in element.attrib}
    assert set(svg.attrib["aria-labelledby"].split()) <= ids
    assert "<table" in figure and "Cơ sở &amp; khách" in figure


@pytest.mark.parametrize("kind", ["bar", "line", "heat"])
def test_a_chart_carries_no_style_and_no_script(kind):
    figure = all_charts()[kind]
    assert "style=" not in figure and "<script" not in figure and "fill=" not in drawing(figure).attrib


def test_every_number_of_a_bar_chart_stands_in_the_picture_and_in_the_table():
    figure = all_charts()["bar"]
    for number in ("416", "1.453"):
        assert figure.count(f">{number}<") == 2


def test_lines_are_told_apart_by_more_than_colour():
    svg = drawing(all_charts()["line"])
    assert [line.attrib["class"] for line in svg.iter("polyline")] == ["line s1", "line s2"]
    assert "Đúng hạn" in all_charts()["line"] and "Chậm" in all_charts()["line"]


def test_a_cell_without_a_number_is_drawn_empty():
    assert [cell.attrib["class"] for cell in drawing(all_charts()["heat"]).iter("rect")] == ["h4", "none"]


@pytest.mark.parametrize(
    "figure",
    [
        lambda: charts.bar_chart("x", [], name="a"),
        lambda: charts.line_chart("x", [], [], name="a"),
        lambda: charts.heat_grid("x", [], [], [], name="a"),
    ],
)
def test_without_figures_there_are_words_instead_of_a_picture(figure):
    assert "Chưa có số liệu" in figure() and "<svg viewBox" not in figure()


def test_labels_that_would_overlap_are_left_out():
    svg = drawing(charts.bar_chart("x", [(f"ngày {n}", n) for n in range(30)], name="a"))
    assert len([text for text in svg.iter("text") if (text.text or "").startswith("ngày")]) <= charts.LABELS


def below(figure):
    """What stands under the axis, line by line."""
    return [
        text.text
        for text in drawing(figure).iter("text")
        if float(text.attrib["y"]) > charts.HEIGHT - charts.BOTTOM + 5
    ]


def test_a_label_too_wide_for_its_place_has_two_lines_that_break_between_words():
    names = ["Công an phường Hạc Thành", "Công an phường Nam Sầm Sơn", "Ngắn"]
    figure = charts.bar_chart("x", [(name, 1.0) for name in names], name="a")
    assert below(figure) == ["Công an phường", "Hạc Thành", "Công an phường", "Nam Sầm Sơn", "Ngắn"]


def test_what_is_too_wide_for_two_lines_is_cut_and_stands_whole_in_the_table():
    names = ["Bộ phận tiếp nhận và trả kết quả của Công an tỉnh", "x" * 40, "Công an phường Sầm Sơn"]
    figure = charts.bar_chart("x", [(name, 1.0) for name in names], name="a")
    lines = below(figure)
    assert len(lines) == 5 and [line.endswith("…") for line in lines] == [False, True, True, False, False]
    assert all(len(line) * charts.LETTER <= charts.WIDTH / 3 for line in lines)
    assert all(name in figure for name in names)


def test_a_label_from_outside_is_escaped():
    assert "<b>" not in charts.bar_chart("x", [("<b>", 1)], name="a")


def test_a_line_within_a_text_has_its_words():
    spark = ElementTree.fromstring(charts.sparkline([3, 3, 3], "ba đêm như nhau"))
    assert spark.attrib["aria-label"] == "ba đêm như nhau"
    assert charts.sparkline([], "không có gì") == ""


@given(st.floats(0.001, 1e9))
def test_a_scale_reaches_over_the_highest_value_in_few_round_steps(highest):
    scale = charts.scale_of(highest)
    assert scale.top >= highest and 2 <= len(scale.ticks) <= 6
    assert scale.y(0) == charts.HEIGHT - charts.BOTTOM and scale.y(scale.top) == charts.TOP


def test_a_scale_of_nothing_still_has_a_height():
    assert charts.scale_of(0) == charts.Scale(1, (0, 1))


def test_what_is_counted_has_no_rule_at_half_of_one():
    assert charts.scale_for([1, 2]).ticks == (0, 1, 2)
    assert charts.scale_for([0.5, 1.0]).ticks[1] < 1


def test_the_widest_number_of_the_axis_has_room():
    svg = drawing(charts.bar_chart("x", [("a", 1_250_000)], name="a"))
    labels = [text for text in svg.iter("text") if text.attrib["text-anchor"] == "end"]
    assert all(float(text.attrib["x"]) >= 7.5 * len(text.text) for text in labels)


def test_a_night_of_which_nothing_is_known_is_a_gap_and_not_zero():
    lines = charts.line_chart("x", ["1", "2", "3", "4"], [("Khách", [3, None, 0, 5])], name="a")
    svg = drawing(lines)
    assert [len(line.attrib["points"].split()) for line in svg.iter("polyline")] == [1, 2]
    assert len(list(svg.iter("circle"))) == 3
    bars = drawing(charts.bar_chart("x", [("1", 3), ("2", None), ("3", 0)], name="a"))
    assert len(list(bars.iter("rect"))) == 2
    assert "không có số liệu" in lines
    assert charts.sparkline([None, None], "không biết gì") == ""
