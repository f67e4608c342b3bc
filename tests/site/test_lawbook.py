"""The pages of the law: every rule is listed and opens, dates are worked out with reasons, wrong input is told."""

import pytest
from django.test import Client
from django.utils.html import escape

from hamrong.law import rules
from tests.entrances import browser


@pytest.fixture
def visitor() -> Client:
    return browser()


LEAST = "on=01/03/2026&seriousness=less_serious&national_security=false"
GRAVEST = "on=02/03/2026&seriousness=especially_serious&national_security=false"


def page(visitor: Client, address: str, lang: str = "vi") -> str:
    visitor.cookies["django_language"] = lang
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_is_listed_with_its_title(visitor: Client, lang: str) -> None:
    listed = page(visitor, "/luat/", lang)
    for rule in rules():
        assert f'<a href="/luat/{rule.id}">{escape(rule.title.to(lang))}</a>' in listed
    assert listed.count('href="#field-') == listed.count('id="field-')


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_has_a_page_with_its_versions(visitor: Client, lang: str) -> None:
    for rule in rules():
        shown = page(visitor, f"/luat/{rule.id}", lang)
        assert all(f"{version.start:%d/%m/%Y}" in shown for version in rule.versions)
        assert ('name="on"' in shown) is (rule.kind != "quota")


def test_a_link_that_carries_something_else_asks_for_no_date(visitor: Client) -> None:
    page = visitor.get("/luat/tc.settle", {"lang": "en"}).content.decode()
    assert "error-summary" not in page and "Lỗi:" not in page


def test_an_unknown_rule_has_no_page(visitor: Client) -> None:
    assert visitor.get("/luat/kn.none").status_code == 404


def test_both_readings_are_shown_with_the_reasons_and_their_articles(visitor: Client) -> None:
    shown = page(visitor, "/luat/crim.report.settle?on=02/03/2026&extended=0", "en")
    assert "<strong>21/03/2026</strong>" in shown and "<strong>23/03/2026</strong>" in shown
    assert "is a rest day (weekly rest)" in shown
    assert "<cite>Art. 134(1) Criminal Procedure Code 101/2015/QH13" in shown
    assert "From 01/07/2025 this rule may have been amended" in shown


def test_extensions_and_custody_change_the_date(visitor: Client) -> None:
    facts = "on=04/03/2018&seriousness=less_serious&national_security=false"
    assert "<strong>29/04/2018</strong>" in page(visitor, f"/luat/crim.detention.term?{facts}&custody=3")
    assert "<strong>02/05/2018</strong>" in page(visitor, f"/luat/crim.detention.term?{facts}")
    assert "<strong>01/06/2018</strong>" in page(visitor, f"/luat/crim.detention.term?{facts}&extended=1")


def test_what_goes_by_the_hour_is_answered_by_the_hour(visitor: Client) -> None:
    assert "<strong>08:00 02/07/2026</strong>" in page(visitor, "/luat/lodging.notify?on=01/07/2026&at=23:20")


def test_a_pause_moves_the_date_by_the_days_that_do_not_count(visitor: Client) -> None:
    facts = "on=10/07/2026&area_complexity=normal"
    assert "<strong>10/08/2026</strong>" in page(visitor, f"/luat/kn.first?{facts}")
    paused = page(visitor, f"/luat/kn.first?{facts}&paused=20/07/2026&resumed=03/08/2026")
    assert "<strong>24/08/2026</strong>" in paused and "Không tính 14 ngày" in paused


def test_an_order_ends_custody_earlier_and_ends_what_the_law_leaves_open(visitor: Client) -> None:
    facts = "on=02/03/2026&seriousness=especially_serious&national_security=false"
    assert "<strong>20/12/2027</strong>" in page(
        visitor, f"/luat/crim.detention.term?{facts}&extended=4&order_end=20/12/2027"
    )
    assert "<strong>15/03/2026</strong>" in page(visitor, f"/luat/crim.detention.term?{facts}&order_end=15/03/2026")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("kn.accept?on=", "Nhập ngày"),
        ("kn.accept?on=31/02/2026", "Không có ngày này"),
        ("kn.accept?on=01/01/2010", "Chưa có quy định nào được lưu cho ngày này"),
        ("lodging.notify?on=01/07/2026", "Nhập giờ"),
        ("crim.denounce.settle?on=01/07/2026&matter=detention", "tính theo giờ"),
        (f"crim.detention.term?{LEAST}&extended=3", "chỉ được gia hạn 1 lần"),
        (f"crim.detention.term?{LEAST}&custody=99", "Luật không có câu trả lời"),
        (f"crim.detention.term?{GRAVEST}&extended=4", "Nhập ngày ghi trong lệnh"),
        ("kn.first?on=10/07/2026&area_complexity=normal&paused=20/07/2026", "Thời hạn đang đứng yên"),
        ("kn.first?on=10/07/2026&area_complexity=normal&resumed=20/07/2026", "Nhập ngày tạm dừng"),
        ("kn.first?on=10/07/2026&area_complexity=normal&paused=09/07/2026&resumed=20/07/2026",
         "không được trước ngày bắt đầu"),
        ("kn.first?on=10/05/2026&area_complexity=normal&paused=20/05/2026&resumed=21/05/2026", "không cho tạm dừng"),
        ("tc.settle?on=01/01/2199", "Lịch nghỉ chỉ có đến ngày 31/12/2110"),
        (f"crim.detention.term?{LEAST}&custody=-1", "Nhập số ngày, từ 0 đến 99"),
        (f"crim.detention.term?{LEAST}&order_end=01/01/2019", "không được trước ngày bắt đầu"),
        ("kn.first?on=31/12/2110&area_complexity=normal", "Luật không có câu trả lời"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_and_no_date_is_shown(visitor: Client, address: str, problem: str) -> None:
    shown = page(visitor, f"/luat/{address}")
    assert problem in shown
    assert "law-steps" not in shown
