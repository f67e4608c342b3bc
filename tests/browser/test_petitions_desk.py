"""Officers' petitions in a browser: accessible, fitting a phone, from the counter to a case, and reading with a key."""

from playwright.sync_api import Page

from hamrong.petitions.statistics import code_of_day
from hamrong.petitions.told import Content
from tests.browser.looks import follow
from tests.browser.test_casework import look, signed_in
from tests.conftest import Site
from tests.entrances import browser_of
from tests.papers.test_attachments import photo
from tests.petitions.senders import SENDER, TEXT, WARD, entered
from tests.petitions.test_publishing import made
from tests.sealed.room import PASSPHRASE, chief


def test_from_the_counter_to_a_case(page: Page, live_server: Site) -> None:
    signed_in(page, live_server, "ward-duty", WARD).goto("/don/")
    look(page, "register")
    page.goto("/don/nhan")
    look(page, "take")
    follow(page.get_by_role("button", name="Cho đơn vào sổ"))
    look(page, "take-errors")
    page.locator("input[name=kind][value=complaint]").check(force=True)
    page.locator("input[name=subject]").fill("Biên bản ghi sai")
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("input[name=name]").fill("Nguyễn Văn Bịa")
    page.get_by_role("button", name="Cho đơn vào sổ").click()
    page.get_by_text("Mã theo dõi").first.wait_for()
    look(page, "taken")
    follow(page.get_by_role("link", name="Mở đơn để phân loại"))
    look(page, "petition")
    page.locator("input[name=signed][value=signed]").check(force=True)
    page.locator("input[name=competence][value=ours]").check(force=True)
    page.get_by_role("button", name="Phân loại").click()
    page.get_by_role("heading", name="Đã phân loại").wait_for()
    look(page, "petition-sorted")
    page.get_by_role("link", name="Thông báo thụ lý khiếu nại").click()
    page.get_by_role("heading", name="Thông báo thụ lý khiếu nại").wait_for()
    assert page.locator("[name=nguoi_khieu_nai]").input_value() == "ông/bà Nguyễn Văn Bịa"
    look(page, "notice")
    page.go_back()
    page.locator("main a[href^='/ho-so/']").first.click()
    page.get_by_role("heading", name="Làm tiếp").wait_for()
    look(page, "case-papers")
    page.get_by_role("link", name="Thụ lý khiếu nại", exact=True).click()
    page.get_by_text("Việc này cần một văn bản đã ký").wait_for()
    look(page, "step-without-paper")
    page.get_by_role("button", name="Ghi nhận").click()
    page.locator(".error-summary").wait_for()
    look(page, "step-refused")


def test_a_handler_reads_what_is_sealed(page: Page, live_server: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 844})
    petition, reader = entered(kind="denunciation"), chief()
    key = browser_of(reader.person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.goto(f"/don/{petition.pk}/")
    look(page, "petition-sealed")
    page.get_by_role("link", name="Đọc nội dung bằng khóa của bạn").click()
    page.locator("input[name=password]").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_text(TEXT).wait_for()
    page.locator("input[type=file]").set_input_files(
        {"name": f"{'biên lai ' * 9}.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="Thêm tệp").click()
    page.locator("a[href*='/tep/']").wait_for()
    look(page, "sealed")


def test_the_register_is_searched_by_keyboard_and_taken_out(page: Page, live_server: Site) -> None:
    told = Content("Thuyền bị giữ", "Chuyện ở Lạch Bạng tìm bằng bàn phím.", senders=(SENDER,))
    one = entered(content=told)
    signed_in(page, live_server, "ward-duty", WARD).goto("/don/?kind=complaint")
    follow(page.get_by_role("link", name="Tìm theo nội dung"))
    look(page, "search")
    page.locator("input[name=words]").focus()
    page.keyboard.type("lach bang tim")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("Lần tìm này được ghi vào nhật ký").wait_for()
    assert "kind=complaint" in page.url and "lach" not in page.url
    assert page.locator(f"main a[href='/don/{one.pk}/']").count() == 1
    look(page, "found")
    follow(page.get_by_role("link", name="Xuất tệp"))
    look(page, "export")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Xuất tệp").click()
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_what_the_public_is_told_is_accessible_and_fits(page: Page, live_server: Site) -> None:
    one = made()
    page.goto(f"{live_server.url}/so-lieu-don/{code_of_day(one.last)}/")
    look(page, "quarter")
    page.locator("main details summary").first.click()
    look(page, "quarter-units")
