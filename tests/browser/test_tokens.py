"""Security keys in a real browser, with virtual ones: added, asked for at every opening, spare, lost, and none."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from hamrong.sealed.actions import keys
from hamrong.sealed.models import Key
from hamrong.sealed.touches import WANTED
from tests.browser.looks import look, with_session
from tests.conftest import Site
from tests.entrances import browser_of
from tests.sealed.room import PASSPHRASE, Officer, a_request, an_officer, holders, holders_of, now, seal, signed

NEW = "sông Mã chảy về biển Đông"


def plug_in(session: CDPSession, *, prf: bool = True) -> str:
    """A security key in the slot, with somebody who touches it at once."""
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "usb", "hasResidentKey": True, "hasPrf": prf,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return str(added["authenticatorId"])


def take_out(session: CDPSession, one: str) -> None:
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": one})


def leave_untouched(session: CDPSession, one: str, untouched: bool) -> None:
    session.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": one, "enabled": not untouched})


@pytest.fixture
def named(live_server: Site) -> Site:
    """The site by a name: a token belongs to a name, not to a number."""
    return replace(live_server, url=live_server.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def holder_for_now() -> Iterator[Officer]:
    """A holder who has a key for this test, and afterwards one with the passphrase alone, as other tests count on."""
    holder = holders()[0]
    yield holder
    keys.give_up(by=holder.may("sealed.key"), at=now())
    keys.make_key(by=holder.may("sealed.key"), passphrase=PASSPHRASE, at=now())
    signed()
    holder.seed = b""


def at_desk(page: Page, site: Site, officer: Officer) -> CDPSession:
    page.set_default_timeout(30_000)  # a device is asked, and Argon2id takes its time on a busy machine
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    with_session(page, site, browser_of(officer.person))
    page.goto(f"{site.url}/niem-phong/khoa/")
    return session


def connect(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/niem-phong/khoa/bao-mat/them")
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Kết nối khóa bảo mật").click()
    page.get_by_text("Khóa bảo mật đã trả lời.").wait_for()


def send(page: Page, button: str, passphrase: str = PASSPHRASE) -> None:
    page.locator("input[name=password]").fill(passphrase)
    page.get_by_role("button", name=button).click()


def needs_token(officer: Officer) -> bool:
    return keys.unlock(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()) == WANTED


def test_a_token_is_added_and_asked_for_and_a_spare_stands_in_for_it(page: Page, named: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    officer = an_officer()
    session = at_desk(page, named, officer)
    page.get_by_text("hiện mở bằng câu mật khẩu").wait_for()
    first = plug_in(session)
    page.get_by_role("link", name="Thêm khóa bảo mật").click()
    connect(page, named, "Chùm chìa khóa")
    send(page, "Thêm khóa bảo mật này", NEW)
    page.get_by_text("Câu mật khẩu không đúng.").first.wait_for()
    page.get_by_text("đã được tạo nhưng chưa thử").wait_for()
    look(page, "token-again")
    page.get_by_role("button", name="Kết nối khóa bảo mật").click()
    page.get_by_text("Khóa bảo mật đã trả lời.").wait_for()
    send(page, "Thêm khóa bảo mật này")
    page.get_by_text("Bạn mới có một khóa bảo mật").wait_for()
    assert needs_token(officer)

    spare = plug_in(session)
    leave_untouched(session, first, True)
    page.goto(f"{named.url}/niem-phong/khoa/bao-mat/them")
    page.locator("input[name=name]").fill("Trong két")
    page.get_by_role("button", name="Kết nối khóa bảo mật").click()
    page.get_by_text("Khóa bảo mật đã trả lời.").wait_for()
    leave_untouched(session, first, False)
    leave_untouched(session, spare, True)  # a key that is touched and has nothing to do with it ends the asking
    send(page, "Thêm khóa bảo mật này")
    page.get_by_text("Đã thêm khóa bảo mật “Trong két”.").wait_for()
    look(page, "key-with-spare")

    take_out(session, first)
    leave_untouched(session, spare, False)
    page.goto(f"{named.url}/niem-phong/khoa/mo")
    page.get_by_text("khóa bảo mật (thiết bị bạn đã thêm): cắm sẵn").wait_for()
    look(page, "unlock-with-token")
    send(page, "Mở khóa")
    page.get_by_text("Khóa đang mở trong phiên này").wait_for()
    page.goto(f"{named.url}/niem-phong/khoa/doi")
    look(page, "rotate-with-token")
    page.locator("input[name=password_new]").fill(NEW)
    page.locator("input[name=password_again]").fill(NEW)
    send(page, "Thay khóa")
    page.get_by_text("hãy thêm lại khóa dự phòng").wait_for()
    page.get_by_role("listitem").filter(has_text="Trong két").wait_for()
    page.get_by_role("link", name="Bỏ Trong két").click()
    look(page, "token-remove")
    page.get_by_text("Tôi hiểu: từ nay").click()
    send(page, "Bỏ khóa bảo mật", NEW)
    page.get_by_text("hiện mở bằng câu mật khẩu").wait_for()
    assert Key.objects.filter(person=officer.person).count() == 2


def test_a_share_is_released_with_passphrase_and_token(page: Page, named: Site, holder_for_now: Officer) -> None:
    report, _ = seal()
    while holder_for_now not in holders_of(report):  # they are drawn by lot
        report, _ = seal()
    request = a_request(report)
    session = at_desk(page, named, holder_for_now)
    token = plug_in(session)
    connect(page, named, "Chùm chìa khóa")
    send(page, "Thêm khóa bảo mật này")
    page.get_by_text("Đã thêm khóa bảo mật").wait_for()
    leave_untouched(session, token, True)
    somebody_elses = plug_in(session)
    page.goto(f"{named.url}/niem-phong/de-nghi/{request.pk}/")
    page.locator("input[name=yes-password]").fill(PASSPHRASE)
    page.get_by_role("button", name="Trao phần khóa").click()
    page.get_by_text("Khóa bảo mật không trả lời.").first.wait_for()
    look(page, "token-refused")
    take_out(session, somebody_elses)
    leave_untouched(session, token, False)
    page.get_by_role("button", name="Trao phần khóa").click()
    page.get_by_text("Đã trao phần khóa của bạn").wait_for()


def test_in_english_where_the_device_has_no_secret_and_where_the_address_has_no_name(
    browser: Browser, live_server: Site, named: Site
) -> None:
    officer = an_officer()
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = at_desk(page, named, officer)
    mute = plug_in(session, prf=False)
    page.get_by_role("link", name="Add a security key").click()
    page.get_by_role("button", name="Connect the security key").click()
    page.get_by_text("does not have what is needed (WebAuthn PRF)").wait_for()
    look(page, "token-mute-en")
    take_out(session, mute)
    with_session(page, live_server, browser_of(officer.person)).goto(f"{live_server.url}/niem-phong/khoa/")
    page.get_by_text("A security key cannot be added at the address 127.0.0.1").wait_for()
    page.get_by_role("link", name="http://localhost").wait_for()
    look(page, "token-numbered-en")
    assert not needs_token(officer)
    context.close()


def test_without_scripts_the_passphrase_still_opens_a_key_without_token(browser: Browser, named: Site) -> None:
    officer = an_officer()
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = with_session(context.new_page(), named, browser_of(officer.person))
    page.goto(f"{named.url}/niem-phong/khoa/bao-mat/them")
    assert "Trang này cần JavaScript" in page.locator("main noscript").inner_text()
    expect(page.get_by_role("button", name="Kết nối khóa bảo mật")).to_be_hidden()
    page.goto(f"{named.url}/niem-phong/khoa/mo")
    send(page, "Mở khóa")
    page.get_by_text("Khóa đang mở trong phiên này").wait_for()
    context.close()
