"""Receptions in a browser: the schedule on a phone without scripts, the book and its pages at the desk."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looks import look
from tests.browser.test_casework import signed_in
from tests.browser.test_petitions import phone
from tests.conftest import Site
from tests.petitions.senders import TEXT, WARD


def test_from_the_schedule_to_a_petition(page: Page, live_server: Site) -> None:
    signed_in(page, live_server, "ward-duty", WARD).goto("/tiep-cong-dan/lich")
    look(page, "schedule")
    page.locator("select[name=weekday]").select_option("2")
    page.locator("input[name=opens]").fill("8:00")
    page.get_by_role("button", name="Thêm vào lịch").click()
    look(page, "schedule-errors")
    page.locator("input[name=closes]").fill("11:30")
    page.locator("input[name=place]").fill("Trụ sở, phòng 1")
    page.get_by_role("button", name="Thêm vào lịch").click()
    page.get_by_text("Thứ Ba hằng tuần").first.wait_for()
    page.goto("/tiep-cong-dan/ghi")
    page.get_by_role("button", name="Ghi vào sổ").click()
    look(page, "reception-errors")
    assert "Trụ sở" in page.locator("input[name=place]").input_value()
    page.locator("input[name=kind][value=complaint]").check(force=True)
    page.locator("input[name=people]").fill("12")
    page.locator("input[name=name]").fill("Nguyễn Văn Bịa")
    page.locator("textarea[name=others]").fill("Lê Thị Bịa; 038090000111; Thôn Bịa")
    page.locator("input[name=subject]").fill("Biên bản ghi sai")
    page.locator("textarea[name=text]").fill(TEXT)
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_text("Phải trả lời chậm nhất").wait_for()
    look(page, "reception")
    address = page.url
    page.get_by_role("link", name="Biên bản").click()
    look(page, "minutes")
    page.emulate_media(media="print")
    look(page, "minutes-printed")
    page.emulate_media(media="screen")
    page.goto(address)
    page.get_by_role("button", name="Lập đơn từ lượt tiếp này").click()
    page.get_by_text("Mã theo dõi").first.wait_for()
    page.goto("/tiep-cong-dan/")
    look(page, "book")


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_anybody_reads_the_schedule_without_scripts(browser: Browser, live_server: Site, locale: str) -> None:
    page = phone(browser, live_server, locale)
    page.goto("/tiep-dan/")
    page.locator("select[name=unit]").select_option(WARD)
    page.locator("main button").first.click()
    assert f"unit={WARD}" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []
    page.context.close()


def test_the_schedule_is_accessible(page: Page, live_server: Site) -> None:
    for language in ("vi", "en"):
        page.goto(f"{live_server.url}/tiep-dan/?unit={WARD}&lang={language}")
        look(page, f"public-schedule-{language}")
