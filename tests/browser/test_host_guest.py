"""The establishment's pages in a browser: keyboard alone, a phone, no scripts, two languages, axe."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests import world
from tests.browser.looks import violations
from tests.lodging.hosts import a_card, an_open_place, client_of


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=9)


@pytest.fixture(scope="module")
def session(place):
    """The session of the establishment's manager."""
    return client_of(world.a_host(place)).cookies[settings.SESSION_COOKIE_NAME].value


def sign_in(context, url, session):
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.fixture
def host(page, live_server, session):
    sign_in(page.context, live_server.url, session)
    return page


@pytest.fixture
def plain(browser, live_server, session):
    """The same phone with scripts switched off."""
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    sign_in(context, live_server.url, session)
    yield context.new_page()
    context.close()


def test_a_guest_is_reported_from_a_card_by_keyboard_alone(host, place):
    host.goto(f"/lodging/{place.code}/guests/new")
    host.keyboard.type(a_card("Ngô Thị Phím"))
    host.keyboard.press("Enter")
    expect(host.locator("#id_full_name")).to_have_value("Ngô Thị Phím")
    expect(host.locator("#id_room")).to_be_focused()
    host.keyboard.type("105")
    host.keyboard.press("Enter")
    expect(host.get_by_role("button", name="Gửi thông báo")).to_be_focused()
    host.keyboard.press("Enter")
    expect(host.get_by_role("heading", level=1)).to_have_text("Công an đã nhận thông báo")
    assert re.search(r"/receipts/LT(-[0-9A-Z]{4}){4}$", host.url)


def test_without_scripts_a_guest_is_reported_all_the_same(plain, place):
    plain.goto(f"/lodging/{place.code}/guests/new")
    plain.fill("#id_scan", a_card("Ngô Thị Giấy"))
    plain.press("#id_scan", "Enter")
    expect(plain.locator("#id_full_name")).to_have_value("Ngô Thị Giấy")
    plain.fill("#id_room", "106")
    plain.get_by_role("button", name="Tiếp tục").click()
    plain.get_by_role("button", name="Gửi thông báo").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Công an đã nhận thông báo")


def test_editing_again_keeps_what_was_typed(host, place):
    host.goto(f"/lodging/{place.code}/guests/new")
    host.fill("#id_scan", a_card("Ngô Thị Sửa"))
    host.press("#id_scan", "Enter")
    expect(host.locator("#id_full_name")).to_have_value("Ngô Thị Sửa")
    host.get_by_role("button", name="Tiếp tục").click()
    host.get_by_role("button", name="Sửa lại").click()
    expect(host.locator("#id_full_name")).to_have_value("Ngô Thị Sửa")


def test_only_a_foreigner_is_asked_for_nationality_and_permit(host, place):
    host.goto(f"/lodging/{place.code}/guests/new")
    expect(host.locator("#id_nationality")).to_be_hidden()
    host.get_by_label("Người nước ngoài").check(force=True)
    expect(host.locator("#id_nationality")).to_be_visible()
    expect(host.locator("#id_residence")).to_be_hidden()


PAGES = ("", "guests/new", "guests", "files", "nil", "rooms")
PUBLIC = (
    "/lodging/", "/lodging/deadline?kind=citizen&day=24/11/2026&clock=23:30&area=normal", "/lodging/apply",
    "/lodging/follow", "/lodging/outages", "/r/",
)  # fmt: skip


def in_english(page):
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": page.url}])
    page.reload()


@pytest.mark.parametrize("address", [*(f"/lodging/CODE/{one}" for one in PAGES), *PUBLIC])
def test_a_page_is_accessible_and_fits_a_phone_in_both_languages(host, place, address):
    for width in (320, 1280):
        host.set_viewport_size({"width": width, "height": 844})
        host.goto(address.replace("CODE", place.code))
        assert violations(host) == [], width
        assert host.evaluate("document.documentElement.scrollWidth <= innerWidth")
    in_english(host)
    assert host.locator("html").get_attribute("lang") == "en"
    assert violations(host) == []


def test_back_and_reload_lose_nothing_and_send_nothing_again(plain, place):
    plain.goto(f"/lodging/{place.code}/guests/new")
    plain.fill("#id_scan", a_card("Ngô Thị Lùi"))
    plain.press("#id_scan", "Enter")
    plain.fill("#id_room", "")
    plain.get_by_role("button", name="Tiếp tục").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Kiểm tra rồi gửi")
    plain.reload()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Kiểm tra rồi gửi")
    plain.go_back()
    expect(plain.locator("#id_full_name")).to_have_value("Ngô Thị Lùi")
    plain.go_back()
    plain.get_by_role("link", name="Mở lại").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Kiểm tra rồi gửi")
