"""Guests by file: columns confirmed once, a trial that keeps nothing, handing in, results, the marked file back."""

from datetime import datetime, timedelta
from io import BytesIO
from unicodedata import normalize

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hamrong.access.walls import acting
from hamrong.law import VIETNAM
from hamrong.lodging.models import Stay
from tests import world
from tests.lodging.hosts import an_open_place, at_work

HEADER = (
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Loại giấy tờ",
    "Số giấy tờ",
    "Ngày giờ đến",
    "Ngày giờ đi",
    "Phòng",
    "Lý do",
)


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=3)


@pytest.fixture(scope="module")
def client(place):
    return at_work(place)


def text(response):
    return response.content.decode()


def a_line(name, number=None):
    now = datetime.now(VIETNAM)
    leaves = now + timedelta(days=1)
    number = world.a_number() if number is None else number
    return (
        name,
        "17/05/1990",
        "Nam",
        "CCCD",
        number,
        f"{now:%d/%m/%Y %H:%M}",
        f"{leaves:%d/%m/%Y} 12:00",
        "101",
        "Du lịch",
    )


def a_workbook(*lines, header=HEADER):
    book = openpyxl.Workbook()
    for line in (header, *lines):
        book.active.append(line)
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("khách đêm nay.xlsx", made.getvalue())


def uploaded(client, place, file):
    answer = client.post(f"/lodging/{place.code}/files/upload", {"file": file})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def columns_of(page):
    """What the form of columns proposes, as it would be sent."""
    chosen = {}
    for part in page.split('<select name="column-')[1:]:
        name, rest = part.split('"', 1)
        options = rest.split("</select>")[0]
        if "selected" in options:
            chosen[f"column-{name}"] = options.split(" selected")[0].rsplit('value="', 1)[1].rstrip('"')
    return chosen


def test_a_file_is_looked_at_tried_and_handed_in(client, place):
    address = uploaded(client, place, a_workbook(a_line("Đỗ Văn Tệp"), a_line("Đỗ Thị Dòng"), a_line("", "")))
    page = text(client.get(address))
    columns = columns_of(page)
    assert columns["column-full_name"] == "0" and "3 dòng" in page
    trial = text(client.post(f"{address}/columns", columns, follow=True))
    assert "chưa gửi gì" in trial and "Gửi danh sách" in trial and "Đã nhận" not in trial
    assert "Đỗ Văn Tệp" not in text(client.get(f"/lodging/{place.code}/guests?q=tep"))
    done = text(client.post(f"{address}/send", follow=True))
    assert "Đã gửi danh sách" in done and "Mã biên nhận của cả tệp" in done
    assert "Đỗ Văn Tệp" in text(client.get(f"/lodging/{place.code}/guests?q=tep"))


def test_sending_again_changes_nothing(client, place):
    address = uploaded(client, place, a_workbook(a_line("Đỗ Văn Lặp")))
    client.post(f"{address}/columns", columns_of(text(client.get(address))))
    first = text(client.post(f"{address}/send", follow=True))
    second = text(client.post(f"{address}/send", follow=True))
    assert first.split('receipt-code"><strong>')[1][:22] == second.split('receipt-code"><strong>')[1][:22]


def test_columns_chosen_by_a_person_are_remembered(client, place):
    strange = ("Quý danh của vị khách", *HEADER[1:])
    address = uploaded(client, place, a_workbook(a_line("Đỗ Văn Cột"), header=strange))
    columns = {**columns_of(text(client.get(address))), "column-full_name": "0"}
    assert "Gửi danh sách" in text(client.post(f"{address}/columns", columns, follow=True))
    again = uploaded(client, place, a_workbook(a_line("Đỗ Văn Cột"), header=strange))
    assert columns_of(text(client.get(again)))["column-full_name"] == "0"


def test_one_column_for_two_fields_is_told(client, place):
    address = uploaded(client, place, a_workbook(a_line("Đỗ Văn Hai")))
    wrong = {**columns_of(text(client.get(address))), "column-room": "0", "reason": "Công tác"}
    told = text(client.post(f"{address}/columns", wrong, follow=True))
    assert "một cột khác nhau" in told
    assert columns_of(told)["column-room"] == "0" and 'value="Công tác"' in told


def test_rows_are_told_one_by_one_and_the_file_comes_back_marked(client, place):
    address = uploaded(client, place, a_workbook(a_line("Đỗ Văn Đúng"), a_line("Đỗ Văn Sai", "12")))
    trial = text(client.post(f"{address}/columns", columns_of(text(client.get(address))), follow=True))
    assert "Không nhận" in trial
    assert trial.index("1 dòng phải sửa") < trial.index('class="stats"') < trial.index("data-row")
    assert trial.count("data-row") == 1, "only the row to be corrected, until all are asked for"
    assert text(client.get(f"{address}?outcome=all")).count("data-row") == 2
    rejected = text(client.get(f"{address}?outcome=rejected"))
    assert rejected.count("data-row") == 1 and "E: " in rejected
    book = openpyxl.load_workbook(BytesIO(client.get(f"{address}/marked.xlsx").content))
    assert "Lỗi" in book.sheetnames


def in_cp1258(text):
    """As Windows of the nineties wrote Vietnamese: the letter, then its tone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = []
    for sign in text:
        parts = normalize("NFD", sign)
        letter = normalize("NFC", "".join(part for part in parts if part not in tones))
        written.append(letter + "".join(part for part in parts if part in tones))
    return "".join(written).encode("cp1258")


def test_text_in_an_old_code_page_is_shown_before_it_is_taken(client, place):
    data = in_cp1258(f"{';'.join(HEADER)}\n{';'.join(a_line('Đỗ Thị Chữ'))}\n")
    page = text(client.get(uploaded(client, place, SimpleUploadedFile("khach.csv", data))))
    assert columns_of(page)["column-full_name"] == "0"
    assert "bảng mã" in page and "Đỗ Thị Chữ" in page


def test_a_file_that_is_no_list_is_refused_in_words(client, place):
    answer = client.post(
        f"/lodging/{place.code}/files/upload", {"file": SimpleUploadedFile("x.xlsx", b"%PDF-1.7 nothing")}
    )
    assert answer.status_code == 200 and "error-summary" in text(answer)
    assert "Chọn một tệp" in text(client.post(f"/lodging/{place.code}/files/upload", {}))


def test_the_template_is_read_back_without_choosing_columns(client, place):
    data = client.get(f"/lodging/{place.code}/files/template.xlsx").content
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames[0] == "Khách"


def test_a_file_of_another_place_is_not_found(client, place):
    other = an_open_place()
    address = uploaded(at_work(other), other, a_workbook(a_line("Đỗ Văn Riêng")))
    assert client.get(address.replace(other.code, place.code)).status_code == 404


def test_a_long_file_runs_on_and_is_found_again(client, place):
    lines = [";".join(a_line(f"Khách Số {number}")) for number in range(5001)]
    data = "\n".join([";".join(HEADER), *lines]).encode("utf-8-sig")
    address = uploaded(client, place, SimpleUploadedFile("mùa hè.csv", data))
    waiting = text(client.post(f"{address}/columns", columns_of(text(client.get(address))), follow=True))
    assert "Đang xử lý tệp" in waiting and "5.001" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting and 'hx-trigger="every 2s"' in waiting
    assert "mùa hè.csv" in text(client.get(f"/lodging/{place.code}/files"))


def test_older_files_are_on_pages_that_follow(place, client):
    here = f"/lodging/{place.code}/files"
    for number in range(21):
        book = SimpleUploadedFile(f"khach-{number:02}.csv", "Họ và tên\nHà Thị Cũ\n".encode())
        client.post(f"{here}/upload", {"file": book})
    first = text(client.get(here))
    assert "khach-20.csv" in first and "khach-00.csv" not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "khach-00.csv" in text(client.get(here + following if following.startswith("?") else following))


def test_a_reason_given_once_counts_for_every_row_without_one(client, place):
    """The first guest's row says why, the second one's does not; the file has no other column for it."""
    mine, other = a_line("Lò Thị Riêng"), (*a_line("Lò Văn Chung")[:-1], "")
    where = uploaded(client, place, a_workbook(mine, other))
    asked = text(client.get(where))
    assert 'name="reason"' in asked and '<option value="Thăm thân">' in asked
    columns = columns_of(asked)
    without = text(client.post(f"{where}/columns", columns, follow=True))
    assert "1 dòng phải sửa" in without
    tried = text(client.post(f"{where}/columns", {**columns, "reason": "Thăm thân"}, follow=True))
    assert "dòng phải sửa" not in tried and "Lý do chung: Thăm thân" in tried
    assert 'value="Thăm thân"' in text(client.get(f"{where}?columns=1"))
    client.post(f"{where}/send")
    with acting(world.as_host(place, "stay.read")):
        kept = Stay.objects.filter(establishment=place.code, full_name__startswith="Lò")
        assert dict(kept.values_list("full_name", "reason")) == {"Lò Thị Riêng": "tourism", "Lò Văn Chung": "family"}


def test_a_reason_too_long_is_told_beside_it_and_columns_stay_chosen(client, place):
    where = uploaded(client, place, a_workbook(a_line("Lò Văn Dài")))
    columns = columns_of(text(client.get(where)))
    told = text(client.post(f"{where}/columns", {**columns, "reason": "x" * 301}))
    assert 'href="#id_reason"' in told and columns_of(told) == columns
