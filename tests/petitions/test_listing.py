"""The register of petitions on the screen and as a file: filters in the address, searches for a purpose, on record."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

from hamrong.petitions.told import Content, Sender
from tests.entrances import a_person, browser_of
from tests.petitions.senders import WARD, at_the_counter, entered, today
from tests.petitions.test_desk_pages import FOUND, at, duty
from tests.sealed.room import NAME
from tests.world import PROVINCE


def told(word: str, subject: str = "Giữ xe", name: str = "Lê Thị Bịa") -> Content:
    return Content(subject, f"Xe của tôi bị giữ ở {word} đã hai tuần.", senders=(Sender(name, "038190999001"),))


def sought(client, query: str = "", **asked: str):
    answer = client.post(f"/don/tim{query}", {"purpose": "petition", "words": "", "name": "", "document": "", **asked})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def links(page: str) -> set[str]:
    return {part[:36] for part in page.split('href="/don/') if part[36:38] == '/"'}


def test_filters_stand_in_the_address_and_what_makes_no_sense_is_said():
    one = at_the_counter(content=told("Hồ Mười"))
    client = duty()
    day = f"{today():%d/%m/%Y}"
    mine = f"number={one.number}/{one.year}"  # the day of this unit may have more than a page
    page = client.get(f"/don/?kind=complaint&stands=unsorted&first={day}&last={day}&{mine}").content.decode()
    assert str(one.pk) in links(page) and "Giữ xe" in page and "Tìm khách" not in page
    assert ">1 dòng</span></caption>" in page
    assert str(one.pk) not in links(client.get(f"/don/?kind=reflection&{mine}").content.decode())
    before = f"{today() - timedelta(days=1):%d/%m/%Y}"
    assert str(one.pk) not in links(client.get(f"/don/?last={before}&{mine}").content.decode())
    assert "error-summary" in client.get("/don/?first=31/02/2026&kind=ever").content.decode()
    assert str(one.pk) in links(client.get(f"/don/?number={one.number}/{one.year}").content.decode())
    nothing = client.get("/don/?number=keine").content.decode()
    assert not links(nothing) and "Không có đơn nào như vậy" in nothing


def test_an_empty_register_says_how_petitions_come_into_it():
    client = browser_of(a_person("ward-duty", "16540"))
    page = client.get("/don/").content.decode()
    assert "Sổ chưa có đơn nào" in page and "bấm Nhận đơn" in page and "Bỏ bớt điều kiện lọc" not in page
    assert "Sổ chưa có lượt tiếp nào" in client.get("/tiep-cong-dan/").content.decode()


def test_the_date_of_a_petition_leads_to_its_reasons_before_it_is_sorted_and_after():
    one = at_the_counter(content=told("Hồ Mười"))
    client, here = duty(), f"/don/?number={one.number}/{one.year}"
    assert f'href="/don/{one.pk}/#due"' in client.get(here).content.decode()
    page = client.get(at(one)).content.decode()
    assert 'id="due"' in page and "Phải phân loại, báo người gửi chậm nhất" in page and "155/2026/NĐ-CP" in page
    client.post(at(one), {"do": "sort", **FOUND})
    assert "#clock-kn.accept" in client.get(here).content.decode()
    assert "Phải phân loại, báo" not in client.get(at(one)).content.decode()


def test_the_handler_of_a_petition_is_a_filter():
    one, other, person = at_the_counter(), at_the_counter(), a_person("ward-duty", WARD)
    client = browser_of(person)
    assert client.post(at(one), {"do": "sort", **FOUND}).status_code == 302
    page = client.get(f"/don/?handler=person:{person.pk}").content.decode()
    assert str(one.pk) in links(page) and str(other.pk) not in links(page)


def test_a_search_is_kept_out_of_the_address_and_goes_on_with_the_filters(admin_connection):
    one = at_the_counter(content=told("Cửa Hới Xưa"))
    client = duty()
    address = sought(client, "?kind=complaint", words="cua hoi xua")
    assert "kind=complaint" in address and "search=" in address and "hoi" not in address
    page = client.get(address).content.decode()
    assert links(page) == {str(one.pk)} and "cua hoi xua" in page and "Tiếp nhận, xử lý đơn" in page
    assert not links(client.get(address.replace("complaint", "reflection")).content.decode())
    row = admin_connection.execute(
        "select e.purpose, d.details::text from audit_entry e join audit_detail d on d.entry_id = e.id"
        " where e.type = 'petition.search' and d.details::text like '%cua hoi xua%'"
    ).fetchone()
    assert row and row[0] == "petition"
    lost = duty().get(address).content.decode()
    assert "không còn được giữ" in lost


def test_a_search_says_why_and_what():
    client = duty()
    page = client.post("/don/tim", {"purpose": "", "words": "xe", "name": "", "document": ""}).content.decode()
    assert "Chọn mục đích" in page
    page = client.post("/don/tim", {"purpose": "petition", "words": "?!", "name": "", "document": ""}).content.decode()
    assert "ít nhất một điều" in page


def test_what_the_register_shows_leaves_as_a_file_for_a_purpose(admin_connection):
    at_the_counter(content=told("Bến Xuất", subject="=HYPERLINK(1)", name="+Lê Thị Bịa"))
    client = duty()
    address = sought(client, words="ben xuat").replace("/don/", "/don/xuat")
    assert "Chọn mục đích" in client.post(address, {"format": "csv"}).content.decode()
    answer = client.post(address, {"format": "csv", "purpose": "inspection"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "'=HYPERLINK(1)" in lines[1] and "'+Lê Thị Bịa" in lines[1]
    book = client.post(address, {"format": "xlsx", "purpose": "petition"})
    sheet = ZipFile(BytesIO(b"".join(book.streaming_content))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    row = admin_connection.execute(
        "select (d.details::jsonb) ->> 'rows' from audit_entry e join audit_detail d on d.entry_id = e.id"
        " where e.type = 'petition.export' and e.purpose = 'inspection' and e.subject = %s order by e.at desc",
        [f"petitions:{WARD}"],
    ).fetchone()
    assert row and row[0] == "1"


def test_of_a_sealed_petition_a_file_holds_its_line_and_no_more():
    one = entered(kind="denunciation", content=told("Chỗ Kín", subject="Kể chuyện kín", name=NAME))
    client = duty()
    answer = client.post(f"/don/xuat?number={one.number}/{one.year}", {"format": "csv", "purpose": "petition"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Niêm phong" in text and f"{one.number}/{one.year}" in text
    assert NAME not in text and "Kể chuyện kín" not in text


def test_an_officer_of_the_province_narrows_to_a_unit_and_others_are_refused():
    one = at_the_counter()
    client = browser_of(a_person("petition-officer", PROVINCE))
    assert str(one.pk) in links(client.get(f"/don/?unit={WARD}&number={one.number}").content.decode())
    inspector = browser_of(a_person("inspector", PROVINCE))
    assert {inspector.get(page).status_code for page in ("/don/", "/don/tim", "/don/xuat")} == {403}


def test_what_came_in_before_the_law_has_no_date_of_it():
    old = at_the_counter(received_on=date(2009, 5, 4), content=told("Năm Xưa"))
    page = duty().get("/don/?last=31/12/2009").content.decode()
    assert str(old.pk) in links(page)


def test_the_register_counts_in_days_alone_as_the_desk_does():
    one = at_the_counter()
    row = duty().get(f"/don/?number={one.number}/{one.year}").content.decode().split(f'href="/don/{one.pk}/"')[1]
    left = re.search(r"còn [^<]*", row.partition("</tr>")[0])
    assert left and re.fullmatch(r"còn \d+ ngày", left[0].strip()), left


def test_days_can_be_read_from_the_oldest():
    at_the_counter()
    page = duty().get("/don/?sort=received_on").content.decode()
    assert 'aria-sort="ascending"' in page
