"""The pages of the law in a browser: accessible, fitting phone and desk, in both languages, without scripts."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looks import follow, look
from tests.conftest import Site

PAGES = [
    "/luat/",
    "/luat/crim.detention.term?on=04/03/2018&seriousness=serious&national_security=true&extended=2&custody=3",
    "/luat/lodging.notify?on=01/07/2026&at=03:00",
    "/luat/kn.accept?on=31/02/2026",
    "/luat/custody.visit.quota",
]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_accessible_and_fit(page: Page, live_server: Site, lang: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": lang, "url": live_server.url}])
    for address in PAGES:
        page.goto(address)
        look(page, address)


def test_a_date_is_worked_out_without_scripts(browser: Browser, live_server: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    page.goto("/luat/")
    page.get_by_role("link", name="Thụ lý khiếu nại (lần đầu, lần hai)").click()
    page.get_by_label("Nhận được khiếu nại").fill("02/07/2026")
    follow(page.get_by_role("button", name="Tính"))
    assert page.get_by_text("13/07/2026", exact=True).is_visible()
    assert page.get_by_text("Các ngày làm việc: 03/07, 06/07").first.is_visible()
    context.close()
