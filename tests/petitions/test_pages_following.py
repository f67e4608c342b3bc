"""Coming back by the code: state, dates and why, words both ways, openings; a wrong code tells nothing."""

import re
import time

import pytest

from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.courses import Step, course
from hamrong.cases.models import Case
from hamrong.kernel.seal.followup import new_code
from hamrong.org.models import Unit
from hamrong.petitions.actions.intake import enter_register
from hamrong.petitions.actions.messages import write, write_sealed
from hamrong.petitions.actions.sorting import Sorted, sort_petition, tell_sender
from hamrong.petitions.models import Tally
from hamrong.petitions.queries.following import standing
from hamrong.petitions.rules import Facts
from hamrong.petitions.told import Content
from hamrong.sealed.actions.reports import content_key
from hamrong.sealed.models import Report
from tests.entrances import browser
from tests.petitions.senders import OTHER, TEXT, WARD, now, officer, sender, sent, today
from tests.petitions.way import PARAMS
from tests.sealed.room import chief

OURS = Facts("signed", "ours")


def opened(code: str, **more: str) -> str:
    return browser().post("/theo-doi/", {"code": code, **more}).content.decode()


def sorted_in(petition, facts: Facts = OURS, reason: str = "vì thế"):
    row = enter_register(by=officer("petition.enter"), petition=petition, at=now())
    return sort_petition(by=officer("petition.sort"), petition=row, found=Sorted(facts, reason), at=now())


@pytest.mark.parametrize("kind", ["complaint", "denunciation", "reflection"])
def test_what_just_came_in_shows_the_first_date_and_why(kind):
    _, code = sent(kind=kind)
    page = opened(code)
    assert "Đã nhận, chưa phân loại" in page and "Chậm nhất hết ngày" in page and "Điều" in page


@pytest.mark.parametrize("kind", ["denunciation", "reflection"])
def test_whoever_gives_no_name_is_promised_no_date(kind):
    _, code = sent(kind=kind, content=Content("Việc", TEXT, signed=False))
    assert "Chậm nhất" not in opened(code) and "không có hạn nào" in opened(code)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_a_case_shows_its_state_its_clocks_and_its_code(kind):
    petition, code = sent(kind=kind)
    row = sorted_in(petition)
    with acting(officer("petition.read")):
        case = Case.objects.get(pk=row.case_id)
    page = opened(code)
    assert case.code in page and "Đã tiếp nhận" in page and "law-steps" in page
    # where a denunciation lies would tell whether a name was found in it
    assert (Unit.objects.get(code=WARD).name in page) == (kind == "complaint")


def test_nobody_sees_the_case_of_another_sender():
    petition, _ = sent()
    sorted_in(petition)
    other, code = sent()
    with acting(sender(code, "petition.follow")) as by:
        assert standing(by, now()).petition == other
        assert standing(by, now()).code == ""
        assert not Case.objects.exists()


def test_a_petition_that_was_passed_on_says_so_and_that_the_sender_was_told():
    petition, code = sent(kind="crime_report")
    row = sorted_in(petition, Facts("signed", "elsewhere"))
    assert "Đã chuyển đến nơi có thẩm quyền" in opened(code)
    tell_sender(by=officer("petition.tell"), petition=row, document="15/TB-CAX", at=now())
    page = opened(code)
    assert "15/TB-CAX" in page and "không còn hạn nào" in page


def test_a_reflection_is_followed_through_its_case_and_shows_that_its_sender_was_told():
    petition, code = sent(kind="reflection")
    row = sorted_in(petition)
    assert "Đã tiếp nhận" in opened(code) and "không còn hạn nào" not in opened(code)
    tell_sender(by=officer("petition.tell"), petition=row, document="15/TB-CAX", at=now())
    page = opened(code)
    assert "15/TB-CAX" in page and "Đã báo cho bạn" in page


def test_words_go_both_ways_for_a_complaint():
    petition, code = sent()
    write(by=officer("petition.write"), petition=petition, text="Mời bạn đến làm việc.", at=now())
    assert "Cán bộ có thư cho bạn" in opened(code)
    page = opened(code, do="write", text="Tôi sẽ đến.\nĐúng giờ.")
    assert "Cán bộ có thư cho bạn" not in page
    assert "Mời bạn đến làm việc." in page and "Tôi sẽ đến.\nĐúng giờ." in page and "Đã gửi" in page
    wrong = opened(code, do="write", text="")
    assert "Viết nội dung rồi hãy gửi." in wrong.split("<section", 1)[0]  # above all else: nobody scrolls to find it


def test_words_go_both_ways_for_a_denunciation_and_nothing_is_on_record(admin_connection):
    petition, code = sent(kind="denunciation")
    ring = chief().ring()
    with acting(chief().may("sealed.read")) as by:
        report = Report.objects.get(ticket=petition.ticket)
        write_sealed(by=by, report=report, key=content_key(report, ring), text="Có ảnh không?", at=now())
    before = admin_connection.execute("select count(*) from audit_entry").fetchone()
    page = opened(code, do="write", text="Có, tôi sẽ gửi.")
    assert "Có ảnh không?" in page and "Có, tôi sẽ gửi." in page and "Chưa ai mở." in page
    assert admin_connection.execute("select count(*) from audit_entry").fetchone() == before


def test_a_miscopied_code_is_told_apart_from_one_that_is_nobodys():
    code = new_code()
    assert "chép sai" in opened(code[:-1] + ("A" if code[-1] != "A" else "B"))
    assert "Không có đơn nào theo mã này" in opened(code)
    assert "Nhập mã theo dõi." in opened("")


def test_only_the_number_of_unknown_codes_is_kept_a_day():
    opened(new_code())
    before = Tally.objects.get(pk=today()).unknown
    opened(new_code())
    _, code = sent()
    opened(code)
    assert Tally.objects.get(pk=today()).unknown == before + 1


def test_an_answer_takes_a_whole_multiple_of_the_floor(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    opened(new_code())
    assert len(slept) == 1 and 0 < slept[0] <= 0.02


def test_leaving_asks_the_browser_to_forget():
    answer = browser().post("/theo-doi/", {"do": "leave"})
    assert answer["Clear-Site-Data"] == '"cache", "storage"' and not answer.cookies


def test_a_petition_goes_along_with_its_case(admin_connection):
    petition, _ = sent()
    write(by=officer("petition.write"), petition=petition, text="Mời bạn đến.", at=now())
    row = sorted_in(petition)
    with admin_connection.transaction(force_rollback=True):
        admin_connection.execute("update cases_case set unit = %s where id = %s", [OTHER, row.case_id])
        units = admin_connection.execute(
            "select p.unit, m.unit, p.register from petitions_petition p "
            "join petitions_message m on m.petition_id = p.id where p.id = %s", [petition.pk],
        ).fetchall()  # fmt: skip
        assert units == [(OTHER, OTHER, WARD)]


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_a_sender_learns_what_was_found_once_it_was_sent(kind):
    petition, code = sent(kind=kind)
    row = sorted_in(petition)
    with acting(officer("petition.read")):
        case = Case.objects.get(pk=row.case_id)
    of, told_words = course(case.course), "Tố cáo sai" if kind == "denunciation" else "Khiếu nại sai toàn bộ"
    for word in WAY[kind]:
        step = next(each for each in of.steps_from(case.state) if each.act.endswith(f".{word}"))
        case = stepped(case, step, "wrong")
        page = opened(code)
        assert (told_words in page) == (word == "send"), word
        assert ("có người ép, mua chuộc bạn rút" in page) == (word == "withdraw"), word
        assert "Muốn rút đơn?" in page
        assert ("Sau khi hết ngày" in page) == (word in ("decide", "send") and kind == "complaint")


WAY = {
    "complaint": ("accept", "decide", "send"),
    "denunciation": ("competent", "accept", "withdraw", "go-on", "conclude", "send"),
}


def stepped(case: Case, step: Step, result: str) -> Case:
    """A step of a case, by two people where the table wants two."""
    at, by = now(), officer(step.act, role=step.roles[0])
    told = Told(at, "vì thế", "12/QĐ", PARAMS, result, step.grounds[0][0] if step.grounds else "")
    if not step.approvers:
        done = take(by=by, case=case, revision=case.revision, told=told, at=at)
    else:
        proposal = propose(by=by, case=case, revision=case.revision, told=told, at=at)
        done = approve(by=chief().may(f"{step.act}.approve"), proposal=proposal, at=at)  # who has the key, too
    assert isinstance(done, Case), done
    return done


def test_the_language_changes_on_the_page_that_a_code_opened_and_what_was_typed_stays():
    _, code = sent()
    told = {"code": code, "lang": "vi", "text": "Tôi đang viết dở"}
    page = browser().post("/theo-doi/?lang=en", {**told, "do": "look"}).text
    assert '<html lang="en"' in page and told["text"] in page and "Your message was sent" not in page
    again = browser().post("/theo-doi/", {"code": code, "do": "look"}).text
    assert told["text"] not in again  # it was carried, and not sent
    wrong = browser().post("/theo-doi/?lang=en", {"code": "dở dang", "do": "code", "lang": "vi"}).text
    assert "dở dang" in wrong and "error-summary" not in wrong
    new = new_code()
    page = browser().post("/theo-doi/?lang=en", {"code": code, "new": new, "do": "renew", "lang": "vi"}).text
    assert new in page and opened(code)


def test_enter_in_a_field_presses_the_pages_own_button_and_not_that_of_the_language():
    for address, own, again in (("/theo-doi/", "open", "code"), ("/to-cao/", "begin", "door")):
        page = browser().get(address).content.decode()
        of_whole = re.findall(r'<button[^>]* form="whole"[^>]* name="do" value="([a-z]+)"', page)
        assert of_whole == [own, again], address
