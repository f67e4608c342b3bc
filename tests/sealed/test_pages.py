"""The officers' pages of the sealed room, by their forms: key, asking, answering, opening once, dealing anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.sealed.models import Dealing, Key, Request
from tests.entrances import browser_of
from tests.sealed.room import (
    NAME,
    PASSPHRASE,
    a_holder,
    a_request,
    an_officer,
    chief,
    chief_of_province,
    holders_of,
    seal,
)
from tests.sealed.test_dealing import only_these_reports  # noqa: F401

NEW = "sông Mã chảy về biển Đông"


def text_of(response) -> str:
    return response.content.decode()


def last_request(officer) -> Request:
    with acting(chief_of_province("sealed.read")):
        return Request.objects.filter(requester=officer.id).latest("asked_on")


def test_a_key_is_made_changed_rotated_and_given_up():
    officer = an_officer(key=False)
    mine = browser_of(officer.person)
    assert "Tạo khóa niêm phong" in text_of(mine.get("/niem-phong/khoa/"))
    for first, second, said in (("ngắn", "ngắn", "ít nhất 16"), (PASSPHRASE, NEW, "không giống nhau")):
        page = text_of(mine.post("/niem-phong/khoa/", {"password_new": first, "password_again": second}))
        assert said in page and PASSPHRASE not in page
    given = {"password_new": PASSPHRASE, "password_again": PASSPHRASE}
    assert mine.post("/niem-phong/khoa/", given).status_code == 302
    assert "Mã nhận dạng" in text_of(mine.get("/niem-phong/khoa/"))
    wrong = {"password": NEW, "password_new": NEW, "password_again": NEW}
    assert "không đúng" in text_of(mine.post("/niem-phong/khoa/cau-mat-khau", wrong))
    right = {**wrong, "password": PASSPHRASE}
    assert mine.post("/niem-phong/khoa/cau-mat-khau", right).status_code == 302
    assert mine.post("/niem-phong/khoa/doi", wrong).status_code == 302
    assert Key.objects.filter(person=officer.person).count() == 2
    assert "Không lấy lại được" in text_of(mine.get("/niem-phong/khoa/bo"))
    assert mine.post("/niem-phong/khoa/bo").status_code == 302
    assert not Key.objects.filter(person=officer.person, ended_on=None).exists()


def test_the_page_of_ones_key_says_what_sealing_does_not_protect_against():
    mine = browser_of(an_officer().person)
    page = text_of(mine.get("/niem-phong/khoa/"))
    assert "Niêm phong không bảo vệ được trước điều gì" in page
    for limit in ("đúng lúc đơn được gửi", "cùng nhau làm trái luật", "Câu mật khẩu yếu", "không ngăn được"):
        assert limit in page, limit


def test_from_asking_to_the_identity_that_is_shown_once():
    report, _ = seal()
    handler = browser_of(chief().person)
    address = f"/niem-phong/don/{report.pk}/mo"
    until = f"{timezone.localdate() + timedelta(days=3):%d/%m/%Y}"
    told = {"reason": "Gặp để xác minh", "ground": "Luật Tố cáo", "until": until, "password": PASSPHRASE}
    assert "không đúng" in text_of(handler.post(address, {**told, "password": NEW}))
    late = f"{timezone.localdate() + timedelta(days=60):%d/%m/%Y}"
    assert "30 ngày tới" in text_of(handler.post(address, {**told, "until": late}))
    asked = handler.post(address, told)
    assert asked.status_code == 302
    own = asked["Location"]
    for holder in holders_of(report)[:2]:
        theirs = browser_of(holder.person)
        assert "Gặp để xác minh" not in text_of(theirs.get("/niem-phong/de-nghi/"))
        place = f"/niem-phong/de-nghi/{own.rstrip('/').rpartition('/')[2]}/"
        page = text_of(theirs.get(place))
        assert "Gặp để xác minh" in page and NAME not in page
        done = theirs.post(place, {"do": "release", "yes-password": PASSPHRASE})
        assert done.status_code == 302, text_of(done)
        assert "Bạn đã đồng ý" in text_of(theirs.get(place))
    assert "Mở một lần" in text_of(handler.get(own))
    page = handler.post(own, {"password": PASSPHRASE})
    assert NAME in text_of(page) and page["Cache-Control"] == "no-store, private"
    assert chief().person.full_name in text_of(page)
    assert NAME not in text_of(handler.get(own)) and NAME not in text_of(handler.post(own, {"password": PASSPHRASE}))


def test_a_holder_says_no_with_a_reason_that_the_requester_reads():
    report, _ = seal()
    request = a_request(report)
    first, second, _ = holders_of(report)
    for holder in (first, second):
        place = f"/niem-phong/de-nghi/{request.pk}/"
        theirs = browser_of(holder.person)
        assert theirs.post(place, {"do": "refuse", "no-reason": "", "no-password": PASSPHRASE}).status_code == 200
        given = {"do": "refuse", "no-reason": "Chưa đủ căn cứ", "no-password": PASSPHRASE}
        assert theirs.post(place, given).status_code == 302
    page = text_of(browser_of(chief().person).get(f"/niem-phong/cua-toi/{request.pk}/"))
    assert "Chưa đủ căn cứ" in page and "Bị từ chối" in page and "Mở một lần" not in page


def test_nobody_elses_request_is_shown():
    report, _ = seal()
    request = a_request(report)
    stranger = an_officer()
    assert browser_of(stranger.person).get(f"/niem-phong/cua-toi/{request.pk}/").status_code == 404
    outsider = a_holder()
    assert browser_of(outsider.person).get(f"/niem-phong/de-nghi/{request.pk}/").status_code == 404
    assert browser_of(stranger.person).get(f"/niem-phong/de-nghi/{request.pk}/").status_code == 403


@pytest.mark.usefixtures("only_these_reports")
def test_dealing_anew_by_the_page():
    report, _ = seal()
    first, second, _ = holders_of(report)
    mine = browser_of(first.person)
    order = {"do": "order", "reason": "Nghỉ hưu", "needed": 3, "holders": 2}
    assert "không ít hơn" in text_of(mine.post("/niem-phong/chia-lai/", order))
    assert mine.post("/niem-phong/chia-lai/", {**order, "needed": 2, "holders": 3}).status_code == 302
    assert mine.post("/niem-phong/chia-lai/", {"do": "call-off"}).status_code == 302
    mine.post("/niem-phong/chia-lai/", {**order, "needed": 2, "holders": 3})
    told = text_of(mine.get("/niem-phong/chia-lai/"))
    assert "cần 2 người để mở" in told and f"{first.person.full_name}" in told and "(1 đơn)" in told
    for holder in (first, second):
        theirs = browser_of(holder.person)
        assert "Còn 1 đơn" in text_of(theirs.get("/niem-phong/chia-lai/"))
        wrong = theirs.post("/niem-phong/chia-lai/", {"do": "deal", "password": NEW})
        assert "không đúng" in text_of(wrong)
        assert theirs.post("/niem-phong/chia-lai/", {"do": "deal", "password": PASSPHRASE}).status_code == 302
    with acting(chief_of_province("sealed.read")):
        report.refresh_from_db()
        assert report.epoch == 2 and not Dealing.objects.filter(ended_on=None).exists()


def test_a_report_is_given_to_a_colleague_of_the_unit():
    colleague, nobody = an_officer(), an_officer(key=False)
    report, _ = seal()
    handler, address = browser_of(chief().person), f"/niem-phong/don/{report.pk}/giao"
    page = text_of(handler.get(address))
    assert str(colleague.id) in page and str(nobody.id) not in page and str(chief().id) not in page
    told = {"person": str(colleague.id), "way": "only", "password": NEW}
    assert "không đúng" in text_of(handler.post(address, told))
    done = handler.post(f"{address}?next=/niem-phong/khoa/", {**told, "password": PASSPHRASE})
    assert done.status_code == 302 and done["Location"] == "/niem-phong/khoa/"
    assert "không được trao cho bạn" in text_of(handler.post(address, {**told, "password": PASSPHRASE}))
    assert browser_of(an_officer(scope="14812").person).get(address).status_code == 404


def test_where_nobody_can_be_given_a_report_the_page_says_who_could_be():
    handler = an_officer(scope="14848")
    report, _ = seal(handler=handler)
    mine, address = browser_of(handler.person), f"/niem-phong/don/{report.pk}/giao"
    page = text_of(mine.get(address))
    assert "Không ai khác ở đơn vị có chức trách" in page and "Trưởng, phó công an cấp xã" in page
    keyless = an_officer(scope="14848", key=False)
    page = text_of(mine.get(address))
    assert keyless.person.full_name in page and "chưa tạo khóa niêm phong" in page
