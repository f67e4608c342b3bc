"""Lists of guests as they really come: every kind of file, every trap of a spreadsheet."""

import io
import json
from datetime import date, datetime, time
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P

from hamrong.kernel.charsets import encode_tcvn3, encode_vni
from hamrong.lodging.rules import check
from hamrong.lodging.workbooks import match_columns, rows_to_stays, skipped
from tests.lodging.notices import (
    GUEST,
    HEADER,
    NOW,
    NUMBER,
    TODAY,
    a_line,
    a_workbook,
    codes,
    guests_of,
    packed,
    table_of,
)


def complete(data: bytes, name: str = "khach.xlsx") -> list[Any]:
    """The guests of a file, each of which has to pass the check without a word."""
    guests = guests_of(data, name)
    for guest in guests:
        found = check(guest.stay, now=NOW, establishment_kind="hotel", found=guest.issues)
        assert found.issues == (), found.issues
    return guests


def as_csv(divider: str = ",", *rows: list[Any]) -> str:
    return "\r\n".join(divider.join(map(str, row)) for row in (rows or (HEADER, a_line())))


def as_ods(*rows: list[str], repeated: int = 1, formula: str = "") -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = OdsTable(name="Khách")
    for row in rows:
        line = TableRow(numberrowsrepeated=repeated)
        for text in row:
            cell = TableCell(valuetype="string", formula=formula) if formula else TableCell(valuetype="string")
            cell.addElement(P(text=str(text)))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def as_xls(*rows: list[Any], epoch_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = epoch_1904
    sheet = book.add_sheet("Khách")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES = {
    "khach.xlsx": lambda: a_workbook(HEADER, a_line()),
    "khach.xls": lambda: as_xls(HEADER, a_line()),
    "khach.ods": lambda: as_ods(HEADER, [str(cell) for cell in a_line()]),
    "khach.csv": lambda: as_csv().encode(),
    "khach.jsonl": lambda: json.dumps(GUEST).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_guest_comes_out_of_every_kind_of_file(name):
    (guest,) = complete(FILES[name](), name)
    assert guest.stay.full_name == "Nguyễn Thị Bình"
    assert guest.stay.document.number == NUMBER
    assert guest.stay.establishment_id == "SS-0001"
    assert guest.number == (1 if name == "khach.jsonl" else 2)


@pytest.mark.parametrize("claimed", FILES)
def test_a_file_is_what_it_contains_and_not_what_it_is_called(claimed):
    table = table_of(a_workbook(HEADER, a_line()), claimed)
    assert table.kind == "xlsx"


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_list_may_be_divided_in_three_ways(divider):
    complete(as_csv(divider).encode())


def test_a_comma_inside_quotation_marks_divides_nothing():
    row = a_line(name='"Nguyễn, Thị ""Bình"""')
    table = table_of(as_csv(",", HEADER, row).encode())
    assert table.rows[0].cells[1] == 'Nguyễn, Thị "Bình"'


def test_excels_hint_of_the_divider_is_no_row():
    (guest,) = guests_of(b"sep=;\r\n" + as_csv(";").encode())
    assert guest.number == 3


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda text: text.encode("utf-8"), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
        (lambda text: text.encode("utf-16"), "utf-16-le"),
        (lambda text: text.encode("utf-16-le"), "utf-16-le"),
        (encode_tcvn3, "tcvn3"),
        (encode_vni, "vni"),
        (lambda text: encode_1258(text), "cp1258"),
    ],
)
def test_an_old_encoding_is_recognised_and_shown_before_the_file_is_accepted(encode, encoding):
    table = table_of(encode(as_csv(",", HEADER, *[a_line()] * 3)), "khach.csv")
    assert table.encoding == encoding
    assert "Nguyễn Thị Bình" in table.sample[1]
    assert {note.code for note in table.notes} == (set() if encoding.startswith("utf-8") else {"file.encoding"})


def encode_1258(text: str) -> bytes:
    """Windows-1258 writes the tone behind its vowel."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = [mark for mark in normalize("NFD", letter) if mark in tones]
            rest = normalize("NFC", "".join(sign for sign in normalize("NFD", letter) if sign not in tones))
            out += rest.encode("cp1258") + marks[0].encode("cp1258")
    return out


def test_a_zero_that_the_spreadsheet_took_is_put_back_and_said():
    for lost in (38190012123, "38190012123"):
        (guest,) = guests_of(a_workbook(HEADER, a_line(number=lost)))
        found = check(guest.stay, now=NOW, establishment_kind="hotel", found=guest.issues)
        assert codes(found) == {"doc.lost_leading_zero": "warning"}
        assert found.stay is not None and found.stay.document_number == NUMBER


def test_a_number_in_powers_of_ten_is_an_error():
    (guest,) = guests_of(as_csv(",", HEADER, a_line(number="3.82E+10")).encode())
    found = check(guest.stay, now=NOW, establishment_kind="hotel", found=guest.issues)
    assert codes(found) == {"doc.scientific_notation": "error"}


def test_dates_may_be_cells_of_their_own_kind():
    line = a_line(birth=date(1990, 8, 15), arrival=datetime(2026, 11, 24, 20, 30), departure=datetime(2026, 11, 26, 12))
    (guest,) = complete(a_workbook(HEADER, line))
    assert guest.stay.birth.date == "1990-08-15"
    assert guest.stay.arrival_at == "2026-11-24T20:30:00+07:00"


def test_dates_may_be_bare_numbers_of_either_epoch():
    (guest,) = complete(a_workbook(HEADER, a_line(birth=33100, arrival=46350.85416666667, departure=46352.5)))
    assert guest.stay.arrival_at == "2026-11-24T20:30:00+07:00"
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (HEADER, a_line(birth=33100 - 1462, arrival=46350.85416666667 - 1462, departure=46352.5 - 1462)):
        book.active.append(row)
    (guest,) = complete(packed(book))
    assert (guest.stay.birth.date, guest.stay.arrival_at) == ("1990-08-15", "2026-11-24T20:30:00+07:00")
    old = as_xls(HEADER, a_line(birth=33100 - 1462, arrival=44888.85416666667, departure=44890.5), epoch_1904=True)
    (guest,) = complete(old)
    assert guest.stay.birth.date == "1990-08-15"


def test_a_time_of_day_may_stand_in_its_own_column():
    header = [*HEADER, "Giờ đến", "Giờ đi"]
    (guest,) = complete(a_workbook(header, [*a_line(arrival="24/11/2026", departure="26/11/2026"), "20:30", time(12)]))
    assert guest.stay.arrival_at == "2026-11-24T20:30:00+07:00"


def test_a_day_without_a_time_is_taken_and_said():
    (guest,) = guests_of(a_workbook(HEADER, a_line(arrival="24/11/2026")))
    assert codes(guest) == {"date.no_time": "warning"}
    assert guest.issues[0].column == "F"


def test_a_year_in_two_digits_is_taken_and_said_without_showing_the_birth():
    (guest,) = guests_of(a_workbook(HEADER, a_line(birth="15/8/90", departure="26/11/26 12:00")))
    assert guest.stay.birth.date == "1990-08-15"
    assert guest.stay.planned_departure_at == "2026-11-26T12:00:00+07:00"
    assert [each.code for each in guest.issues] == ["date.two_digit_year"] * 2
    assert "90" not in "".join(each.message_vi for each in guest.issues if each.pointer == "/birth/date")


def test_a_formula_is_told_with_its_stored_value_masked():
    book = openpyxl.load_workbook(io.BytesIO(stored_formula(f'"{NUMBER}"', NUMBER)))
    assert book.active["E2"].value.startswith("=")
    (guest,) = guests_of(stored_formula(f'"{NUMBER}"', NUMBER))
    assert guest.stay.document.number == NUMBER
    assert codes(guest) == {"file.formula_cell": "warning"}
    assert guest.issues[0].column == "E"
    assert NUMBER not in repr(guest.issues)


def stored_formula(formula: str, value: str) -> bytes:
    """A workbook as a spreadsheet saves it: the formula with the value it last had."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, a_line())
        sheet.write_formula(1, 4, f"={formula}", None, value)
    return out.getvalue()


def test_formulas_of_old_and_open_workbooks_are_told_too():
    old = xlwt.Workbook()
    sheet = old.add_sheet("Khách")
    for column, (name, value) in enumerate(zip(HEADER, a_line(), strict=True)):
        sheet.write(0, column, name)
        sheet.write(1, column, xlwt.Formula("100+1") if name == "Phòng" else value)
    out = io.BytesIO()
    old.save(out)
    (guest,) = guests_of(out.getvalue())
    assert codes(guest) == {"file.formula_no_value": "warning"} and guest.issues[0].column == "H"
    (guest,) = guests_of(as_ods(HEADER, [str(cell) for cell in a_line()], formula="of:=1"))
    assert set(codes(guest)) == {"file.formula_cell"}


def test_the_sheet_with_the_guests_is_found_and_named():
    book = openpyxl.Workbook()
    book.active.title = "Doanh thu"
    for row in (["Ngày", "Phòng", "Tiền"], ["24/11/2026", "101", 500000]):
        book.active.append(row)
    for row in (HEADER, a_line()):
        (book["DS khách"] if "DS khách" in book.sheetnames else book.create_sheet("DS khách")).append(row)
    table = table_of(packed(book))
    assert table.sheet == "DS khách"
    assert [note.code for note in table.notes] == ["file.sheet_chosen"]
    assert "DS khách" in table.notes[0].message_vi


def test_titles_and_blank_rows_above_the_header_are_passed_over():
    book = openpyxl.Workbook()
    book.active.append(["KHÁCH SẠN SÓNG XANH"])
    book.active.append(["DANH SÁCH KHÁCH LƯU TRÚ NGÀY 24/11/2026"])
    book.active.merge_cells("A1:I1")
    book.active.merge_cells("A2:I2")
    book.active.append([])
    book.active.append(HEADER)
    book.active.append(a_line())
    table = table_of(packed(book))
    assert (table.header_row, table.rows[0].number) == (4, 5)
    complete(packed(book))


def test_a_table_may_begin_anywhere():
    book = openpyxl.Workbook()
    for column, (name, value) in enumerate(zip(HEADER, a_line(), strict=True), 4):
        book.active.cell(6, column, name)
        book.active.cell(7, column, value)
    (guest,) = complete(packed(book))
    assert guest.number == 7


def test_a_cell_merged_downwards_counts_for_every_guest_beside_it():
    book = openpyxl.Workbook()
    number = "038290000017"
    for row in (HEADER, a_line(), a_line(name="Trần Văn An", sex="Nam", birth="01/02/1990", number="038090000017")):
        book.active.append(row)
    for letter in "FGHI":
        book.active[f"{letter}3"].value = None
        book.active.merge_cells(f"{letter}2:{letter}3")
    first, second = complete(packed(book))
    assert second.stay.arrival_at == first.stay.arrival_at
    assert second.stay.room == "101" and number != second.stay.document.number


def test_blank_rows_totals_and_signatures_are_no_guests_and_said():
    data = a_workbook(
        HEADER, a_line(), [], ["", "  ", "\u00a0"], ["", "Tổng cộng", "", "", "", "", "", "2 phòng"],
        a_line(name="Lê Văn Cường", sex="Nam", number="038090000017", birth="01/02/1990"), [1, None, None, None],
        ["", "Người lập biểu", "", "", "Giám đốc"], ["", "Sầm Sơn, ngày 24 tháng 11 năm 2026"],
    )  # fmt: skip
    assert [guest.number for guest in guests_of(data)] == [2, 6]
    table = table_of(data)
    (note,) = skipped(table, match_columns(table.columns).fields)
    assert note.code == "file.rows_skipped" and note.expected == "5, 8, 9"


def test_the_header_of_a_second_page_is_no_guest():
    data = a_workbook(HEADER, a_line(), HEADER, a_line(name="Lê Thị Dung", number="038190000017"))
    assert [guest.number for guest in guests_of(data)] == [2, 4]


def test_a_guest_of_whom_only_the_name_is_known_is_still_a_row():
    data = a_workbook(HEADER, ["1", "Lê Thị Dung"], a_line())
    assert [guest.number for guest in guests_of(data)] == [2, 3]


def test_spaces_that_do_not_break_are_spaces():
    (guest,) = complete(a_workbook(HEADER, a_line(name="Nguyễn\u00a0Thị\u00a0Bình", number=f"\u00a0{NUMBER}\u00a0")))
    assert guest.stay.full_name == "Nguyễn Thị Bình"


def test_a_column_that_comes_twice_is_read_once_and_said():
    table = table_of(a_workbook([*HEADER, "Họ tên"], [*a_line(), "ai đó"]))
    assert [(note.code, note.column) for note in table.notes] == [("file.column_twice", "J")]
    complete(a_workbook([*HEADER, "Họ tên"], [*a_line(), "ai đó"]))


def test_a_passport_may_have_a_column_beside_that_of_citizens():
    header = [*HEADER, "Số hộ chiếu", "Quốc tịch", "Thời hạn tạm trú"]
    visitor = [*a_line(name="ERIKSSON ANNA", number=""), "L898902C3", "Thụy Điển", "31/12/2026"]
    citizen, foreigner = complete(a_workbook(header, [*a_line(), "", "", ""], visitor))
    assert citizen.stay.document.number == NUMBER
    assert (foreigner.stay.document.type, foreigner.stay.document.number) == ("passport", "L898902C3")


def test_a_code_that_is_another_countrys_name_is_asked_about():
    data = a_workbook([*HEADER, "Quốc tịch"], [*a_line(), "NGA"], [*a_line(number="C1234567"), "Nga"])
    unclear, clear = guests_of(data)
    assert codes(unclear) == {"nationality.two_meanings": "error"}
    assert clear.issues == ()


def test_the_same_guest_twice_is_told_with_the_first_row():
    rows = guests_of(
        a_workbook(HEADER, a_line(), a_line(tt=2, number="038 190 012 123"), a_line(arrival="23/11/2026 20:00"))
    )
    assert [codes(row) for row in rows] == [{}, {"row.duplicate_in_file": "warning"}, {}]
    assert rows[1].issues[0].expected == "2"


def test_json_lines_are_stays_as_the_interface_takes_them():
    lines = [
        json.dumps(GUEST),
        "",
        '{"full_name": 7, "photo": "x"}',
        "{",
        json.dumps({**GUEST, "establishment_id": None}),
    ]
    first, second, third, last = guests_of("\n".join(lines).encode(), "khach.jsonl")
    assert [row.number for row in (first, second, third, last)] == [1, 3, 4, 5]
    assert codes(second) == {"field.unknown": "error"}
    assert codes(third) == {"row.malformed": "error"}
    assert last.stay.establishment_id == "SS-0001"
    assert codes(last) == {"row.duplicate_in_file": "warning"}


def test_a_json_list_is_as_good_as_lines():
    assert len(guests_of(json.dumps([GUEST, {**GUEST, "document": {"number": "C1234567"}}]).encode())) == 2


def test_a_mapping_chosen_by_a_person_counts_and_a_wrong_one_does_no_harm():
    table = table_of(a_workbook(["a", "b", "c"], ["Nguyễn Thị Bình", NUMBER, "24/11/2026 20:30"]))
    chosen = {"full_name": 0, "document_number": 1, "arrival": 2, "room": 17, "departure": -3}
    (guest,) = rows_to_stays(table, chosen, "SS-0001", today=TODAY)
    assert (guest.stay.full_name, guest.stay.room, guest.stay.planned_departure_at) == ("Nguyễn Thị Bình", None, None)
