"""Files that are not read: refused by what they contain, in words, and never with a crash."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.workbooks.compound import MAGIC
from hamrong.lodging.workbooks import SYNC, FileRefused, Limits, match_columns, read_table, rows_to_stays
from tests.lodging.notices import HEADER, a_line, a_workbook, refused, table_of
from tests.lodging.test_workbooks_reading import as_csv, as_ods, as_xls


@cache
def workbook() -> bytes:
    return a_workbook(HEADER, a_line())


def repacked(data: bytes, changes: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def sheet_xml(cells: str) -> bytes:
    return f'<worksheet xmlns="{SPACE}"><sheetData>{cells}</sheetData></worksheet>'.encode()


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08\0", b"MZ\x90\0\x03\xff", b"{\\rtf1}", b"<html><table><tr><td>x</td></tr></table></html>",
        b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", bytes(range(256)) * 20,
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_whatever_it_is_called(data):
    assert refused(data, "khach.xlsx") == "file.wrong_type"


@pytest.mark.parametrize("name", ["word/document.xml", "ppt/presentation.xml", "xl/workbook.bin", "readme.txt"])
def test_a_packed_file_that_is_no_workbook_is_refused(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "x")
    assert refused(out.getvalue()) == "file.wrong_type"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("make", [workbook, lambda: as_xls(HEADER, a_line()), lambda: as_ods(["a", "b"])])
def test_a_file_that_did_not_arrive_whole_is_refused(make, share):
    data = make()
    assert refused(data[: int(len(data) * share)]) in ("file.damaged", "file.wrong_type")


def test_macros_are_refused_in_every_kind_of_workbook():
    assert refused(repacked(workbook(), {"xl/vbaProject.bin": b"x"}), "khach.xlsx") == "file.macro"
    assert refused(repacked(as_ods(["a"]), {"Basic/Standard/Module1.xml": b"x"})) == "file.macro"
    assert refused(compound({"Workbook": b"", "_VBA_PROJECT_CUR": b""})) == "file.macro"


def test_passwords_are_refused_in_every_kind_of_workbook():
    assert refused(compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "khach.xlsx") == "file.encrypted"
    assert refused(compound({"Workbook": record(0x0809, b"\0" * 16) + record(0x002F, b"\0" * 6)})) == "file.encrypted"
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert refused(repacked(as_ods(["a"]), manifest)) == "file.encrypted"
    locked = bytearray(workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(mark, at + 1)
    assert refused(bytes(locked)) == "file.encrypted"


def test_other_old_documents_are_no_workbooks():
    assert refused(compound({"WordDocument": b"x"})) == "file.wrong_type"


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(streams: dict[str, bytes]) -> bytes:
    """A small OLE file: one sector of allocation, the directory, then each stream in sectors of its own."""
    names = ["Root Entry", *streams]
    count = (len(names) + 3) // 4
    fat = [0xFFFFFFFD, *range(2, count + 1), 0xFFFFFFFE]
    entries, body = [entry("Root Entry", 5, 0xFFFFFFFE, 0)], b""
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        start = len(fat)
        sectors = (len(content) + 511) // 512
        fat += [*range(start + 1, start + sectors), 0xFFFFFFFE]
        entries.append(entry(name, 2, start, len(content)))
        body += content.ljust(sectors * 512, b"\0")
    head = MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<7I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE)
    head += struct.pack("<I", 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return head + table + b"".join(entries).ljust(count * 512, b"\0") + body


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    head = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 0) + b"\xff" * 12
    return head + b"\0" * 36 + struct.pack("<III", start, size, 0)


def test_a_bomb_is_recognised_before_it_is_unpacked():
    assert refused(repacked(workbook(), {"xl/media/a.bin": b"\0" * 60_000_000})) == "file.bomb"
    assert refused(repacked(workbook(), {f"x/{at}": b"" for at in range(2_001)})) == "file.bomb"


def test_a_bomb_that_lies_about_its_size_is_recognised():
    data = bytearray(repacked(workbook(), {"xl/media/a.bin": b"\0" * 9_000_000}))
    at = data.rfind(b"xl/media/a.bin") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(bytes(data)) == "file.bomb"


def test_entities_are_no_part_of_a_workbook():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + sheet_xml("<row><c><v>1</v></c></row>")
    assert refused(repacked(workbook(), {SHEET: laughs})) == "file.bomb"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c s=">" r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'>" + "<c><v>1</v></c>" * 40 + "</row>",
        f'<x:row xmlns:x="{SPACE}"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_stray_cell_must_not_fill_the_memory(cells):
    assert refused(repacked(workbook(), {SHEET: sheet_xml(cells)})) == "file.too_wide"


def test_stray_cells_of_old_and_open_workbooks_must_not_either():
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "a")
    sheet.write(65_535, 255, "b")
    out = io.BytesIO()
    book.save(out)
    assert refused(out.getvalue()) == "file.too_wide"
    assert refused(as_ods(["x"] * 50, repeated=100_000)) == "file.too_wide"


def test_formats_without_content_take_no_room():
    book = openpyxl.Workbook()
    for row in (HEADER, a_line()):
        book.active.append(row)
    book.active["XFD9999"].font = openpyxl.styles.Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    assert len(table_of(out.getvalue()).rows) == 1


def test_a_sheet_that_is_no_xml_is_damaged():
    assert refused(repacked(workbook(), {SHEET: b"<worksheet><sheetData>"})) == "file.damaged"
    assert (
        refused(repacked(workbook(), {SHEET: sheet_xml('<row r="x"><c r="A1"><v>1</v></c></row>')})) == "file.damaged"
    )


def test_limits_are_told_with_their_number():
    small = Limits(rows=2, size=1_000_000)
    refusal = read_table(as_csv(",", HEADER, *[a_line()] * 3).encode(), "a.csv", limits=small)
    assert isinstance(refusal, FileRefused) and refusal.code == "file.too_many_rows" and "2" in refusal.message_vi
    refusal = read_table(b"x" * 1_000_001, "a.csv", limits=small)
    assert isinstance(refusal, FileRefused) and refusal.code == "file.too_big" and "1 MB" in refusal.message_vi
    assert not isinstance(read_table(a_workbook(HEADER, a_line(), a_line()), "a", limits=small), FileRefused)
    assert isinstance(read_table(a_workbook(HEADER, *[a_line()] * 3), "a", limits=small), FileRefused)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"a,b,c\n", a_workbook([]), a_workbook(HEADER)])
def test_a_file_without_rows_is_refused(data):
    assert refused(data) == "file.empty"


def survives(data: bytes) -> None:
    table = read_table(data, "khach", limits=SYNC)
    if not isinstance(table, FileRefused):
        mapping: dict[str, Any] = match_columns(table.columns).fields
        list(rows_to_stays(table, mapping, "SS-0001", today=date(2026, 11, 24)))


@given(st.binary(max_size=400))
@settings(max_examples=100)
def test_no_bytes_make_the_reading_fail(data):
    for beginning in (b"", b"PK\x03\x04", MAGIC, b"{", b"["):
        survives(beginning + data)


@given(st.text(max_size=300))
@settings(max_examples=50)
def test_no_text_makes_the_reading_fail(text):
    survives(text.encode("utf-8", "surrogatepass"))


@cache
def _made(make: Callable[[], bytes]) -> bytes:
    """The same bytes in every case: a document made again has another time in it."""
    return make()


@pytest.mark.parametrize("make", [workbook, lambda: as_xls(HEADER, a_line()), lambda: as_ods(HEADER, a_line())])
@given(st.data())
@settings(max_examples=40)
def test_no_damage_makes_the_reading_fail(make, data):
    spoilt = bytearray(_made(make))
    for _ in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(spoilt))


@given(st.data())
@settings(max_examples=40)
def test_no_damage_inside_a_part_makes_the_reading_fail(data):
    with zipfile.ZipFile(io.BytesIO(workbook())) as packed:
        name = data.draw(st.sampled_from(sorted(packed.namelist())))
        part = bytearray(packed.read(name))
    at = data.draw(st.integers(0, len(part)))
    part[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    survives(repacked(workbook(), {name: bytes(part)}))


def test_a_part_that_does_not_unpack_is_damaged():
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        at = packed.getinfo(SHEET).header_offset + 30 + len(SHEET)
    data[at : at + 8] = b"\xff" * 8
    assert refused(bytes(data)) == "file.damaged"
