"""Notifications and lists of guests to try the rules with: everything in them is invented."""

import io
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import openpyxl

from hamrong.lodging.rules import Checked, StayIn, check
from hamrong.lodging.workbooks import SYNC, FileRefused, RowIn, Table, match_columns, read_table, rows_to_stays

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 21:00 in Viet Nam
TODAY = date(2026, 11, 24)
NUMBER = "038190012123"  # Thanh Hóa, a woman, born 1990

GUEST: dict[str, Any] = {
    "client_ref": "R-1",
    "establishment_id": "SS-0001",
    "kind": "citizen",
    "full_name": "Nguyễn Thị Bình",
    "sex": "F",
    "birth": {"date": "1990-08-15", "precision": "day"},
    "nationality": "VNM",
    "document": {"type": "cccd", "number": NUMBER},
    "arrival_at": "2026-11-24T20:30:00+07:00",
    "planned_departure_at": "2026-11-26T12:00:00+07:00",
    "room": "101",
    "reason": {"code": "tourism"},
}
VISITOR: dict[str, Any] = {
    **GUEST,
    "kind": "foreigner",
    "full_name": "ERIKSSON ANNA MARIA",
    "nationality": "SWE",
    "document": {"type": "passport", "number": "L898902C3"},
    "permitted_until": "2026-12-31",
}


def a_stay(like: dict[str, Any] = GUEST, **changes: Any) -> StayIn:
    """A stay as it comes in, with some fields given otherwise."""
    return msgspec.convert({**like, **changes}, StayIn)


def checked(like: dict[str, Any] = GUEST, *, place: str = "hotel", now: datetime = NOW, **changes: Any) -> Checked:
    """What the check says to such a stay."""
    return check(a_stay(like, **changes), now=now, establishment_kind=place)


def codes(found: Checked | RowIn) -> dict[str, str]:
    """Code to severity."""
    return {each.code: each.severity for each in found.issues}


HEADER = [
    "TT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số giấy tờ",
    "Ngày giờ đến",
    "Ngày giờ đi dự kiến",
    "Phòng",
    "Lý do",
]
LINE: list[Any] = [
    1, "Nguyễn Thị Bình", "15/08/1990", "Nữ", NUMBER, "24/11/2026 20:30", "26/11/2026 12:00", "101", "Du lịch"
]  # fmt: skip


def a_line(**changes: Any) -> list[Any]:
    """A row under `HEADER`, with the cells of some columns given otherwise (`number`, `birth`, `arrival` …)."""
    places = {
        "tt": 0,
        "name": 1,
        "birth": 2,
        "sex": 3,
        "number": 4,
        "arrival": 5,
        "departure": 6,
        "room": 7,
        "reason": 8,
    }
    line = list(LINE)
    for name, value in changes.items():
        line[places[name]] = value
    return line


def a_workbook(*rows: list[Any]) -> bytes:
    """The rows in the only sheet of an XLSX workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return packed(book)


def packed(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_of(data: bytes, name: str = "khach.xlsx") -> Table:
    """The table of a file that has to be readable."""
    table = read_table(data, name, limits=SYNC)
    assert not isinstance(table, FileRefused), table
    return table


def guests_of(data: bytes, name: str = "khach.xlsx") -> list[RowIn]:
    """The guests of a file under the mapping that is proposed."""
    table = table_of(data, name)
    return list(rows_to_stays(table, match_columns(table.columns).fields, "SS-0001", today=TODAY))


def refused(data: bytes, name: str = "khach.xlsx") -> str:
    """The code with which a file is refused."""
    refusal = read_table(data, name, limits=SYNC)
    assert isinstance(refusal, FileRefused), "the file was read"
    assert refusal.message_vi and refusal.message_en and refusal.hint_vi
    return refusal.code
