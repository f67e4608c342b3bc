"""The sealed room in a browser: accessible, fitting a phone, usable without scripts, an identity shown once."""

import pytest
from playwright.sync_api import Browser, Page

from hamrong.sealed.unlocked import COOKIE
from tests.browser.looks import follow, look, with_session
from tests.conftest import Site
from tests.entrances import browser_of
from tests.petitions.senders import sent
from tests.sealed.room import NAME, PASSPHRASE, Officer, a_request, an_officer, chief, holders, holders_of, seal

LETTER = "Chúng tôi sẽ hẹn gặp ông bà ở nơi khác."


def signed_in(page: Page, site: Site, officer: Officer) -> Page:
    return with_session(page, site, browser_of(officer.person))


def test_from_a_key_to_an_identity(page: Page, live_server: Site) -> None:
    newcomer = an_officer(key=False)
    signed_in(page, live_server, newcomer).goto("/niem-phong/khoa/")
    look(page, "key-new")
    follow(page.get_by_role("button", name="Tạo khóa"))
    look(page, "key-errors")
    page.locator("input[name=password_new]").fill(PASSPHRASE)
    page.locator("input[name=password_again]").fill(PASSPHRASE)
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_role("heading", name="Khóa niêm phong của bạn").wait_for()
    look(page, "key")
    for address in ("khoa/cau-mat-khau", "khoa/doi", "khoa/bo", "khoa/mo", "cua-toi/"):
        page.goto(f"/niem-phong/{address}")
        look(page, address.replace("/", "-"))
    report, _ = seal()
    request = a_request(report)
    first, second, _ = holders_of(report)
    for holder in (first, second):
        signed_in(page, live_server, holder).goto("/niem-phong/de-nghi/")
        look(page, "requests")
        page.goto(f"/niem-phong/de-nghi/{request.pk}/")
        look(page, "request")
        page.locator("input[name=yes-password]").fill(PASSPHRASE)
        page.get_by_role("button", name="Trao phần khóa").click()
        page.wait_for_url("**/de-nghi/")
    page.goto("/niem-phong/chia-lai/")
    look(page, "dealing")
    signed_in(page, live_server, chief()).goto(f"/niem-phong/cua-toi/{request.pk}/")
    look(page, "own-request")
    page.locator("input[name=password]").fill(PASSPHRASE)
    page.get_by_role("button", name="Mở một lần").click()
    page.get_by_text(NAME).wait_for()
    look(page, "opened")
    page.goto(f"/niem-phong/cua-toi/{request.pk}/")
    assert not page.get_by_text(NAME).count()
    look(page, "own-request-over")


def test_asking_without_scripts_in_english(browser: Browser, live_server: Site) -> None:
    report, _ = seal()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 800}
    )
    page = signed_in(context.new_page(), live_server, chief())
    page.goto(f"/niem-phong/don/{report.pk}/mo")
    page.get_by_label("What the identity is needed for").fill("To meet and verify")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    follow(page.get_by_role("button", name="Send the request"))
    assert page.get_by_label("What the identity is needed for").input_value() == "To meet and verify"
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_typed_while_the_key_closed_comes_back(browser: Browser, live_server: Site, scripts: bool) -> None:
    holders(), chief()
    petition, _code = sent(kind="denunciation")
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=scripts, locale="vi-VN", viewport={"width": 390, "height": 844}
    )
    page = signed_in(context.new_page(), live_server, chief())

    def unlock() -> None:
        page.locator("input[name=password]").fill(PASSPHRASE)
        page.get_by_role("button", name="Mở khóa").click()
        page.wait_for_url(f"**/niem-phong/noi-dung/{petition.pk}/")

    page.goto(f"/niem-phong/noi-dung/{petition.pk}/")
    unlock()
    page.locator("textarea[name=text]").fill(LETTER)
    context.clear_cookies(name=COOKIE)  # as if half an hour had passed
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("Chữ bạn gõ còn nguyên").wait_for()
    if scripts:
        look(page, "closed-while-typing")
    unlock()
    assert page.locator("textarea[name=text]").input_value() == LETTER
    if scripts:
        look(page, "typed-before")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("Đã gửi.").wait_for()
    assert page.locator("textarea[name=text]").input_value() == "" and page.get_by_text(LETTER).count() == 1
    context.close()
