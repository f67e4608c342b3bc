"""The traps of lists of guests, each through the page where a host uploads a file: what is told, what becomes of it."""

import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile

from hamrong.access.walls import acting
from hamrong.kernel.charsets import encode_tcvn3, encode_vni
from hamrong.law import VIETNAM
from hamrong.lodging.models import Stay
from tests import world
from tests.lodging.hosts import an_open_place, at_work
from tests.lodging.test_pages_host_files import HEADER, a_line, columns_of, text

NAME, BIRTH, NUMBER, ARRIVES, LEAVES = 0, 1, 4, 5, 6


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=3)


@pytest.fixture(scope="module")
def client(place):
    return at_work(place)


def a_trap(cells=(), name="Đỗ Văn Bẫy"):
    line = list(a_line(name))
    for at, cell in dict(cells).items():
        line[at] = cell
    return line


def a_book(**sheets):
    """The sheets, each a list of rows, of an XLSX workbook; one whose name ends in _ is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.endswith("_") else "visible"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def an_old_book(*rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Khách")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def as_text(encoding, divider=";"):
    lines = "\n".join(divider.join(line) for line in (HEADER, a_trap()))
    if encoding in ("tcvn3", "vni"):
        return (encode_tcvn3 if encoding == "tcvn3" else encode_vni)(lines)
    return lines.encode(encoding)


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", html)))


def tried(client, place, data, name="khach.xlsx"):
    """(the page of columns, every row as the page of results shows it) of a file that is uploaded and tried."""
    answer = client.post(f"/lodging/{place.code}/files/upload", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, plain(text(answer))
    where = answer["Location"]
    asked = text(client.get(where))
    client.post(f"{where}/columns", columns_of(asked))
    rows = re.findall(r"<tr[^>]*data-row.*?</tr>", text(client.get(f"{where}?outcome=all")), re.DOTALL)
    return plain(asked), [plain(row) for row in rows]


def now():
    return datetime.now(VIETNAM).replace(tzinfo=None, microsecond=0)


CELLS = {
    "a lost zero": (lambda: {NUMBER: int(world.a_number())}, "Gửi được E: Số 0 ở đầu số giấy tờ đã bị mất"),
    "a lost zero and .0": (lambda: {NUMBER: f"{int(world.a_number())}.0"}, "Số 0 ở đầu số giấy tờ đã bị mất"),
    "powers of ten": (lambda: {NUMBER: "3.81E+10"}, "Không nhận E: Excel đã đổi số giấy tờ thành dạng 3.81E+10"),
    "an apostrophe": (lambda: {NUMBER: "'" + world.a_number()}, "Gửi được — —"),
    "dots in a number": (lambda: {NUMBER: ".".join(re.findall("...", world.a_number()))}, "Gửi được — —"),
    "an error of Excel": (lambda: {NUMBER: "#N/A"}, "Không nhận E: Thiếu số giấy tờ"),
    "dates as dates": (
        lambda: {BIRTH: datetime(1990, 5, 17), ARRIVES: now(), LEAVES: now() + timedelta(days=1)}, "Gửi được — —"),
    "dates as serial numbers": (
        lambda: {BIRTH: 33010, ARRIVES: (now() - datetime(1899, 12, 30)) / timedelta(days=1)}, "Gửi được — —"),
    "a month before its day": (lambda: {BIRTH: "05/17/1990"}, "Không nhận B: Ngày sinh là ngày không có thật"),
    "two digits of a year": (lambda: {BIRTH: "17/5/90"}, "Gửi được B: Ngày sinh ghi năm bằng hai chữ số"),
    "a line break in a name": (lambda: {NAME: "Đỗ Văn\nBẫy"}, "Gửi được — —"),
    "a formula without value": (
        lambda: {NAME: '="Đỗ"&" Văn"'}, "A: Họ và tên là công thức mà tệp không lưu giá trị nào"),
}  # fmt: skip


@pytest.mark.parametrize("trap", CELLS)
def test_a_cell_that_excel_spoils_is_read_or_told(client, place, trap):
    cells, told = CELLS[trap]
    _, (row,) = tried(client, place, a_book(Khách=[HEADER, a_trap(cells())]))
    assert told in row, row


def test_an_old_workbook_with_a_number_for_a_document_is_read(client, place):
    _, (row,) = tried(client, place, an_old_book(HEADER, a_trap({NUMBER: int(world.a_number())})), "khach.xls")
    assert "Gửi được E: Số 0 ở đầu" in row


@pytest.mark.parametrize(("encoding", "divider"), [("utf-16", "\t"), ("utf-16-le", "\t"), ("tcvn3", ";"), ("vni", ";")])
def test_text_that_is_not_utf_8_is_shown_once_before_it_is_accepted(client, place, encoding, divider):
    asked, (row,) = tried(client, place, as_text(encoding, divider), "khach.csv")
    assert asked.count("bảng mã") == 1, asked
    assert asked.count("Đỗ Văn Bẫy") == 1
    assert "Gửi được" in row


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_utf_8_with_a_mark_needs_no_question(client, place, divider):
    asked, (row,) = tried(client, place, as_text("utf-8-sig", divider), "khach.csv")
    assert "bảng mã" not in asked and "Gửi được — —" in row


@pytest.mark.parametrize(("encode", "name"), [(encode_tcvn3, "Nguyễn Thị Bẫy"), (encode_vni, "Nguyễn Thị Bước")])
def test_a_workbook_in_an_old_font_is_kept_in_unicode_and_said(client, place, encode, name):
    """The letters of .VnTime and VNI-Times stand in workbooks as Latin letters; names were kept as NguyÔn ThÞ BÉy."""
    rows = [[encode(cell).decode("latin-1") for cell in line] for line in (HEADER, a_trap(name=name))]
    file = SimpleUploadedFile("cu.xlsx", a_book(Khach=rows))
    where = client.post(f"/lodging/{place.code}/files/upload", {"file": file})["Location"]
    trial = text(client.post(f"{where}/columns", columns_of(text(client.get(where))), follow=True))
    assert "Chữ gõ bằng phông cũ" in trial
    client.post(f"{where}/send")
    with acting(world.as_host(place, "stay.read")):
        assert Stay.objects.filter(establishment=place.code, full_name=name, reason="tourism").count() == 1


def test_guests_of_a_second_sheet_are_not_left_out_in_silence(client, place):
    asked, rows = tried(client, place, a_book(Bìa=[["Đoàn"]], T1=[HEADER, a_trap()], T2=[HEADER, a_trap()]))
    assert "lấy từ trang “T1”" in asked and "KHÔNG được gửi: “T2”" in asked
    assert len(rows) == 1


def test_a_hidden_sheet_does_not_go_before_one_that_is_seen(client, place):
    asked, _ = tried(client, place, a_book(Cũ_=[HEADER, a_trap()], Mới=[HEADER, a_trap()]))
    assert "lấy từ trang “Mới”" in asked and "KHÔNG được gửi" not in asked


def test_the_file_that_came_back_marked_is_corrected_and_sent_again(client, place):
    """Also the template's names of columns keep their asterisks on the way."""
    starred = [f"{name}*" for name in HEADER]
    file = SimpleUploadedFile("khach.xlsx", a_book(Khách=[starred, a_trap({NUMBER: "12"})]))
    where = client.post(f"/lodging/{place.code}/files/upload", {"file": file})["Location"]
    client.post(f"{where}/columns", columns_of(text(client.get(where))))
    book = openpyxl.load_workbook(BytesIO(client.get(f"{where}/marked.xlsx").content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][: len(HEADER)] == starred
    sheet.cell(2, NUMBER + 1).value = world.a_number()
    mended = BytesIO()
    book.save(mended)
    _, (row,) = tried(client, place, mended.getvalue())
    assert "Gửi được — —" in row
