"""Reporting a guest: scanning, checking, sending, drafts, companions."""

import re
from datetime import datetime, timedelta

import pytest

from hamrong.kernel.documents import Particulars, build_td3
from hamrong.law import VIETNAM
from tests import world
from tests.lodging.hosts import a_card, an_open_place, at_work, client_of, receipt_in, typed, values_of


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=3)


@pytest.fixture(scope="module")
def client(place):
    return at_work(place)


def new(place):
    return f"/lodging/{place.code}/guests/new"


def text(response):
    return response.content.decode()


def test_a_visitor_is_led_to_sign_in(place):
    assert client_of().get(new(place))["Location"].startswith("/accounts/login/")


def test_a_host_of_another_place_is_refused(place):
    assert at_work(an_open_place()).get(new(place)).status_code == 403


def test_a_clerk_reports_guests_but_keeps_no_rooms(place):
    clerk = at_work(place, "host-clerk")
    assert clerk.get(new(place)).status_code == 200
    assert clerk.get(f"/lodging/{place.code}/rooms").status_code == 403


def test_a_new_form_knows_when_and_proposes_rooms(client, place):
    page = text(client.get(new(place)))
    assert f'value="{datetime.now(VIETNAM):%d/%m/%Y}"' in page
    assert f'value="{datetime.now(VIETNAM) + timedelta(days=1):%d/%m/%Y}"' in page
    assert '<option value="101">' in page


def test_the_code_of_a_card_fills_the_form_and_keeps_the_rest(client, place):
    page = text(client.post(new(place), typed(do="read", scan=a_card("Trần Thị Biển"), full_name="", room="103")))
    assert 'value="Trần Thị Biển"' in page and 'value="17/05/1990"' in page and 'value="103"' in page
    assert "Hoằng Thanh" in page


def test_a_passport_fills_the_form_of_a_foreigner(client, place):
    zone = build_td3(
        Particulars(
            document_code="P", issuer="FRA", document_number="09PA12345", surname="DUPONT", given_names="MARIE",
            nationality="FRA", birth_date="1988-02-03", sex="F", expiry_date="2031-02-03",
        )
    )  # fmt: skip
    first, second = zone.split("\n")
    waiting = text(client.post(new(place), typed(do="read", scan=first, full_name="")))
    assert "quét dòng tiếp theo" in waiting
    page = text(client.post(new(place), typed(do="read", scan_before=first, scan=second, full_name="")))
    assert 'value="DUPONT MARIE"' in page and 'value="09PA12345"' in page
    assert '<option value="FRA" selected>' in page


def test_a_scan_that_an_input_method_spoilt_is_told(client, place):
    page = text(client.post(new(place), typed(do="read", scan=a_card("Nguyeexn Vawn Thuwr"), full_name="")))
    assert "Telex" in page


def test_a_scan_that_is_no_document_is_kept_and_told(client, place):
    page = text(client.post(new(place), typed(do="read", scan="https://example.vn/menu")))
    assert "không phải mã QR" in page and 'value="https://example.vn/menu"' in page


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(client, place):
    page = text(client.post(new(place), typed(do="check", full_name="", birth="31/2/1990", residence="Xã Hoằng Thanh")))
    assert 'class="error-summary"' in page and 'href="#id_full_name"' in page
    assert "Không có ngày này trong lịch" in page and 'value="31/2/1990"' in page and 'value="Xã Hoằng Thanh"' in page


def test_warnings_are_asked_once_and_do_not_stop(client, place):
    odd = typed(do="check", document_number="038190000123")
    assert "Hãy xem lại" in text(client.post(new(place), odd))
    sent = client.post(new(place), {**odd, "do": "notify"})
    assert sent.status_code == 302 and receipt_in(sent["Location"])


def test_sending_gives_a_receipt_that_anybody_can_check(client, place):
    sent = client.post(new(place), typed(full_name="Lò Văn Kiểm"))
    code = receipt_in(sent["Location"])
    own = text(client.get(sent["Location"]))
    assert code in own and "Lò Văn Kiểm" in own
    public = text(client_of().get(f"/r/{code}"))
    assert "Biên nhận là thật" in public and "Lò Văn Kiểm" not in public


def test_the_same_form_sent_twice_gives_the_same_receipt(client, place):
    form = typed()
    first, second = (receipt_in(client.post(new(place), form)["Location"]) for _ in range(2))
    assert first == second


def test_the_same_guest_typed_twice_is_no_second_notification(client, place):
    form = typed()
    first = receipt_in(client.post(new(place), form)["Location"])
    again = client.post(new(place), {**form, "token": "another"}, follow=True)
    assert receipt_in(again.redirect_chain[-1][0]) == first and "đã được thông báo" in text(again)


def test_somebody_who_came_along_shares_room_and_dates(client, place):
    now = datetime.now(VIETNAM)
    leaves = (now + timedelta(days=3)).isoformat()
    taken = world.a_notification(place, at=now, room="103", arrival_at=now.isoformat(), planned_departure_at=leaves)
    page = text(client.get(f"{new(place)}?with={taken.facts.night}.{taken.stay}"))
    assert "Thêm người đi cùng" in page and 'value="103"' in page and 'value="Trần Văn Khách"' in page
    assert f"{datetime.now(VIETNAM) + timedelta(days=3):%d/%m/%Y}" in page


def test_going_back_to_correct_a_companion_loses_nothing(client, place):
    first = world.a_notification(place, at=datetime.now(VIETNAM), room="103")
    begun = values_of(text(client.get(f"{new(place)}?with={first.facts.night}.{first.stay}")))
    child = {**begun, "full_name": "Trần Bé Con", "birth": "1/6/2022", "sex": "F", "document_number": "",
             "guardian": "Trần Văn Khách", "residence": "Xã Hoằng Thanh", "reason": "other",
             "reason_text": "Dự đám cưới", "captured_at": "2026-11-26T21:00:00+07:00",
             "name_mrz": "TRAN<<BE<CON"}  # fmt: skip
    checked = text(client.post(new(place), {**child, "do": "check"}))
    assert "Kiểm tra rồi gửi" in checked
    back = text(client.post(new(place), {**values_of(checked), "do": "edit"}))
    assert "Thêm người đi cùng" in back
    assert values_of(back) == child
    wrong = text(client.post(new(place), {**values_of(back), "full_name": "", "do": "check"}))
    assert "Thêm người đi cùng" in wrong and values_of(wrong) == {**child, "full_name": ""}


def test_a_second_child_has_the_guardian_of_the_first(client, place):
    child = typed(birth="1/6/2022", document_number="", full_name="Trần Bé Lớn", guardian="Trần Văn Cha")
    receipt = text(client.get(client.post(new(place), child)["Location"]))
    more = re.search(r'href="([^"]*[?]with=[^"]+)"', receipt)
    assert 'value="Trần Văn Cha"' in text(client.get(more[1]))


def test_a_child_without_document_needs_a_guardian_in_words(client, place):
    child = typed(do="check", birth="1/6/2022", document_number="", guardian="Nguyễn Văn Thử")
    page = text(client.post(new(place), child))
    assert "Chưa có giấy tờ" in page and "Kiểm tra rồi gửi" in page
    alone = text(client.post(new(place), {**child, "guardian": ""}))
    assert "giám hộ" in alone


def test_a_draft_is_kept_opened_sent_and_gone(client, place):
    kept = typed(full_name="Hà Thị Nháp", document_number="", token="x")
    page = client.post(f"/lodging/{place.code}/drafts", kept, follow=True)
    found = text(page)
    assert "Hà Thị Nháp" in found
    links = [part.split('"')[0] for part in found.split('href="')]
    draft = next(link for link in links if "/drafts/" in link)
    opened = text(client.get(draft))
    assert 'value="Hà Thị Nháp"' in opened
    sent = client.post(new(place), typed(full_name="Hà Thị Nháp", draft=draft.rsplit("/", 1)[1]))
    assert sent.status_code == 302
    assert client.get(draft).status_code == 404


def test_the_fifty_first_draft_is_on_the_page_that_follows():
    place = an_open_place()
    client = at_work(place)
    for number in range(51):
        client.post(f"/lodging/{place.code}/drafts", typed(full_name=f"Nháp Thứ {number:02}", token=f"d{number}"))
    first = text(client.get(f"/lodging/{place.code}/"))
    assert "Nháp Thứ 50" in first and "Nháp Thứ 00" not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "Nháp Thứ 00" in text(client.get(f"/lodging/{place.code}/{following}"))


def test_a_draft_is_thrown_away(client, place):
    client.post(f"/lodging/{place.code}/drafts", typed(full_name="Bùi Văn Bỏ"))
    page = text(client.get(f"/lodging/{place.code}/"))
    delete = page.split("Bùi Văn Bỏ")[1].split('action="')[1].split('"')[0]
    assert "Bùi Văn Bỏ" not in text(client.post(delete, follow=True)).split("messages")[-1].split("Bản nháp")[-1]


def test_a_page_with_guests_is_kept_by_no_browser(client, place):
    assert client.get(f"/lodging/{place.code}/guests")["Cache-Control"] == "no-store, private"
