"""Given plates in a browser: every page accessible and fitting a phone, an act from its form to the handing over."""

from playwright.sync_api import Page

from hamrong.plates.wording import plate
from tests.browser.looks import follow, look, with_session
from tests.conftest import Site
from tests.plates.desks import a_manager, an_officer, desk, fresh_pool, typed
from tests.plates.given import a_document, a_plate, asked
from tests.world import NOW


def test_from_a_number_to_the_plate_handed_over(page: Page, live_server: Site) -> None:
    number, document = a_plate(fresh_pool()), a_document()
    held = a_plate(pool := fresh_pool(), document=document)
    asked(held, "keep", "sold", at=NOW)
    with_session(page, live_server, an_officer())
    page.goto(desk("given/"))
    look(page, "given")
    page.locator("input[name=q]").last.fill(plate(number))
    page.get_by_role("button", name="Mở biển này").click()
    page.get_by_role("heading", name="Việc làm được bây giờ").wait_for()
    look(page, "plate")
    follow(page.get_by_role("link", name="Cấp lại biển"))
    look(page, "ask")
    follow(page.get_by_role("button", name="Ghi", exact=True))
    look(page, "ask-errors")
    page.locator("input[name=reason]").check()
    page.locator("input[name=dossier]").fill("HS-1")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_role("button", name="Đã trả biển").wait_for()
    page.locator("summary", has_text="Vì sao là ngày này").click()
    look(page, "plate-open")
    follow(page.get_by_role("link", name="Hủy, vì nhập nhầm"))
    look(page, "undo")
    page.go_back()
    page.get_by_role("button", name="Đã trả biển").click()
    page.get_by_role("heading", name="Việc làm được bây giờ").wait_for()
    for address in (f"given/{held}/", f"given/{held}/assign", "given/36A00000/"):
        page.goto(desk(address))
        look(page, address.strip("/").split("/", 1)[1].replace(held, "held").replace("/", "-"))
    page.goto(desk("new"))
    told = typed(pool, owner_document=document)
    page.locator("select[name=plate]").select_option(told["plate"])
    for name in ("dossier", "vehicle", "owner", "owner_document"):
        page.locator(f"input[name={name}]").fill(told[name])
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name=f"Gắn biển {plate(held)}").wait_for()
    look(page, "holder")
    page.get_by_role("button", name=f"Gắn biển {plate(held)}").click()
    page.get_by_role("heading", name=plate(held)).wait_for()
    assert page.locator("input[name=vehicle]").input_value() == told["vehicle"]
    with_session(page, live_server, a_manager())
    page.goto("/province/plates/given")
    look(page, "province")
