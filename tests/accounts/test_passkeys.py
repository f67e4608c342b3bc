"""Passkeys in a real browser with a virtual authenticator: added after signing in, then signing in with it alone."""

import pytest
from playwright.sync_api import expect

from hamrong.accounts.factors import factors_of
from tests.entrances import PASSWORD, a_person
from tests.world import PROVINCE


@pytest.fixture
def officer():
    return a_person("accounts-admin", PROVINCE, password=PASSWORD)


@pytest.fixture
def passkey_page(page, live_server):
    """A page on `localhost` (a passkey belongs to a name, not an address), with a device that has a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    page.home = live_server.url.replace("127.0.0.1", "localhost")
    return page


def sign_in(page, person) -> None:
    page.goto(f"{page.home}/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(person.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_have_count(0)


def add_passkey(page) -> None:
    page.goto(f"{page.home}/accounts/passkeys/add/")
    page.get_by_label("Tên để nhận ra khóa này").fill("Điện thoại của tôi")
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.locator("h1")).to_have_text("Mã dự phòng")


def test_an_officer_adds_a_passkey_and_signs_in_with_it_alone(passkey_page, officer):
    page = passkey_page
    sign_in(page, officer)
    page.goto(f"{page.home}/administration/")
    expect(page.locator("h1")).to_have_text("Hãy thêm bước xác thực thứ hai")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    add_passkey(page)
    assert sorted(factors_of(officer).values()) == ["recovery_codes", "webauthn"]
    page.context.clear_cookies()
    page.goto(f"{page.home}/accounts/login/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator("h1")).to_have_text("Người và chức trách")
    page.goto(f"{page.home}/accounts/")
    expect(page.get_by_text("Điện thoại của tôi").first).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(passkey_page, officer):
    page = passkey_page
    sign_in(page, officer)
    add_passkey(page)
    page.context.clear_cookies()
    sign_in(page, officer)
    expect(page.locator("h1")).to_have_text("Bước xác thực thứ hai")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.locator("h1")).to_have_text("Người và chức trách")


def test_a_device_that_refuses_is_told_in_words(passkey_page, officer):
    page = passkey_page
    page.goto(f"{page.home}/accounts/login/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy đăng nhập bằng mật khẩu", timeout=30_000)
