"""What somebody typed stays: while an officers' page changes its language, and when a large file does not go up."""

from playwright.sync_api import Page, Route

from tests.browser.looks import look
from tests.browser.test_casework import signed_in
from tests.conftest import Site
from tests.papers.test_attachments import photo
from tests.petitions.senders import TEXT, WARD

LARGE = {"name": "ảnh.png", "mimeType": "image/png", "buffer": b""}


def typed(page: Page, kind: str) -> None:
    page.goto("/don/nhan")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.locator("input[name=subject]").fill("Biên bản ghi sai")
    page.locator("textarea[name=text]").fill(TEXT)


def stands(page: Page, kind: str) -> bool:
    return (
        page.locator("textarea[name=text]").input_value() == TEXT
        and page.locator(f"input[name=kind][value={kind}]").is_checked()
    )


def test_the_language_changes_in_the_middle_of_writing(page: Page, live_server: Site) -> None:
    signed_in(page, live_server, "ward-duty", WARD)
    typed(page, "denunciation")
    code = page.locator("input[name=code]").input_value()
    page.locator("header .menu summary").click()
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Enter in the register").wait_for()
    assert stands(page, "denunciation") and page.locator("input[name=code]").input_value() != code
    page.locator("header .menu summary").click()  # the page's own scripts run again
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("button", name="Cho đơn vào sổ").wait_for()
    assert stands(page, "denunciation")


def test_a_large_file_shows_how_far_it_is_can_be_stopped_and_loses_nothing(page: Page, live_server: Site) -> None:
    held: list[Route] = []
    page.set_viewport_size({"width": 390, "height": 844})
    signed_in(page, live_server, "ward-duty", WARD)
    typed(page, "complaint")
    big = {**LARGE, "buffer": photo() + b"\0" * 1_200_000}
    page.locator("input[type=file]").set_input_files([big])
    page.route("**/don/nhan", lambda route: held.append(route))
    send = page.get_by_role("button", name="Cho đơn vào sổ")
    send.click()
    page.get_by_role("button", name="Dừng gửi").wait_for()
    look(page, "uploading")
    page.get_by_role("button", name="Dừng gửi").click()
    page.get_by_text("Đã dừng, chưa gửi gì").wait_for()
    assert stands(page, "complaint") and len(held) == 1
    page.unroute("**/don/nhan")
    page.route("**/don/nhan", lambda route: route.abort())
    send.click()
    page.get_by_text("Mạng bị ngắt").wait_for()
    look(page, "upload-failed")
    assert stands(page, "complaint")
    page.unroute("**/don/nhan")
    page.locator("input[name=name]").fill("Nguyễn Văn Bịa")
    send.click()
    page.get_by_text("Mã theo dõi").first.wait_for()
    page.get_by_text("Đã nhận tệp").wait_for()
