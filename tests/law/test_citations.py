"""Places in the law are named as lawyers name them."""

import pytest

from hamrong.cases.courses import declared
from hamrong.law import LawError, citation
from hamrong.law.citations import cite, cite_all, spelled
from hamrong.law.library import shipped
from hamrong.law.shape import Basis, Place
from hamrong.papers.catalog import forms


def test_an_article_with_its_clause() -> None:
    text = citation("68/2020/QH14", 30, 4)
    assert text.vi == "Điều 30 khoản 4 Luật Cư trú 68/2020/QH14"
    assert text.en == "Art. 30(4) Law on Residence 68/2020/QH14"


def test_an_article_with_clause_and_point() -> None:
    text = citation("45/2019/QH14", "112", "1", "b")
    assert text.vi == "Điều 112 khoản 1 điểm b Bộ luật Lao động 45/2019/QH14"
    assert text.en == "Art. 112(1)(b) Labour Code 45/2019/QH14"


@pytest.mark.parametrize(
    ("short", "vi", "en"),
    [
        (
            "25/2018/QH14 Đ38 k2",
            "Điều 38 khoản 2 Luật Tố cáo 25/2018/QH14",
            "Art. 38(2) Law on Denunciations 25/2018/QH14",
        ),
        ("30/2020/NĐ-CP", "Nghị định về công tác văn thư 30/2020/NĐ-CP", "Decree on clerical work 30/2020/NĐ-CP"),
        ("", "", ""),
        ("99/2099/QH14 Đ1", "99/2099/QH14 Đ1", "99/2099/QH14 Đ1"),
    ],
)
def test_a_place_as_tables_write_it_is_spelled_out(short, vi, en) -> None:
    assert (spelled(short).vi, spelled(short).en) == (vi, en)


UNREAD = {"129/2020/TT-BCA", "156/2026/NĐ-CP"}
"""Named by steps, and by no leaf whose text was read: they stay as they are written."""


def test_every_other_place_that_a_step_or_a_form_names_is_spelled_out() -> None:
    named = {step.law for each in declared() for step in each.steps} | {each.law for each in forms().values()}
    left = {short.partition(" ")[0] for short in named if short and spelled(short).vi == short}
    assert left <= UNREAD


def test_a_whole_instrument() -> None:
    text = citation("68/2020/QH14")
    assert (text.vi, text.en) == ("Luật Cư trú 68/2020/QH14", "Law on Residence 68/2020/QH14")


def test_a_place_names_the_place_that_amended_it() -> None:
    text = cite(shipped(), Basis("68/2020/QH14", "30", amended_by=Place("45/2019/QH14", "4", "9")))
    assert text.vi == "Điều 30 Luật Cư trú 68/2020/QH14 (được sửa đổi bởi Điều 4 khoản 9 Bộ luật Lao động 45/2019/QH14)"
    assert text.en == "Art. 30 Law on Residence 68/2020/QH14 (as amended by Art. 4(9) Labour Code 45/2019/QH14)"


def test_several_places_are_separated_by_semicolons() -> None:
    text = cite_all(shipped(), [Basis("68/2020/QH14", "30"), Basis("68/2020/QH14", "2")])
    assert text.en == "Art. 30 Law on Residence 68/2020/QH14; Art. 2 Law on Residence 68/2020/QH14"


def test_an_unknown_instrument_is_an_error() -> None:
    with pytest.raises(LawError, match="unknown instrument '1/1999/QH10'"):
        citation("1/1999/QH10", 1)
