"""Each officer's whole way with petitions in a browser, on a phone and at a desk, in both languages.

The sender's way is in `test_petitions`. Here pages are found by what they hold, not by their words, so that each way is
walked in Vietnamese and in English by the same lines.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from tests.browser.looks import look, with_session
from tests.browser.test_petitions import sorted_in
from tests.casework.test_pages import settling
from tests.conftest import Site
from tests.entrances import a_person, browser_of
from tests.petitions.senders import OTHER, TEXT, WARD, sent
from tests.petitions.test_team import an_accepted
from tests.petitions.test_transferring import a_denunciation
from tests.sealed.room import NAME, PASSPHRASE, a_request, an_officer, chief, chief_of_province, holders_of, seal
from tests.world import PROVINCE

BOTH = pytest.mark.parametrize(("width", "lang"), [(390, "vi"), (1280, "en")])
ACCUSED = "Trần Bịa Đặt"


class Desk:
    """A screen of one width and language, at which officers sign in one after another."""

    def __init__(self, page: Page, site: Site, width: int, lang: str) -> None:
        page.set_viewport_size({"width": width, "height": 844})
        self.page, self.site, self.width, self.lang = page, site, width, lang

    def sit(self, role: str, scope: str, name: str = "Lê Thị Thử") -> Page:
        """Somebody new with a post signs in."""
        return self.seat(a_person(role, scope, name=name))

    def seat(self, person: Person) -> Page:
        """Somebody signs in, who reads this language."""
        with_session(self.page, self.site, browser_of(person))
        self.page.context.add_cookies([{"name": "django_language", "value": self.lang, "url": self.site.url}])
        return self.page

    def see(self, name: str, address: str = "") -> None:
        """The page is accessible, fits, and speaks the language."""
        if address:
            self.page.goto(address)
        assert self.page.locator("html").get_attribute("lang") == self.lang
        look(self.page, f"way-{self.lang}-{name}", [self.width])

    def press(self, value: str) -> None:
        self.page.locator(f"main button[value={value}]").first.click()
        self.page.wait_for_load_state()

    def choose(self, **chosen: str) -> None:
        for name, value in chosen.items():
            self.page.locator(f"input[name={name}][value='{value}']").check(force=True)

    def fill(self, **typed: str) -> None:
        for name, value in typed.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").fill(value)

    def submit(self) -> None:
        """Press the first button of the page's own form."""
        self.page.locator("main form[method=post] .buttons button").first.click()
        self.page.wait_for_load_state()


def taken(desk: Desk, kind: str, **typed: str) -> str:
    """A petition taken in at the counter and opened; answers its address."""
    desk.see("take", "/don/nhan")
    desk.choose(kind=kind)
    desk.fill(**{"subject": "Biên bản ghi sai", "text": TEXT, **typed})
    desk.submit()
    desk.page.locator("main svg").first.wait_for()
    desk.see("taken")
    desk.page.locator("main a[href^='/don/']").first.click()
    desk.page.locator("input[name=competence]").first.wait_for()
    return desk.page.url


@BOTH
def test_a_clerk_takes_in_sorts_links_and_tells(page: Page, live_server: Site, width: int, lang: str) -> None:
    desk = Desk(page, live_server, width, lang)
    desk.sit("ward-duty", WARD)
    told = {"name": "Nguyễn Văn Bịa", "document": "038090765432", "text": f"{TEXT} {lang} {width}"}
    first = taken(desk, "reflection", **told)
    desk.choose(signed="signed", competence="elsewhere")
    desk.press("sort")
    desk.see("sort-without-a-reason")
    assert page.locator("input[name=competence][value=elsewhere]").is_checked()
    desk.fill(reason="Việc của Ủy ban nhân dân phường")
    desk.press("sort")
    page.locator("#result").wait_for()
    desk.see("sorted")
    desk.press("tell")
    desk.see("tell-without-a-document")
    desk.fill(document="12/PC-CAP ngày 26/11/2026")
    desk.press("tell")
    page.locator("main button[value=tell]").wait_for(state="detached")
    desk.fill(text="Đơn của bạn đã được chuyển.")
    desk.press("write")
    page.get_by_text("Đơn của bạn đã được chuyển.").wait_for()
    taken(desk, "reflection", **told)
    page.locator("#alike").wait_for()
    desk.see("alike")
    desk.press("link")
    page.locator(f"main a[href='{first.removeprefix(live_server.url)}']").wait_for()
    desk.see("linked")
    desk.see("register", "/don/")


@BOTH
def test_a_handler_reads_writes_and_asks_for_the_identity(page: Page, live_server: Site, width: int, lang: str) -> None:
    reader = chief()
    _, code = sent(kind="denunciation")
    petition = sorted_in(code, "ward-duty", Facts("signed", "ours"))
    desk = Desk(page, live_server, width, lang)
    desk.seat(reader.person)
    desk.see("sealed", f"/don/{petition.pk}/")
    page.locator("main a[href^='/niem-phong/noi-dung/']").click()
    page.locator("input[name=password]").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_text(TEXT).wait_for()
    desk.fill(text="Bạn còn giữ biên lai không?")
    page.locator("form:has(textarea[name=text]) .buttons button").click()
    page.get_by_text("Bạn còn giữ biên lai không?").wait_for()
    desk.see("sealed-written")
    page.locator("main a[href$='/mo']").click()
    desk.fill(reason="Gặp để xác minh", ground="Luật Tố cáo Điều 31", password=PASSPHRASE)
    page.locator("[name=until]").fill(f"{timezone.localdate() + timedelta(days=7):%d/%m/%Y}")
    desk.see("ask")
    desk.submit()
    page.wait_for_url("**/cua-toi/**")
    desk.see("asked")
    assert petition.case is not None
    desk.see("case", f"/ho-so/{petition.case_id}/")


@BOTH
def test_a_chief_sends_a_proposal_back_and_then_approves(page: Page, live_server: Site, width: int, lang: str) -> None:
    case, desk = settling(days=20), Desk(page, live_server, width, lang)

    def proposed(reason: str) -> None:
        desk.sit("ward-duty", WARD)
        page.goto(f"/ho-so/{case.pk}/buoc/complaint.decide")
        desk.fill(reason=reason)
        for group in page.locator("main fieldset").all():
            group.locator("label").first.click()
        desk.submit()
        page.locator("main a[href^='/ho-so/de-xuat/']").wait_for()
        desk.sit("ward-chief", WARD, "Hoàng Thị Duyệt")
        page.goto(f"/ho-so/{case.pk}/")
        page.locator("main a[href^='/ho-so/de-xuat/']").click()

    proposed("Khiếu nại sai")
    desk.see("proposal")
    desk.press("refuse")
    desk.see("refuse-without-an-answer")
    desk.fill(answer="Chưa đối thoại")
    desk.press("refuse")
    desk.see("case-after-refusal", f"/ho-so/{case.pk}/")
    assert page.locator("main a[href^='/ho-so/de-xuat/']").count() == 0
    proposed("Khiếu nại đúng, đã đối thoại")
    desk.press("approve")
    page.wait_for_url(f"**/ho-so/{case.pk}/")
    page.get_by_text("Khiếu nại đúng, đã đối thoại").wait_for()
    assert "quyet-dinh-khieu-nai" not in page.inner_text("main"), "a register is called by words"
    desk.see("decided")


@BOTH
def test_an_inspector_sees_every_act_and_no_content(page: Page, live_server: Site, width: int, lang: str) -> None:
    petition, code = sent(kind="denunciation")
    sorted_in(code, "ward-duty", Facts("signed", "ours"))
    report, _ = seal()
    request = a_request(report)
    desk = Desk(page, live_server, width, lang)
    holder = holders_of(report)[0]
    desk.seat(holder.person).goto(f"/niem-phong/de-nghi/{request.pk}/")
    page.locator("input[name=yes-password]").fill(PASSPHRASE)
    page.locator("input[name=yes-password]").press("Enter")
    page.wait_for_url("**/de-nghi/")
    page = desk.sit("inspector", PROVINCE)
    desk.see("record", f"/inspection/?subject=petition:{petition.pk}")
    acts = page.locator("main tbody tr")
    assert acts.count() >= 2, "it was entered and sorted"
    desk.see("record-of-opening", f"/inspection/?subject=sealed-request:{request.pk}")
    assert acts.count() >= 2, "asked for and answered"
    page.locator("main tbody a").first.click()
    page.wait_for_url("**/inspection/entries/*")
    desk.see("entry")
    assert NAME not in page.content() and TEXT not in page.content()
    desk.see("questions", "/inspection/questions/")
    for closed in (f"/don/{petition.pk}/", f"/niem-phong/noi-dung/{petition.pk}/", "/don/", "/ho-so/"):
        answer = page.goto(closed)
        assert answer is not None and answer.status in {403, 404}, closed
        assert TEXT not in page.content()
    desk.see("refused")


@BOTH
def test_the_second_instance_has_the_first_file(page: Page, live_server: Site, width: int, lang: str) -> None:
    first, desk = settling(days=60), Desk(page, live_server, width, lang)
    desk.sit("petition-officer", PROVINCE)
    taken(desk, "complaint", name="Nguyễn Văn Bịa")
    desk.choose(signed="signed", competence="ours", instance="second")
    desk.fill(earlier="KN-1999-000001")
    desk.press("sort")
    desk.see("no-such-first-case")
    desk.fill(earlier=first.code.lower())
    desk.press("sort")
    page.locator("#result").wait_for()
    page.locator("main a[href^='/ho-so/']").first.click()
    page.locator("#do").wait_for()
    desk.see("second-case")
    page.get_by_role("link", name=first.code).click()
    page.wait_for_url(f"**/ho-so/{first.pk}/")
    page.locator("#past").wait_for()
    desk.see("first-case")


@BOTH
def test_a_sealed_report_goes_to_a_colleague_and_with_its_case_to_another_unit(
    page: Page, live_server: Site, width: int, lang: str
) -> None:
    desk = Desk(page, live_server, width, lang)
    colleague, receiver = an_officer(), an_officer(scope=OTHER)
    case, report = a_denunciation()
    with acting(chief_of_province("case.read")):
        petition = Petition.objects.get(case=case)
    desk.seat(chief().person)
    desk.see("give", f"/niem-phong/don/{report.pk}/giao")
    desk.submit()
    desk.see("give-errors")
    desk.choose(person=str(colleague.id))
    desk.choose(way="adding")
    desk.fill(password=PASSPHRASE)
    desk.submit()
    desk.see("given")
    page.goto(f"/ho-so/{case.pk}/chuyen")
    desk.see("offer-sealed")
    page.locator("select[name=receiver]").select_option(OTHER)
    desk.fill(reason="Nơi xảy ra vụ việc", password=PASSPHRASE)
    page.locator("main form .buttons").last.locator("button").first.click()  # the first of all looks for units
    page.wait_for_load_state()
    desk.see("offered-sealed")
    page.locator("main a[href*='/ho-so/chuyen/']").first.click()
    page.wait_for_load_state()
    address = page.url
    desk.seat(receiver.person)
    page.goto(address)
    desk.press("accept")
    page.goto(f"/niem-phong/noi-dung/{petition.pk}/")
    desk.fill(password=PASSPHRASE)
    desk.submit()
    page.get_by_text(TEXT).wait_for()
    desk.see("sealed-received")


@BOTH
def test_a_chief_names_a_team_and_a_member_keeps_away(page: Page, live_server: Site, width: int, lang: str):
    case, _ = an_accepted()
    people = [a_person("ward-duty", WARD, name=name) for name in ("Lê Thị Tổ Trưởng", "Hà Văn Viên")]
    desk = Desk(page, live_server, width, lang)
    desk.seat(chief().person)
    desk.see("team-none", f"/ho-so/{case.pk}/")
    page.locator("a[href$='to-xac-minh']").click()
    for person in people:
        box = page.locator(f"input[name=people][value='{person.pk}']").get_attribute("id")
        page.locator(f"label[for={box}]").click()
    page.select_option("select[name=head]", str(people[0].pk))
    page.fill("input[name=document]", "15/QĐ-CAP, 24/11/2026")
    page.fill("input[name=password]", PASSPHRASE)
    desk.see("team-form")
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/ho-so/{case.pk}/")
    assert people[0].full_name in page.content()
    desk.see("team-named")
    desk.seat(people[1])
    page.goto(f"/ho-so/{case.pk}/")
    page.locator("a[href$='lien-quan']").click()
    page.locator("label[for=id_ground_0]").click()
    desk.see("team-away")
    page.locator("main form button").first.click()
    page.wait_for_url("**/ho-so/")
    page.goto(f"/ho-so/{case.pk}/")
    assert people[0].full_name not in page.content()
