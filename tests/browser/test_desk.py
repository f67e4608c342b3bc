"""The officers' pages in a browser: accessible, no wider than the screen, usable without scripts and by keyboard."""

from playwright.sync_api import Browser, Page

from tests.browser.looks import look, with_session
from tests.conftest import Site
from tests.lodging.test_pages_desk import OURS, a_guest_tonight, an_officer
from tests.world import an_establishment

NAMES = ("", "?view=street", "calls/", "stays/", "departures/", "departures/export", "places/", "search/", "assist/")
WARD = [f"/desk/{OURS}/{path}" for path in NAMES]
PROVINCE = ["/province/", "/province/discipline/", "/province/search/", "/province/outage", "/board/"]


def signed_in(page: Page, site: Site, **post: str) -> Page:
    """The same page in the session of an officer who proved both factors."""
    return with_session(page, site, an_officer(**post))


def check(page: Page, address: str) -> None:
    page.goto(address)
    look(page, address)


def test_the_wards_pages_are_accessible_and_fit(page: Page, live_server: Site) -> None:
    place = an_establishment(ward=OURS)
    a_guest_tonight(place)
    for address in [*WARD, f"/desk/{OURS}/places/{place.code}/", f"/desk/{OURS}/assist/{place.code}/"]:
        check(signed_in(page, live_server), address)


def test_the_provinces_pages_are_accessible_and_fit(page: Page, live_server: Site) -> None:
    signed_in(page, live_server, role="province-residence", scope="38")
    for address in PROVINCE[:4]:
        check(page, address)
    signed_in(page, live_server, role="province-leader", scope="38")
    check(page, PROVINCE[4])


def test_a_call_is_noted_without_scripts(browser: Browser, live_server: Site) -> None:
    place = an_establishment(ward=OURS)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = signed_in(context.new_page(), live_server)
    page.goto(f"/desk/{OURS}/calls/")
    row = page.locator("li", has=page.locator(f'a[href*="{place.code}"]'))
    row.get_by_role("textbox").fill("Sẽ báo ngay")
    row.get_by_role("button", name="Đã gọi").click()
    page.get_by_text("Sẽ báo ngay").first.wait_for()
    context.close()


def test_rows_are_walked_by_keyboard(page: Page, live_server: Site) -> None:
    an_establishment(ward=OURS)
    page.set_viewport_size({"width": 1280, "height": 800})
    signed_in(page, live_server).goto(f"/desk/{OURS}/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/**")
