"""Tonight, the list of guests, what may become of a stay, rooms, receipts on paper."""

import csv
import json
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from pypdf import PdfReader

from hamrong.law import VIETNAM
from hamrong.lodging.receipts import verify
from hamrong.lodging.signing import signer
from tests.lodging.hosts import an_open_place, at_work, client_of, receipt_in, typed


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=2)


@pytest.fixture(scope="module")
def client(place):
    return at_work(place)


def text(response):
    return response.content.decode()


def reported(client, place, **changes):
    """A guest reported through the form: receipt's code and the address of the stay."""
    sent = client.post(f"/lodging/{place.code}/guests/new", typed(**changes))
    page = text(client.get(sent["Location"]))
    stay = next(part.split('"')[0] for part in page.split('href="') if "/guests/2" in part.split('"')[0])
    return receipt_in(sent["Location"]), stay


def test_tonight_says_until_when_and_why():
    place = an_open_place()
    page = text(at_work(place).get(f"/lodging/{place.code}/"))
    assert "Thêm khách" in page and "Đêm nay không có khách" in page
    assert "data-countdown" in page and "Điều 30" in page


def test_no_guests_is_asked_reported_and_taken_back():
    place = an_open_place()
    client = at_work(place)
    assert "không có ai lưu trú" in text(client.get(f"/lodging/{place.code}/nil"))
    receipt = client.post(f"/lodging/{place.code}/nil", follow=True)
    assert "đêm nay không có khách" in text(receipt)
    assert "Rút lại" in text(client.get(f"/lodging/{place.code}/"))
    assert "Đã rút lại" in text(client.post(f"/lodging/{place.code}/nil/undo", follow=True))


@pytest.mark.parametrize("sign", ["%25", "_", "%25huong", "h_ong"])
def test_signs_of_a_pattern_find_nobody_by_themselves(client, place, sign):
    reported(client, place, full_name="Đặng Thị Hường")
    found = "Đặng Thị Hường" in text(client.get(f"/lodging/{place.code}/guests?q={sign}"))
    assert found == ("huong" in sign)


def test_a_guest_is_found_without_diacritics(client, place):
    reported(client, place, full_name="Đặng Thị Hường")
    found = text(client.get(f"/lodging/{place.code}/guests?q=huong"))
    assert "Đặng Thị Hường" in found
    assert "Đặng Thị Hường" not in text(client.get(f"/lodging/{place.code}/guests?q=khongco"))
    assert "Đặng Thị Hường" not in text(client.get(f"/lodging/{place.code}/guests?night=1/1/2026"))


def test_the_list_goes_on_where_the_page_ends():
    place = an_open_place()
    client = at_work(place)
    for number in range(51):
        reported(
            client, place, full_name=f"Khách {'abcdefghijklmnopqrstuvwxyz'[number % 26]} {number // 26 * 'xa'}".strip()
        )
    first = text(client.get(f"/lodging/{place.code}/guests"))
    after = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text(client.get(f"/lodging/{place.code}/guests{after}"))
    assert (first.count("data-row"), second.count("data-row")) == (50, 1)


def test_the_list_is_taken_out_as_workbook_and_csv(client, place):
    number = "038090999991"
    reported(client, place, full_name="Phạm Văn Xuất", document_number=number)
    book = openpyxl.load_workbook(BytesIO(client.get(f"/lodging/{place.code}/guests/list.xlsx?q=xuat").content))
    rows = list(book.active.values)
    assert rows[1][1] == "Phạm Văn Xuất" and number not in str(rows)
    lines = list(
        csv.reader(StringIO(text(client.get(f"/lodging/{place.code}/guests/list.csv?q=xuat")).lstrip("\ufeff")))
    )
    assert lines[1][1] == "Phạm Văn Xuất"


def later(days):
    return {"day": f"{datetime.now(VIETNAM) + timedelta(days=days):%d/%m/%Y}", "clock": "12:00", "version": "1"}


def test_a_stay_is_extended_and_keeps_its_story(client, place):
    first, stay = reported(client, place)
    done = client.post(f"{stay}/extend", later(4))
    assert receipt_in(done["Location"]) != first
    page = text(client.get(stay))
    assert "Đã gia hạn" in page and first in page and "Đã thông báo" in page
    assert "đã được thay" in text(client_of().get(f"/r/{first}"))


def test_extending_to_an_earlier_day_is_refused_and_kept(client, place):
    _, stay = reported(client, place)
    wrong = {**later(1), "clock": "08:00"}
    page = text(client.post(f"{stay}/extend", wrong))
    assert "không phù hợp" in page and 'value="08:00"' in page


def test_leaving_early_departing_and_cancelling_have_their_receipts(client, place):
    _, early = reported(client, place)
    assert client.post(f"{early}/leave_early", {**later(1), "clock": "06:00"}).status_code == 302
    _, wrong = reported(client, place)
    assert "Nhập lý do hủy" in text(client.post(f"{wrong}/cancel", {"reason": "", "version": "1"}))
    assert client.post(f"{wrong}/cancel", {"reason": "Khách không đến", "version": "1"}).status_code == 302
    assert "Khách không đến" in text(client.get(wrong))
    assert client.get(f"{wrong}/extend").status_code == 302


def test_a_departure_by_mistake_is_mended_on_the_page_of_the_stay(client, place):
    _, stay = reported(client, place)
    gone = client.post(f"{stay}/depart", {**later(0), "clock": "23:58"}, follow=True)
    assert "Đã ghi khách đi lúc 23:58" in text(gone)
    page = text(client.get(stay))
    assert "Sửa giờ đi" in page and "Khách chưa đi" in page and "Ở thêm" not in page
    form = text(client.get(f"{stay}/depart"))
    assert "Sửa giờ đi" in form and 'value="23:58"' in form
    assert "23:59" in text(client.post(f"{stay}/depart", {**later(0), "clock": "23:59", "version": "2"}, follow=True))
    back = client.post(f"{stay}/extend", {**later(1), "version": "3"}, follow=True)
    assert "Đã ghi khách chưa đi" in text(back)
    page = text(client.get(stay))
    assert "Ở thêm" in page and "Đã sửa giờ đi" in page


def test_a_stay_changed_meanwhile_is_not_overwritten(client, place):
    _, stay = reported(client, place)
    client.post(f"{stay}/extend", later(3))
    assert "đã được sửa bởi người khác" in text(client.post(f"{stay}/extend", later(5)))


def test_a_correction_is_checked_and_needs_a_reason(client, place):
    _, stay = reported(client, place, full_name="Lê Văn Sái")
    form = text(client.get(f"{stay}/correct"))
    assert 'value="Lê Văn Sái"' in form and 'value="038090' in form
    right = typed(full_name="Lê Văn Sai", version="1", do="check")
    assert "Nhập lý do sửa" in text(client.post(f"{stay}/correct", right))
    assert "Kiểm tra rồi gửi bản sửa" in text(client.post(f"{stay}/correct", {**right, "why": "Sai dấu"}))
    done = client.post(f"{stay}/correct", {**right, "why": "Sai dấu", "do": "send"}, follow=True)
    assert "Lê Văn Sai" in text(done) and "Sai dấu" in text(client.get(stay))


def test_rooms_are_added_many_at_once_and_removed(place):
    place = an_open_place(rooms=0)
    client, address = at_work(place), f"/lodging/{place.code}/rooms"
    added = text(client.post(address, {"do": "add", "names": "101-109, VIP 1", "beds": "2"}, follow=True))
    assert "Cơ sở có 10 phòng" in added and "VIP 1" in added
    assert "Cơ sở có 8 phòng" in text(client.post(address, {"do": "remove", "room": ["101", "102"]}, follow=True))
    assert "nhiều nhất 500" in text(client.post(address, {"do": "add", "names": "1-300, 1001-1400", "beds": "1"}))


def test_a_receipt_verifies_offline_and_a_wrong_code_is_told(client, place):
    code, _ = reported(client, place)
    signed = json.loads(client_of().get(f"/r/{code}/receipt.json").content)
    public = signer().public.public_bytes_raw()
    assert verify(signed, public)
    signed["statement"]["on_time"] = not signed["statement"]["on_time"]
    assert not verify(signed, public)
    spoken = code.lower().replace("-", " ")
    assert client_of().get("/r/", {"code": spoken})["Location"] == f"/r/{code}"
    assert "gõ chưa đúng" in text(client_of().get(f"/r/{code[:-1]}{'0' if code[-1] != '0' else '1'}"))


def test_a_receipt_on_paper_is_the_same_bytes_and_hides_the_guest(client, place):
    number = "038090777777"
    code, _ = reported(client, place, full_name="Trịnh Văn Giấu", document_number=number)
    address = f"/lodging/{place.code}/receipts/{code}/receipt.pdf"
    first, second = client.get(address).content, client.get(address).content
    words = PdfReader(BytesIO(first)).pages[0].extract_text()
    assert first == second and len(PdfReader(BytesIO(first)).pages) == 1
    assert code in words and "T.V.G." in words and "Giấu" not in words and number not in words


def test_the_card_of_the_front_desk_names_the_place(client, place):
    pdf = client.get(f"/lodging/{place.code}/card.pdf")
    assert (
        pdf["Content-Type"] == "application/pdf"
        and place.code in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    )


def test_a_receipt_of_another_place_is_not_shown(client):
    other = an_open_place()
    code, _ = reported(at_work(other), other)
    assert client.get(f"/lodging/{other.code}/receipts/{code}").status_code == 403
