"""Many stays in one request, and what is told of them."""

import io
from typing import Any

import openpyxl
import xlsxwriter

from hamrong.lodging.receipts import verify
from hamrong.lodging.signing import signer
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import a_body, client, code_of

JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def a_list(*rows: bytes) -> bytes:
    return b"[" + b",".join(rows) + b"]"


def test_each_row_has_its_result_in_its_order_and_the_status_is_200(live_server: Site) -> None:
    body = a_list(a_body(), a_body(full_name=""), b"17", a_body())
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post("/batches", params={"mode": "submit"}, content=body, headers=JSON)
        told = answer.json()
        rejected = software.get(f"/batches/{told['id']}/rows", params={"outcome": "rejected"}).json()
    assert answer.status_code == 200
    assert [row["outcome"] for row in told["rows"]] == ["accepted", "rejected", "rejected", "accepted"]
    assert (told["accepted"], told["rejected"], told["state"]) == (2, 2, "done")
    assert [row["row"] for row in rejected["items"]] == [2, 3]
    assert answer.headers["Location"] == f"/api/v1/batches/{told['id']}"


def test_all_or_nothing_holds_what_was_fine(live_server: Site) -> None:
    body = b"\n".join([a_body(), a_body(full_name="")])
    with client(live_server.url, world.an_establishment()) as software:
        told = software.post(
            "/batches", params={"mode": "submit", "atomicity": "all"}, content=body, headers=LINES
        ).json()
    assert [row["outcome"] for row in told["rows"]] == ["held", "rejected"]


def test_a_batch_again_under_its_key_has_the_same_bytes(live_server: Site) -> None:
    body, headers = a_list(a_body()), {**JSON, "Idempotency-Key": "batch-1"}
    with client(live_server.url, world.an_establishment()) as software:
        first, second = (software.post("/batches?mode=submit", content=body, headers=headers) for _ in range(2))
        other = software.post("/batches?mode=validate", content=body, headers=headers)
    assert (first.status_code, first.content) == (200, second.content)
    assert code_of(other) == "idempotency.mismatch"


def test_a_batch_has_a_signed_receipt_also_on_paper(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        told = software.post("/batches?mode=submit", content=a_list(a_body(), a_body()), headers=JSON).json()
        receipt = software.get(f"/batches/{told['id']}/receipt.json").json()
        paper = software.get(f"/batches/{told['id']}/receipt.pdf")
        tried = software.post("/batches", content=a_list(a_body()), headers=JSON).json()
        none = software.get(f"/batches/{tried['id']}/receipt.json")
    assert verify(receipt, signer().public.public_bytes_raw())
    assert receipt["statement"]["count"] == 2
    assert paper.content.startswith(b"%PDF")
    assert none.status_code == 404


def a_workbook() -> bytes:
    """Two guests, the second without a name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Khách")
    rows: list[list[Any]] = [
        [
            "Họ và tên",
            "Ngày sinh",
            "Giới tính",
            "Loại giấy tờ",
            "Số giấy tờ",
            "Ngày giờ đến",
            "Ngày giờ đi dự kiến",
            "Lý do",
        ],
        [
            "Trần Thử",
            "17/05/1990",
            "Nam",
            "Căn cước",
            world.a_number(),
            "23/11/2026 21:00",
            "25/11/2026 12:00",
            "Du lịch",
        ],
        ["", "17/05/1990", "Nam", "Căn cước", world.a_number(), "23/11/2026 21:00", "25/11/2026 12:00", "Du lịch"],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def test_a_workbook_comes_back_with_its_errors_marked(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        told = software.post("/batches?file_name=a.xlsx", content=a_workbook(), headers={"Content-Type": XLSX}).json()
        book = software.get(f"/batches/{told['id']}/errors.xlsx")
    assert [row["outcome"].split("_")[0] for row in told["rows"]] == ["accepted", "rejected"]
    assert book.headers["Content-Type"] == XLSX
    assert "Lỗi" in openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames


def test_a_list_comes_back_as_a_workbook_too(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        told = software.post("/batches", content=a_list(a_body(full_name="")), headers=JSON).json()
        book = software.get(f"/batches/{told['id']}/errors.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames


def test_what_is_no_list_is_refused_as_a_whole(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        broken = software.post("/batches", content=b"[{", headers=JSON)
        empty = software.post("/batches", content=b"", headers={"Content-Type": "text/csv"})
        image = software.post("/batches", content=b"GIF89a", headers={"Content-Type": "image/gif"})
    assert (broken.status_code, code_of(broken)) == (422, "file.refused")
    assert (empty.status_code, code_of(empty)) == (422, "file.refused")
    assert (image.status_code, code_of(image)) == (415, "media.unsupported")


def test_a_batch_of_another_establishment_is_not_there(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        told = software.post("/batches", content=a_list(a_body()), headers=JSON).json()
    with client(live_server.url, world.an_establishment()) as other:
        for part in ("", "/rows", "/errors.xlsx", "/receipt.json", "/receipt.pdf"):
            assert other.get(f"/batches/{told['id']}{part}").status_code == 404


def test_a_reason_in_the_address_counts_for_rows_without_one(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        rows = a_list(a_body(reason=None), a_body(reason={"code": "business"}))
        address = "/batches?mode=submit&reason=family"
        answer = software.post(address, content=rows, headers=JSON).json()
        assert (answer["accepted"] + answer["accepted_with_warnings"], answer["reason"]) == (2, "family"), answer
        bare = software.post("/batches", content=rows, headers=JSON).json()
        assert bare["rows"][0]["outcome"] == "rejected"
        night = answer["rows"][0]["night"]
        kept = software.get("/stays", params={"night": night}).json()["items"]
        assert {one["reason"] for one in kept} == {"family", "business"}
