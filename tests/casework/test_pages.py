"""The desk in a browser without scripts: what is shown to whom, steps taken and refused, and nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.steps import Told, open_case, take
from hamrong.cases.courses import Course
from hamrong.cases.models import Case, Clock, Fact
from hamrong.cases.queries import desk
from hamrong.org.models import Unit
from hamrong.petitions.complaints import FIRST
from hamrong.petitions.denunciations import DENUNCIATION
from tests.entrances import a_person, browser_of
from tests.petitions import way
from tests.petitions.way import PARAMS, brought_to, by
from tests.world import PROVINCE

WARD, OTHER = "14797", "14812"


def now() -> datetime:
    return datetime.now(UTC)


def a_case(course: Course = FIRST, *, days: int = 1, unit: str = WARD) -> Case:
    """A case that came in so many days ago."""
    at = now() - timedelta(days=days)
    step = course.steps[0]
    role = step.roles[0] if unit == WARD else step.roles[-1]
    case = open_case(by=by(step.act, role), course=course, unit=unit, province=PROVINCE, told=Told(at), at=at)
    assert isinstance(case, Case)
    return case


def settling(*, days: int = 1, since: int = 0) -> Case:
    case = a_case(days=since or days)
    at = now() - timedelta(days=days)
    taken = take(
        by=by("complaint.accept", "ward-duty"), case=case, revision=1, told=Told(at, "", "1/TB", PARAMS), at=at
    )
    assert isinstance(taken, Case), taken
    return taken


def duty(unit: str = WARD):
    return browser_of(a_person("ward-duty", unit))


def chief(unit: str = WARD):
    return browser_of(a_person("ward-chief", unit, name="Hoàng Thị Duyệt"))


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def told(case: Case, **changes: str) -> dict[str, str]:
    facts = {
        "revision": str(case.revision), "effective_on": today(), "document_number": "12/QĐ-CAX",
        "document_day": today(), "paper": "outside", "reason": "vì lý do này",
        "area_complexity": "normal", "area": "normal",
    }  # fmt: skip
    return {**facts, **changes}


def stands(case: Case) -> str:
    with acting(by("complaint.accept", "petition-officer")):
        return Case.objects.get(pk=case.pk).state


def test_the_first_page_tells_what_is_late_and_what_sounds():
    late, soon = a_case(days=30), a_case(days=1)
    page = duty().get("/ho-so/").content.decode()
    assert late.code in page and soon.code in page and "Quá hạn" in page
    assert page.index(late.code) < page.index(soon.code)
    assert late.code not in duty(OTHER).get("/ho-so/").content.decode()


def test_what_somebody_elses_post_has_to_do_stands_apart_and_below_what_ones_own_has():
    case = settling(days=25)
    mine, theirs = duty().get("/ho-so/").text, chief().get("/ho-so/").text
    assert case.code in mine.split('id="others"')[0]
    above, below = theirs.split('id="others"')
    assert case.code not in above and case.code in below and "Cán bộ trực ban công an cấp xã" in below
    assert "<details" in below and " open" in below.split("</summary>")[0] and "phải tự làm" in above


def test_a_case_in_which_a_proposal_waits_is_for_whoever_answers_it():
    case, first = settling(days=25), duty()
    first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, result="right"))
    above, below = first.get("/ho-so/").text.split('id="others"')
    assert case.code not in above and "Chờ duyệt: Ra quyết định giải quyết" in below
    assert case.code in chief().get("/ho-so/").text.split('id="waiting"')[1].split("</section>")[0]


def test_the_province_has_the_cases_of_its_departments_on_its_desk_and_those_of_communes_apart():
    department = Unit.objects.filter(kind="department").order_by("code").first().code
    theirs, ours = a_case(days=3), a_case(days=3, unit=department)
    officer = browser_of(a_person("petition-officer", PROVINCE))
    page = officer.get("/ho-so/").text
    assert ours.code in page.split('id="others"')[0] and theirs.code not in page
    above, below = officer.get("/ho-so/?unit=all").text.split('id="others"')
    assert theirs.code not in above and Unit.objects.get(code=WARD).name in below


def test_an_alarm_that_was_seen_is_put_away_and_lateness_is_still_counted():
    case, client = a_case(days=31), duty()
    with acting(by("complaint.accept", "ward-duty")):
        clock = Clock.objects.get(case=case)
    assert f'value="{clock.pk}"' in client.get("/ho-so/").content.decode()
    client.post("/ho-so/da-xem", {"clock": [str(clock.pk), "nonsense"]})
    page = client.get("/ho-so/").content.decode()
    assert f'value="{clock.pk}"' not in page and case.code in page
    assert f'value="{clock.pk}"' in duty().get("/ho-so/").content.decode()


def test_what_the_law_suspended_has_no_date_and_is_found_by_its_own_filter():
    case = brought_to(FIRST, "suspended")
    listed = by("case.list", "ward-duty")
    with acting(listed):
        due = desk.due(listed, at=now(), until=now() + timedelta(days=4000))
        assert "kn.first" not in {one.clock.rule for one in due if one.case == case} and desk.paused(listed)
        since = timezone.localdate(case.facts.order_by("-revision").first().effective_at)
    assert "/ho-so/danh-sach/?stands=paused" in duty().get("/ho-so/").text
    assert case.code in duty().get("/ho-so/danh-sach/?stands=paused").text
    told = " ".join(duty().get(f"/ho-so/{case.pk}/").text.split())
    assert re.search(rf"Từ ngày {since:%d/%m/%Y}\. Nếu tiếp tục hôm nay thì còn \d+ ngày", told)


def test_a_citizens_time_that_passed_makes_nobody_late_and_opens_the_step_that_waited_for_it():
    case = brought_to(FIRST, "served")
    assert case.code not in duty().get("/ho-so/").text
    page = duty().get(f"/ho-so/{case.pk}/").text
    assert "Đã hết hạn" in page and "Quá hạn" not in page and "Ghi nhận quyết định có hiệu lực" in page


def test_a_case_shows_its_clocks_with_the_law_and_the_steps_of_the_reader():
    case = a_case()
    page = duty().get(f"/ho-so/{case.pk}/").content.decode()
    assert "Thụ lý khiếu nại" in page and "law-steps" in page and "/luat/kn.accept" in page
    assert "/buoc/" not in chief().get(f"/ho-so/{case.pk}/").content.decode()
    assert duty(OTHER).get(f"/ho-so/{case.pk}/").status_code == 404
    assert browser_of(a_person("inspector", PROVINCE)).get(f"/ho-so/{case.pk}/").status_code == 403


def test_a_step_is_taken_from_its_form():
    case, client = a_case(), duty()
    address = f"/ho-so/{case.pk}/buoc/complaint.accept"
    assert 'name="area_complexity"' in client.get(address).content.decode()
    assert client.post(address, told(case)).status_code == 302
    with acting(by("complaint.accept", "ward-duty")):
        fact = Fact.objects.get(case=case, revision=2)
    assert (fact.target, fact.document) == ("settling", f"12/QĐ-CAX, {today()}")


@pytest.mark.parametrize(
    "wrong",
    [{"document_number": ""}, {"effective_on": "01/01/2099"}, {"effective_on": "01/01/2020"}, {"revision": "77"}],
)
def test_what_is_refused_says_why_and_loses_nothing(wrong):
    case, client = a_case(), duty()
    response = client.post(f"/ho-so/{case.pk}/buoc/complaint.accept", told(case, reason="lời dài đã gõ", **wrong))
    page = response.content.decode()
    assert response.status_code == 200 and "lời dài đã gõ" in page and "error-summary" in page
    assert f'name="revision" value="{case.revision}"' in page
    assert stands(case) == "received"


def test_a_step_that_came_too_late_keeps_what_was_typed():
    case, client = settling(days=5), duty()
    response = client.post(f"/ho-so/{case.pk}/buoc/complaint.send", told(case, reason="đã gõ"))
    assert response.status_code == 200 and "đã gõ" in response.content.decode()


def test_what_the_law_forbids_is_refused_when_it_is_proposed():
    case, first = brought_to(DENUNCIATION, "settling"), duty()
    wrong = told(case, reason="lời dài đã gõ")
    page = first.post(f"/ho-so/{case.pk}/buoc/denunciation.extend-again", wrong).content.decode()
    assert "Chưa có lần gia hạn đứng trước" in page and "lời dài đã gõ" in page
    assert "/ho-so/de-xuat/" not in first.get(f"/ho-so/{case.pk}/").content.decode()
    assert stands(case) == "settling"


def test_only_extensions_that_the_law_still_has_are_offered_and_the_others_say_why():
    case, first = brought_to(DENUNCIATION, "settling"), duty()

    def offered() -> tuple[set[str], str]:
        page = first.get(f"/ho-so/{case.pk}/").content.decode()
        return {name for name in ("extend", "extend-again") if f'/buoc/denunciation.{name}"' in page}, page

    names, page = offered()
    assert names == {"extend"} and "Chưa có lần gia hạn đứng trước" in page
    case = way.do(DENUNCIATION, case, DENUNCIATION.step("denunciation.extend", "settling"))
    names, page = offered()
    assert names == {"extend-again"} and "luật chỉ cho một lần" in page
    assert "Điều 30 Luật Tố cáo 25/2018/QH14" in page and "25/2018/QH14 Đ30" not in page
    case = way.do(DENUNCIATION, case, DENUNCIATION.step("denunciation.extend-again", "settling"))
    assert offered()[0] == set()
    answer = way.do(DENUNCIATION, case, DENUNCIATION.step("denunciation.extend", "settling"))
    assert "luật chỉ cho một lần" in answer.vi


def test_the_history_tells_what_was_done_and_the_button_says_what_to_do():
    case, person = settling(), duty()
    page = person.get(f"/ho-so/{case.pk}/").content.decode()
    english = browser_of(a_person("ward-duty", WARD))
    english.cookies["django_language"] = "en"
    spoken = english.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Đã thụ lý khiếu nại" in page and ">Ra quyết định giải quyết<" in page
    assert "Complaint accepted" in spoken and ">Issue the decision<" in spoken and "Accept the complaint" not in spoken


def test_two_people_decide():
    case, first = settling(), duty()
    page = first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, reason="lời đã gõ")).content.decode()
    assert "Chọn kết quả giải quyết" in page and "Khiếu nại đúng một phần" in page and "lời đã gõ" in page
    answer = first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, result="partly"))
    assert answer.status_code == 302
    shown = first.get(f"/ho-so/{case.pk}/").content.decode()
    address = shown.split("/ho-so/de-xuat/")[1].split("/")[0]
    assert "tự duyệt" in first.get(f"/ho-so/de-xuat/{address}/").content.decode()
    first.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"})
    assert stands(case) == "settling"
    second = chief()
    assert f"/ho-so/de-xuat/{address}/" in second.get("/ho-so/").content.decode()
    assert "Khiếu nại đúng một phần" in second.get(f"/ho-so/de-xuat/{address}/").content.decode()
    refused = second.post(f"/ho-so/de-xuat/{address}/", {"do": "refuse", "answer": ""})
    assert refused.status_code == 200 and "error-summary" in refused.content.decode()
    assert second.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"}).status_code == 302
    assert stands(case) == "decided"
    page = second.get(f"/ho-so/{case.pk}/").content.decode()
    assert "1/" in page and page.count("Khiếu nại đúng một phần") == 2
    again = second.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"}).content.decode()
    assert (
        "Đề xuất này đã được duyệt" in again and "Hoàng Thị Duyệt" in again.split("Đề xuất này đã được duyệt")[1][:200]
    )


def test_what_is_laid_before_one_chief_does_not_wait_for_another():
    case, first = settling(), duty()
    person = a_person("ward-chief", case.unit)
    form = first.get(f"/ho-so/{case.pk}/buoc/complaint.decide").content.decode()
    assert "Trình ai" in form and f'value="person:{person.pk}"' in form
    first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, asked=f"person:{person.pk}", result="right"))
    address = first.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/de-xuat/")[1].split("/")[0]
    other = chief()
    assert address not in other.get("/ho-so/").content.decode()
    assert person.full_name in other.get(f"/ho-so/de-xuat/{address}/").content.decode()
    other.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"})
    assert stands(case) == "settling"
    assert browser_of(person).post(f"/ho-so/de-xuat/{address}/", {"do": "approve"}).status_code == 302
    assert stands(case) == "decided"


def test_a_proposal_is_refused_or_taken_back():
    case, first = settling(), duty()
    for do, who in (("refuse", chief()), ("withdraw", first)):
        first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, result="right"))
        address = first.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/de-xuat/")[1].split("/")[0]
        assert who.post(f"/ho-so/de-xuat/{address}/", {"do": do, "answer": "thiếu biên bản"}).status_code == 302
        assert "/ho-so/de-xuat/" not in first.get(f"/ho-so/{case.pk}/").content.decode()
    assert stands(case) == "settling"


def test_what_was_known_on_a_day():
    case = settling(days=3)
    client = duty()
    before = f"{timezone.localdate() - timedelta(days=10):%d/%m/%Y}"
    assert "chưa có hồ sơ này" in client.get(f"/ho-so/{case.pk}/?on={before}").content.decode()
    assert client.post(f"/ho-so/{case.pk}/buoc/complaint.dialogue", told(case)).status_code == 302
    client.get("/ho-so/")  # takes the message that it was done
    yesterday = f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"
    assert "Đã đối thoại" not in client.get(f"/ho-so/{case.pk}/?on={yesterday}").content.decode()
    assert "Đã đối thoại" in client.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Năm này xa quá" in client.get(f"/ho-so/{case.pk}/?on=31/12/9999").content.decode()


def test_what_was_known_on_a_day_tells_nothing_that_came_later():
    then, client = f"{FIRST.first + timedelta(days=31):%d/%m/%Y}", duty()
    case = brought_to(FIRST, "effective")
    today, past = client.get(f"/ho-so/{case.pk}/").text, client.get(f"/ho-so/{case.pk}/?on={then}").text
    for later in ("Kết thúc", "Số trong sổ", "Kết quả giải quyết"):
        assert f"<dt>{later}</dt>" in today and f"<dt>{later}</dt>" not in past


def test_a_case_ends_on_the_day_on_which_that_took_effect_not_on_that_of_its_record():
    case, client, on = a_case(days=9), duty(), f"{timezone.localdate() - timedelta(days=3):%d/%m/%Y}"
    assert client.post(f"/ho-so/{case.pk}/buoc/complaint.return", told(case, effective_on=on)).status_code == 302
    assert f"<dt>Kết thúc</dt><dd>{on}</dd>" in client.get(f"/ho-so/{case.pk}/").text
    file = client.post(f"/ho-so/danh-sach/tep?stands=closed&q={case.code}", {"format": "csv"})
    line = b"".join(file.streaming_content).decode("utf-8-sig").split(case.code)[1]
    assert on in line and today() not in line.split(on)[1]


def test_the_list_is_filtered_and_leaves_as_a_file():
    case, client = a_case(days=40), duty()
    assert case.code in client.get(f"/ho-so/danh-sach/?q={case.code.lower()}").content.decode()
    assert case.code in client.get(f"/ho-so/danh-sach/?stands=late&q={case.code}").content.decode()
    assert f"/ho-so/{case.pk}/" not in client.get(f"/ho-so/danh-sach/?stands=closed&q={case.code}").content.decode()
    assert "quá hạn " in client.get(f"/ho-so/danh-sach/?q={case.code}").text
    page = client.get(f"/ho-so/danh-sach/?q={a_case().code}").text
    assert "quá hạn " not in page and 'data-label="Đơn vị"' not in page
    file = client.post(f"/ho-so/danh-sach/tep?q={case.code}", {"format": "csv"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert case.code in text and Unit.objects.get(code=WARD).name in text


def test_the_province_narrows_the_list_by_the_name_of_a_unit():
    case, leader = a_case(), browser_of(a_person("province-leader", PROVINCE))
    page = leader.get(f"/ho-so/danh-sach/?q={case.code}&unit={WARD}").text
    assert f'<option value="{WARD}" selected>{Unit.objects.get(code=WARD).name}' in page
    assert f"/ho-so/{case.pk}/" in page and page.count('data-label="Đơn vị"') == page.count("data-row")
    unknown = leader.get(f"/ho-so/danh-sach/?q={case.code}&unit=khong-co").text
    assert unknown.count("<tr") == page.count("<tr")  # what makes no sense leaves the other filters alone


def test_the_paper_holds_the_derivation():
    case = a_case()
    page = duty().get(f"/ho-so/{case.pk}/in").content.decode()
    assert case.code in page and "law-steps" in page and "CỘNG HÒA" in page


def test_a_denunciation_shows_no_name_on_the_desk():
    case = a_case(DENUNCIATION)
    assert case.code in duty().get("/ho-so/").content.decode()


def test_all_cases_of_a_unit_move_by_one_order():
    case = a_case(unit="16531", days=2)
    leader = browser_of(a_person("province-leader", PROVINCE))
    form = {"old": "16531", "new": OTHER, "document": "5/QĐ"}
    looked = leader.post("/ho-so/sap-xep/", {**form, "do": "look"}).content.decode()
    assert "hồ sơ" in looked and "đơn vị này vẫn đang hoạt động" in looked
    assert "Không có lựa chọn" in leader.post("/ho-so/sap-xep/", {**form, "old": "x", "do": "look"}).content.decode()
    assert leader.post("/ho-so/sap-xep/", {**form, "do": "sign"}).status_code == 302
    assert duty(OTHER).get(f"/ho-so/{case.pk}/").status_code == 200


def test_units_that_ended_are_offered_first_with_their_last_day_and_the_province_never():
    gone, here = a_case(unit="382"), a_case()
    leader = browser_of(a_person("province-leader", PROVINCE))
    page = leader.get("/ho-so/sap-xep/").content.decode()
    options = page.split('name="old"')[1].split("</select>")[0]
    assert "Công an thành phố Sầm Sơn (đến hết ngày 28/02/2025)" in options
    assert options.index(f'value="{gone.unit}"') < options.index(f'value="{here.unit}"')
    assert f'value="{PROVINCE}"' not in options


def test_only_the_list_that_was_seen_is_signed():
    leader = browser_of(a_person("province-leader", PROVINCE))
    case = a_case(days=3)
    with acting(by("complaint.accept", "ward-duty")) as grant:
        Clock.objects.filter(case=case).update(legal=now() + timedelta(days=900))
        enter(grant, subject="test", at=now())
    page = leader.get("/ho-so/tinh-lai/").content.decode()
    assert case.code in page
    seal = page.split('name="seal" value="')[1].split('"')[0]
    assert leader.post("/ho-so/tinh-lai/", {"seal": "0", "document": "7/QĐ"}).status_code == 200
    assert leader.post("/ho-so/tinh-lai/", {"seal": seal, "document": "7/QĐ"}).status_code == 302
    assert case.code not in leader.get("/ho-so/tinh-lai/").content.decode()


def test_each_date_in_a_list_leads_to_its_reasons_and_the_files_and_calendar_tell_them():
    case = a_case(days=1)
    client = duty()
    why = f'/ho-so/{case.pk}/#clock-kn.accept"'
    page = client.get(f"/ho-so/{case.pk}/").content.decode()
    assert 'id="clock-kn.accept"' in page
    assert why in client.get("/ho-so/").content.decode()
    assert why in client.get(f"/ho-so/danh-sach/?q={case.code}").content.decode()
    answer = client.post(f"/ho-so/danh-sach/tep?q={case.code}", {"format": "csv"})
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Căn cứ của hạn" in told and "155/2026/NĐ-CP" in told.split(case.code)[1]
    address = re.search(r"/ho-so/lich/[\w-]+[.]ics", client.post("/ho-so/lich/", {"do": "make"}).content.decode())
    event = next(
        each for each in client.get(address[0]).content.decode().replace("\r\n ", "").split("BEGIN:VEVENT")
        if case.code in each
    )  # fmt: skip
    assert "Vì sao:" in event and "ngày làm việc" in event and "155/2026/NĐ-CP" in event


def test_what_is_late_by_words_that_nobody_confirmed_is_said_to_be_no_proof():
    says = "chưa đủ để kết luận ai chậm"
    late = a_case(days=40)
    client = duty()
    assert says in client.get("/ho-so/").content.decode()
    assert says in client.get(f"/ho-so/danh-sach/?q={late.code}").content.decode()
    assert says not in client.get(f"/ho-so/danh-sach/?q={a_case(days=1).code}").content.decode()
