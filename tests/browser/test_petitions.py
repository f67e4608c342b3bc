"""Writing to the police in a browser: a phone without scripts from the form to the answer, both languages."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page

from hamrong.access.walls import acting
from hamrong.kernel.seal import followup
from hamrong.petitions.actions.intake import enter_register
from hamrong.petitions.actions.messages import write, write_sealed
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Facts
from hamrong.sealed.actions.reports import content_key, ticket_of
from hamrong.sealed.models import Report
from tests.browser.looks import follow, look
from tests.conftest import Site
from tests.papers.test_attachments import photo
from tests.petitions.senders import WARD, now, officer
from tests.sealed.room import Officer, an_officer, chief, holders
from tests.world import PROVINCE

TEXT = "Ngày mùng ba tôi đến, người trực nhận tiền của tôi rồi mới cho vào.\nCó hai người cùng thấy."


@pytest.fixture(scope="module")
def leader() -> Officer:
    holders(), chief()
    return an_officer("province-leader", PROVINCE)


def phone(browser: Browser, site: Site, locale: str = "vi-VN", width: int = 360) -> Page:
    """A phone on which no script runs."""
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, locale=locale, viewport={"width": width, "height": 740}
    )
    return context.new_page()


def told(page: Page, subject: str) -> None:
    page.get_by_label("Việc gì, trong một câu").fill(subject)
    page.get_by_label("Kể lại sự việc").fill(TEXT)


def who(page: Page) -> None:
    page.get_by_label("Họ và tên", exact=True).fill("Lê Thị Bịa")
    page.get_by_label("Địa chỉ").fill("Thôn Bịa, xã Bịa")


def sent(page: Page, *files: FilePayload) -> str:
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Có hai người cùng thấy.").wait_for()
    page.get_by_label("Ảnh, giấy tờ kèm theo").set_input_files(list(files))
    page.get_by_role("button", name="Gửi").click()
    page.get_by_role("heading", name="Đã gửi", exact=True).wait_for()
    code = followup.read(page.locator(".follow-code strong").inner_text())
    assert code
    return code


def one_below_another(lines: Locator, count: int) -> bool:
    """Whether there are so many lines, each of them below the one before."""
    lines.nth(count - 1).wait_for()
    boxes = [box for box in (line.bounding_box() for line in lines.all()) if box]
    return len(boxes) == count and all(a["y"] + a["height"] <= b["y"] for a, b in pairwise(boxes))


def picture(name: str) -> FilePayload:
    return FilePayload(name=name, mimeType="image/jpeg", buffer=photo())


def followed(page: Page, code: str) -> None:
    page.goto("/theo-doi/")
    page.get_by_label("Mã theo dõi").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Mở").click()


def sorted_in(code: str, by: str, facts: Facts) -> Petition:
    with acting(officer("petition.read", role=by)) as grant:
        petition = visible.petitions(grant).get(ticket=ticket_of(code))
    row = enter_register(by=officer("petition.enter", role=by), petition=petition, at=now())
    assert isinstance(row, Petition), row
    done = sort_petition(by=officer("petition.sort", role=by), petition=row, found=Sorted(facts), at=now())
    assert isinstance(done, Petition), done
    return done


def asked(handler: Officer, petition: Petition, text: str) -> None:
    """The handler reads the report with their key and writes to the denouncer."""
    ring = handler.ring()
    with acting(handler.may("sealed.read")) as by:
        report = Report.objects.get(ticket=petition.ticket)
        key = content_key(report, ring)
        assert isinstance(key, bytes)
        write_sealed(by=by, report=report, key=key, text=text, at=now())


def test_a_denouncer_on_a_phone_without_scripts(browser: Browser, live_server: Site, leader: Officer) -> None:
    page = phone(browser, live_server)
    page.goto("/")
    page.get_by_role("link", name="Tố cáo", exact=True).click()
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_text("Tố cáo, có tên tôi; tên được niêm phong").click()
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_label("Người đó công tác ở đâu").select_option(WARD)
    page.get_by_label("Tố cáo ai").fill("Phạm Văn Bịa")
    told(page, "Nhận tiền của dân")
    follow(page.get_by_role("button", name="Tiếp tục"))
    assert "Có hai người cùng thấy." in page.get_by_label("Kể lại sự việc").input_value()
    who(page)
    code = sent(page, picture("biên lai.jpg"), FilePayload(name="máy.exe", mimeType="", buffer=b"MZ\0"))
    page.get_by_text("máy.exe: Không nhận loại tệp này").first.wait_for()
    page.get_by_label("Ảnh, giấy tờ kèm theo").set_input_files(
        [FilePayload(name=f"máy {count}.exe", mimeType="", buffer=b"MZ\0") for count in (1, 2, 3)]
    )
    page.get_by_role("button", name="Gửi tệp").click()
    assert one_below_another(page.locator(".field-error li"), 3)
    page.get_by_label("Ảnh, giấy tờ kèm theo").set_input_files([picture("giấy hẹn.jpg")])
    page.get_by_role("button", name="Gửi tệp").click()
    page.get_by_text("Đã nhận tệp").wait_for()
    petition = sorted_in(code, "petition-officer", Facts("signed", "ours"))
    assert petition.unit == PROVINCE
    asked(leader, petition, "Bạn còn giữ giấy tờ nào không?")
    followed(page, code)
    page.get_by_role("heading", name="Đã tiếp nhận").wait_for()
    page.get_by_text("Bạn còn giữ giấy tờ nào không?").wait_for()
    page.get_by_text("Chưa ai mở.").wait_for()
    assert page.locator("li", has_text=".jpg").count() == 2
    page.get_by_label("Viết thêm").fill("Tôi giữ một biên lai.")
    page.get_by_role("button", name="Gửi thêm").click()
    page.get_by_text("Tôi giữ một biên lai.").wait_for()
    page.get_by_role("button", name="Rời trang và xóa dấu vết").click()
    page.get_by_role("heading", name="Bạn đã rời trang").wait_for()
    assert [each["name"] for each in page.context.cookies() if each["name"] != "csrftoken"] == []
    page.context.close()


def test_a_denouncer_without_scripts_in_english(browser: Browser, live_server: Site, leader: Officer) -> None:
    page = phone(browser, live_server, "en-GB", width=390)

    def see(name: str) -> None:
        # axe needs scripts: the same pages are looked at with them below
        assert page.locator("html").get_attribute("lang") == "en", name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    page.goto("/to-cao/")
    page.locator("label[for=id_signed_0]").click()
    see("door")
    page.locator("main button[value=begin]").click()
    page.locator("select[name=unit]").select_option(WARD)
    page.locator("textarea[name=against]").fill("Phạm Văn Bịa")
    page.locator("input[name=subject]").fill("Nhận tiền của dân")
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("input[name=name]").fill("Lê Thị Bịa")
    page.locator("input[name=address]").fill("Thôn Bịa")
    see("matter")
    page.locator("main button[value=check]").click()
    see("check")
    page.locator("main button[value=send]").click()
    code = followup.read(page.locator(".follow-code strong").inner_text())
    assert code
    see("received")
    petition = sorted_in(code, "petition-officer", Facts("signed", "ours"))
    asked(leader, petition, "Còn ai thấy việc ấy không?")
    page.goto("/theo-doi/")
    page.locator("input[name=code]").fill(code)
    page.locator("main button[value=open]").click()
    page.get_by_text("Còn ai thấy việc ấy không?").wait_for()
    page.locator("textarea[name=text]").fill("Có hai người nữa.")
    page.locator("main button[value=write]").click()
    page.get_by_text("Có hai người nữa.").wait_for()
    page.locator("summary").first.click()
    see("standing")
    page.locator("main button[value=leave]").click()
    see("left")
    page.context.close()


def test_a_complainant_on_a_phone_without_scripts(browser: Browser, live_server: Site, leader: Officer) -> None:
    page = phone(browser, live_server)
    page.goto("/khieu-nai/")
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_label("Gửi đến").select_option(WARD)
    told(page, "Không nhận hồ sơ")
    who(page)
    code = sent(page)
    petition = sorted_in(code, "ward-duty", Facts("signed", "ours"))
    write(by=officer("petition.write"), petition=petition, text="Mời bạn đến đối thoại.", at=now())
    followed(page, code)
    page.get_by_text("Mời bạn đến đối thoại.").wait_for()
    page.get_by_text("Vì sao là ngày này").first.click()
    page.get_by_text("155/2026/NĐ-CP").first.wait_for()
    assert page.context.cookies() == []
    followed(page, code[:-1] + ("A" if code[-1] != "A" else "B"))
    page.get_by_text("chép sai").first.wait_for()
    page.context.close()


@pytest.mark.parametrize(
    ("address", "lang"), [("/to-cao/", "vi"), ("/to-cao/", "en"), ("/khieu-nai/", "vi"), ("/phan-anh/", "en")]
)
def test_every_step_is_accessible_and_fits(
    page: Page, live_server: Site, leader: Officer, address: str, lang: str
) -> None:
    page.goto(f"{address}?lang={lang}")
    look(page, f"{address} door")
    if address != "/khieu-nai/":
        follow(page.locator("main button[value=begin]"))
        look(page, f"{address} door with errors")
        page.locator("label[for=id_signed_0]").click()
    page.locator("main button[value=begin]").click()
    page.locator("textarea[name=text]").wait_for()
    look(page, f"{address} matter")
    follow(page.locator("main button[value=check]"))
    look(page, f"{address} matter with errors")
    page.locator("select[name=unit]").select_option(WARD)
    page.locator("input[name=subject]").fill("Việc bịa")
    page.locator("textarea[name=text]").fill(TEXT * 3)
    page.locator("input[name=name]").fill("Lê Thị Bịa")
    page.locator("input[name=address]").fill("Thôn Bịa")
    page.locator("main button[value=check]").click()
    page.locator("main button[value=send]").wait_for()
    look(page, f"{address} check")
    page.locator("main button[value=send]").click()
    code = page.locator(".follow-code strong").inner_text()
    look(page, f"{address} received")
    assert followup.read(page.locator(".follow-words").inner_text()) == code
    page.goto(f"/theo-doi/?lang={lang}")
    look(page, "code")
    page.locator("input[name=code]").fill(code)
    page.locator("main button[value=open]").click()
    page.locator("textarea[name=text]").fill("Một dòng")
    page.locator("main button[value=write]").click()
    page.locator(".words").wait_for()
    page.locator("main button[value=attach]").click()
    page.locator(".error-summary").wait_for()
    look(page, "standing without a file")
    page.locator("input[type=file]").set_input_files([picture(f"{'ảnh' * 30}.jpg")])
    page.locator("main button[value=attach]").click()
    page.locator(".told").first.wait_for()
    page.locator("summary").first.click()
    look(page, "standing")
    assert page.locator("html").get_attribute("lang") == lang
    follow(page.locator("main button[value=leave]"))
    look(page, "left")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Gọi cho tôi: 0912 345 678.", {"phone"}),
        ("Căn cước 038 090 123 456.", {"document"}),
        ("Xe 36A-123.45 đỗ trước cổng.", {"plate"}),
        ("Viết cho toi@thu.vn nhé.", {"mail"}),
        ("Xe máy 36mđ1 234.56 là của tôi.", {"plate"}),
        ("Biển bốn số: 29-H1 1234.", {"plate"}),
        ("Tôi tên là Lê Thị Bịa.", {"name"}),
        ("Con tôi là Lê Thị Bịa, học lớp 3.", {"name"}),
        ("Hôm đó vợ tôi, Phạm Thị Thử, có mặt.", {"name"}),
        ("Người viết đơn: Trần Văn Thử", {"name"}),
        ("Em trai của tôi tên Trần Văn Thử bị giữ.", {"name"}),
        ("Đề nghị xem xét.\nHọ và tên: Trần Văn Thử", {"name"}),
        ("Đề nghị xem xét.\nTrần Văn Thử\n", {"name"}),
        ("Tôi là người dân ở đó, ngày 03/11/2026 mất 1.500.000 đồng.", set()),
        ("Ông Nguyễn Văn Bịa, cán bộ Công an phường, đòi tôi Phong bì 2 triệu; nhà tôi ở gần đó.", set()),
        ("Công an phường Hạc Thành đòi 36 nghìn 12345 lần.", set()),
    ],
)
def test_the_device_tells_what_may_give_one_away(page: Page, live_server: Site, text: str, what: set[str]) -> None:
    page.goto("/to-cao/")
    page.locator("label[for=id_signed_1]").click()
    page.locator("main button[value=begin]").click()
    page.locator("textarea[name=text]").fill(text)
    seen = page.locator("[data-what]:visible")
    assert {seen.nth(each).get_attribute("data-what") for each in range(seen.count())} == what
    assert page.locator("[data-warn-self]").is_visible() == bool(what)
    look(page, text)
