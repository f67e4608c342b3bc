"""The desk of cases in a browser: accessible, fitting a phone, in both languages, usable without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser.looks import follow, look, with_session
from tests.casework.test_emergencies import a_complaint
from tests.casework.test_pages import OTHER, WARD, a_case, settling
from tests.conftest import Site
from tests.entrances import a_person, browser_of
from tests.petitions.senders import TEXT
from tests.world import PROVINCE


def signed_in(page: Page, site: Site, role: str, scope: str) -> Page:
    return with_session(page, site, browser_of(a_person(role, scope)))


def test_a_case_from_the_first_page_to_its_decision(page: Page, live_server: Site) -> None:
    case, other = settling(days=50), a_case(days=20)
    signed_in(page, live_server, "ward-duty", WARD).goto("/ho-so/")
    look(page, "desk")
    page.goto(f"/ho-so/danh-sach/?q={case.code}")
    look(page, "list")
    follow(page.get_by_role("link", name=case.code, exact=True))
    look(page, "case")
    page.locator("summary", has_text="Vì sao").first.click()
    look(page, "case-why")
    page.get_by_role("link", name="Ra quyết định giải quyết").click()
    follow(page.get_by_role("button", name="Đề xuất"))
    look(page, "step-errors")
    page.locator("textarea[name=reason]").fill("Khiếu nại đúng một phần")
    for group in page.locator("fieldset").all():
        group.locator("label").first.click()
    page.get_by_role("button", name="Đề xuất").click()
    page.get_by_text("Đang chờ duyệt").wait_for()
    look(page, "case-waiting")
    signed_in(page, live_server, "ward-chief", WARD).goto("/ho-so/")
    look(page, "desk-chief")
    page.goto(f"/ho-so/{case.pk}/")
    follow(page.locator("a[href^='/ho-so/de-xuat/']"))
    look(page, "proposal")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.get_by_text("Đã ra quyết định").first.wait_for()
    for address in ("chuyen", "nhap", "tach", "in"):
        page.goto(f"/ho-so/{other.pk}/{address}")
        look(page, address)
    page.goto("/ho-so/lich/")
    follow(page.get_by_role("button", name="Tạo địa chỉ mới"))
    look(page, "calendar")
    page.goto("/ho-so/danh-sach/tep")
    look(page, "export")


def test_between_units_and_for_the_whole_province(page: Page, live_server: Site) -> None:
    case = settling(days=3)
    signed_in(page, live_server, "ward-duty", WARD).goto(f"/ho-so/{case.pk}/chuyen")
    page.locator("select[name=receiver]").select_option(OTHER)
    page.locator("textarea[name=reason]").fill("Vụ việc xảy ra ở phường đó")
    page.get_by_role("button", name="Gửi đề nghị chuyển").click()
    page.get_by_text("Đang được chuyển").wait_for()
    signed_in(page, live_server, "ward-chief", OTHER).goto("/ho-so/")
    look(page, "desk-offered")
    follow(page.locator("#offered").get_by_role("link", name=case.code, exact=True))
    look(page, "transfer")
    page.get_by_role("button", name="Nhận hồ sơ").click()
    page.get_by_role("heading", name=case.code).wait_for()
    signed_in(page, live_server, "province-leader", PROVINCE).goto("/ho-so/?unit=all")
    look(page, "desk-province")
    page.goto("/ho-so/tinh-lai/")
    look(page, "reckon")
    page.goto("/ho-so/sap-xep/")
    look(page, "reorganise")


def test_a_step_without_scripts_in_english(browser: Browser, live_server: Site) -> None:
    case = a_case()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 800}
    )
    page = signed_in(context.new_page(), live_server, "ward-duty", WARD)
    page.goto(f"/ho-so/{case.pk}/")
    page.get_by_role("link", name="Accept the complaint").click()
    follow(page.get_by_role("button", name="Put on record"))
    assert page.get_by_text("Choose", exact=False).count() or page.locator(".error-summary").count()
    context.close()


def test_a_chief_lets_somebody_act_in_their_place(page: Page, live_server: Site) -> None:
    other = a_person("ward-duty", WARD, name="Lê Văn Trực")
    signed_in(page, live_server, "ward-chief", WARD).goto("/ho-so/")
    follow(page.get_by_role("link", name="Ủy quyền cho người khác trong những ngày vắng mặt"))
    look(page, "delegations")
    follow(page.get_by_role("button", name="Ủy quyền", exact=True))
    look(page, "delegations-errors")
    page.locator("select[name=borrower]").select_option(str(other.pk))
    page.locator("input[name=last_day]").fill(f"{timezone.localdate() + timedelta(days=5):%d/%m/%Y}")
    page.locator("input[name=ordered_by]").fill("15/GUQ-CAX, 24/11/2026")
    page.get_by_role("button", name="Ủy quyền", exact=True).click()
    page.get_by_text("Lê Văn Trực thay").first.wait_for()
    look(page, "delegations-live")
    page.goto("/ho-so/")
    look(page, "desk-delegated")
    page.goto("/ho-so/uy-quyen/?lang=en")
    page.get_by_role("button", name="Chấm dứt ngay").first.click()
    page.get_by_text("Chấm dứt trước hạn").first.wait_for()
    look(page, "delegations-ended")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_case_opened_in_an_emergency(page: Page, live_server: Site, lang: str) -> None:
    case = a_complaint()

    def seat(role: str, scope: str) -> None:
        signed_in(page, live_server, role, scope)
        page.context.add_cookies([{"name": "django_language", "value": lang, "url": live_server.url}])

    seat("ward-duty", OTHER)
    page.goto("/ho-so/khan-cap/")
    look(page, f"emergency-{lang}")
    follow(page.locator("main form .buttons button"))
    look(page, f"emergency-{lang}-errors")
    page.locator("input[name=code]").fill(case.code)
    page.locator("label[for=id_ground_0]").click()
    page.locator("textarea[name=reason]").fill("Người gửi đơn gọi báo đang bị đe dọa, cần địa chỉ để đến ngay")
    follow(page.locator("main form .buttons button"))
    look(page, f"emergency-{lang}-opened")
    address = page.url
    follow(page.locator("main a[href$='/ho-so']"))
    page.get_by_text(TEXT).wait_for()
    look(page, f"emergency-{lang}-case")
    seat("ward-chief", WARD)
    page.goto("/ho-so/")
    look(page, f"emergency-{lang}-told")
    seat("inspector", PROVINCE)
    page.goto("/inspection/")
    look(page, f"emergency-{lang}-inspector")
    page.goto(address)
    follow(page.locator("main a[href$='/xem-xet']"))
    page.locator("input[name=found][value=justified]").check(force=True)
    page.locator("textarea[name=answer]").fill("Đã đối chiếu với tin báo của người gửi đơn")
    look(page, f"emergency-{lang}-review")
    follow(page.locator("main form .buttons button"))
    look(page, f"emergency-{lang}-reviewed")
    page.goto("/ho-so/khan-cap/")
    look(page, f"emergency-{lang}-list")
