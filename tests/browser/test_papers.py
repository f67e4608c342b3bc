"""Papers in a browser: accessible, fitting a phone, from a form to the public page that proves one."""

from playwright.sync_api import Browser, Page

from tests.browser.looks import follow, look, with_session
from tests.conftest import Site
from tests.entrances import a_person, browser_of
from tests.papers.forms import a_draft, complaint
from tests.papers.test_drafting import signed
from tests.papers.test_pages import CHIEF, PURPOSE, typed
from tests.petitions.way import WARD


def signed_in(page: Page, site: Site) -> Page:
    return with_session(page, site, browser_of(a_person(CHIEF, WARD, name="Trần Thị Chỉ Huy")))


def test_from_a_form_to_a_signed_paper(page: Page, live_server: Site) -> None:
    to = complaint()[1]
    signed_in(page, live_server).goto(f"/giay-to/{to.ref}/{PURPOSE}")
    look(page, "object-empty")
    follow(page.get_by_role("link", name="Thông báo thụ lý khiếu nại"))
    look(page, "form")
    follow(page.get_by_role("button", name="Lưu dự thảo"))
    look(page, "form-errors")
    for name, value in typed("kn-thu-ly").items():
        page.locator(f"[name={name}]").fill(value)
    follow(page.get_by_role("button", name="Lưu dự thảo"))
    look(page, "draft")
    follow(page.get_by_role("link", name="Sửa"))
    look(page, "change")
    page.go_back()
    page.get_by_role("button", name="Ký và lấy số").click()
    page.get_by_role("link", name="Bản PDF đã ký").wait_for()
    look(page, "signed")
    page.get_by_role("link", name="Thu hồi").click()
    page.get_by_role("button", name="Thu hồi").click()
    page.locator(".error-summary").wait_for()
    look(page, "recall-errors")
    page.locator("textarea[name=reason]").fill("Ghi sai ngày nhận đơn.")
    page.get_by_role("button", name="Thu hồi").click()
    page.get_by_text("Đã thu hồi ngày").wait_for()
    look(page, "recalled")
    page.goto(f"/van-ban/{page.locator('dd', has_text='VB-').inner_text()}")
    page.get_by_role("heading", name="Văn bản đã bị thu hồi").wait_for()
    look(page, "recalled-public")
    page.goto(f"/giay-to/{to.ref}/{PURPOSE}")
    look(page, "object")


def test_the_public_pages_without_scripts_in_english(browser: Browser, live_server: Site) -> None:
    code = signed(a_draft(complaint()[1])).code
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto("/van-ban/")
    page.get_by_label("Code to check it").fill(code.lower())
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="This paper is genuine").wait_for()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-x"}
    )
    page.get_by_role("button", name="Compare with what was signed").click()
    page.get_by_text("This is not the file that was signed").wait_for()
    assert page.url.endswith(code)
    context.close()


def test_the_public_pages_are_accessible(page: Page, live_server: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 844})
    code = signed(a_draft(complaint()[1])).code
    for address in ("", "VB-0000", "VB-0000-0000-0000-0000", code):
        page.goto(f"/van-ban/{address}")
        look(page, address)
