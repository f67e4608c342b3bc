"""A batch: one result a row in the order of the rows, one transaction, one receipt over them all."""

import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import django.db
import msgspec
import openpyxl
import psycopg
import pytest
import xlsxwriter
from django.db import connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import CONTEXT, acting
from hamrong.kernel.proofs import merkle
from hamrong.lodging import jobs, originals, receipts
from hamrong.lodging.actions import batches
from hamrong.lodging.actions.intake import notify
from hamrong.lodging.actions.progress import progress
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.columns import content_of_row
from hamrong.lodging.models import Answer, Batch, Receipt, Stay
from hamrong.lodging.queries import batches as queries
from hamrong.lodging.rules import DocumentIn, check
from hamrong.lodging.workbooks import FileRefused
from hamrong.site import queue
from tests import world

JSON, NDJSON = "application/json", "application/x-ndjson"


def as_json(guests):
    return msgspec.json.encode([msgspec.to_builtins(guest) for guest in guests])


def send(place, guests, *, at=world.NOW, by=None, **how):
    data = guests if isinstance(guests, bytes) else as_json(guests)
    by = by or world.as_host(place, "batch.submit", role="machine")
    how = {"mode": "submit", "media_type": JSON, "file_name": "", **how}
    return batches.submit(by=by, place=place, data=data, at=at, **how)


def stays_of(place):
    with acting(world.as_host(place, "stay.read")):
        return list(Stay.objects.filter(establishment=place.code).order_by("row", "id"))


def outcomes(batch):
    return [row.outcome for row in queries.rows(batch)]


@pytest.fixture
def place():
    return world.an_establishment()


def test_every_row_has_one_result_in_its_order_and_good_rows_are_kept(place):
    known = world.a_guest()
    first = send(place, [known])
    guests = [world.a_guest(client_ref="a"), world.a_guest(full_name=None), known, world.a_guest(phone="x")]
    batch = send(place, [*guests, guests[0]])
    rows = queries.rows(batch)
    assert [row.row for row in rows] == [1, 2, 3, 4, 5]
    assert [row.outcome for row in rows] == [
        "accepted", "rejected", "duplicate", "accepted_with_warnings", "duplicate",
    ]  # fmt: skip
    assert rows[0].client_ref == "a"
    assert rows[2].receipt_code == queries.rows(first)[0].receipt_code
    assert (rows[4].receipt_code, rows[4].stay_id) == (rows[0].receipt_code, rows[0].stay_id)
    assert [(issue.code, issue.expected) for issue in rows[4].issues] == [("row.duplicate_in_file", "1")]
    assert (batch.accepted, batch.accepted_with_warnings, batch.duplicate, batch.rejected) == (1, 1, 2, 1)
    assert len(stays_of(place)) == 3
    assert queries.rows(batch, outcome="duplicate", after=3)[0].row == 5
    assert len(queries.rows(batch, limit=2)) == 2


def test_all_or_nothing_keeps_nothing_when_a_row_is_rejected_and_says_what_was_held(place):
    known = world.a_guest()
    send(place, [known])
    batch = send(place, [world.a_guest(), world.a_guest(full_name=None), known], atomicity="all")
    assert outcomes(batch) == ["held", "rejected", "duplicate"]
    assert (batch.held, batch.receipt) == (1, "")
    assert len(stays_of(place)) == 1
    assert outcomes(send(place, [world.a_guest(), known], atomicity="all")) == ["accepted", "duplicate"]


@pytest.mark.parametrize("atomicity", ["row", "all"])
def test_a_trial_finds_the_same_as_the_real_thing_and_keeps_no_stay(place, atomicity):
    guest = world.a_guest()
    guests = as_json([guest, guest, world.a_guest(full_name=None), world.a_guest()])
    tried = send(place, guests, mode="validate", atomicity=atomicity)
    assert stays_of(place) == []
    assert tried.receipt == ""
    assert not any(row.receipt_code for row in queries.rows(tried))
    done = send(place, guests, atomicity=atomicity)
    assert outcomes(tried) == outcomes(done)


def test_a_row_taken_in_bulk_is_kept_exactly_as_one_taken_singly(place):
    guest = world.a_guest(
        full_name="Nguyễn\\t Thị Ánh", client_ref="a\\b|{}", phone="0912345678", room="101\\N",
        document=DocumentIn("passport", "C1234567", "Cục «QLXNC»", "2030-01-31"),
    )  # fmt: skip
    other = world.an_establishment()
    checked = check(guest, now=world.NOW, establishment_kind=other.kind, area=other.area)
    notify(by=world.as_host(other, "stay.notify"), place=other, checked=checked, channel="api", at=world.NOW)
    send(place, [guest])
    (single,), (bulk,) = stays_of(other), stays_of(place)
    own = {"id", "establishment", "received_by", "batch", "row", "receipt", "salt", "document_sealed", "phone_sealed"}
    names = {field.attname for field in Stay._meta.concrete_fields} - own
    assert {name: getattr(bulk, name) for name in names} == {name: getattr(single, name) for name in names}
    for row in (single, bulk):
        receipt = Receipt.objects.get(code=row.receipt)
        assert bytes(receipt.commitment) == receipts.commitment(bytes(row.salt), content_of_row(row))
        assert receipts.read_code(row.receipt) == row.receipt


def test_the_receipt_of_a_batch_holds_the_root_over_its_rows(place):
    batch = send(place, [world.a_guest(), world.a_guest(full_name=None), world.a_guest(), world.a_guest()])
    receipt = Receipt.objects.get(code=batch.receipt)
    assert (receipt.kind, receipt.count, receipt.batch) == ("batch", 3, batch.pk)
    for stay in stays_of(place):
        proof = queries.inclusion(batch, stay.receipt)
        assert proof.commitment == receipts.commitment(bytes(stay.salt), content_of_row(stay))
        root = bytes(receipt.commitment)
        assert merkle.included(proof.commitment, proof.index, proof.size, proof.path, root)
    assert queries.inclusion(batch, batch.receipt) is None


def test_a_batch_is_one_entry_of_audit(place, admin_connection):
    batch = send(place, [world.a_guest() for _ in range(3)])
    found = admin_connection.execute(
        "select type, details from audit_entry e join audit_detail d on d.entry_id = e.id where subject = %s",
        [f"batch:{batch.pk}"],
    ).fetchall()
    assert len(found) == 1
    details = msgspec.json.decode(found[0][1])
    receipt = Receipt.objects.get(code=batch.receipt)
    assert details["counts"] == {"accepted": 3}
    assert details["root"] == bytes(receipt.commitment).hex()


def test_a_row_for_another_establishment_is_rejected(place):
    batch = send(place, [world.a_guest(establishment_id="XX-0001"), world.a_guest(establishment_id=place.code)])
    assert outcomes(batch) == ["rejected", "accepted"]


def test_numbers_and_names_do_not_stand_in_results(place):
    guest = world.a_guest(document=DocumentIn("cccd", "03809012345"), full_name="Vũ Bí Mật")
    batch = send(place, [guest])
    packed = msgspec.json.encode(queries.rows(batch)).decode()
    assert "03809012345" not in packed
    assert "Bí Mật" not in packed


def test_json_lines_are_numbered_as_lines(place):
    line = msgspec.json.encode(world.a_guest())
    batch = send(place, b"\n" + line + b"\r\n\n{broken\n", media_type=NDJSON)
    assert [(row.row, row.outcome) for row in queries.rows(batch)] == [(2, "accepted"), (4, "rejected")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.wrong_type"),
        (b"{}", "file.wrong_type"),
        (b'[{"full_name": "A"}', "file.wrong_type"),
        (b"[]", "file.empty"),
        (b"[" + b"0," * 100_000 + b"0]", "file.too_many_rows"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_at_all_is_refused_and_nothing_is_kept(place, data, code):
    before = batches_of(place)
    refused = send(place, data)
    assert isinstance(refused, FileRefused)
    assert refused.code == code
    assert batches_of(place) == before


def seen(place, batch):
    by = world.as_host(place, "batch.read")
    with acting(by):
        return queries.find(by, batch.pk)


def batches_of(place):
    with acting(world.as_host(place, "batch.read")):
        return Batch.objects.filter(establishment=place.code).count()


def test_the_answer_is_kept_with_the_batch_and_a_second_one_undoes_its_batch(place):
    def remember():
        return Remember("key", place.code, b"sum", lambda batch: (200, str(batch.accepted).encode()))

    batch = send(place, [world.a_guest()], remember=remember())
    assert batch.answer == (200, b"1")
    assert bytes(Answer.objects.get(key=place.code).body) == b"1"
    with pytest.raises(django.db.IntegrityError):
        send(place, [world.a_guest()], remember=remember())
    assert len(stays_of(place)) == 1


def test_the_same_batch_five_times_at_once_makes_each_stay_once(place):
    guests = as_json([world.a_guest() for _ in range(40)])
    results = []

    def once():
        results.append(send(place, guests))
        connection.close()

    threads = [threading.Thread(target=once) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stays_of(place)) == 40
    assert sorted(batch.accepted for batch in results) == [0, 0, 0, 0, 40]
    codes = {tuple(row.receipt_code for row in queries.rows(batch)) for batch in results}
    assert len(codes) == 1


def test_a_large_batch_is_queued_and_the_worker_takes_it_in(place, monkeypatch):
    monkeypatch.setattr(batches, "SYNC_ROWS", 3)
    batch = send(place, [world.a_guest() for _ in range(4)])
    assert (batch.state, batch.rows_total, stays_of(place)) == ("queued", 4, [])
    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps an event loop in this thread
        apart.submit(queue.work, once=True, concurrency=1).result()
    found = seen(place, batch)
    assert (found.state, found.accepted, found.rows_done) == ("done", 4, 4)
    assert found.received_at == world.NOW
    assert {stay.received_at for stay in stays_of(place)} == {world.NOW}
    again = batches.work_off(
        by=world.as_host(place, "batch.submit"), batch_id=batch.pk, at=world.NOW, done=lambda rows: None
    )
    assert again.state == "done"
    assert len(stays_of(place)) == 4


def test_progress_is_seen_while_the_batch_is_still_open(place, monkeypatch):
    monkeypatch.setattr(batches, "SYNC_ROWS", 0)
    batch = send(place, [world.a_guest()])
    by = world.as_host(place, "batch.submit")
    with acting(by), progress(by, batch.pk) as done:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        done(1)
        found = queries.find(by, batch.pk)
        assert (found.state, found.rows_done) == ("running", 1)


def test_a_worker_that_breaks_off_leaves_nothing_and_the_next_one_does_all(place, monkeypatch):
    monkeypatch.setattr(batches, "SYNC_ROWS", 0)
    batch = send(place, [world.a_guest() for _ in range(3)])
    by = world.as_host(place, "batch.submit")

    def killed(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.work_off(by=by, batch_id=batch.pk, at=world.NOW, done=killed)
    assert stays_of(place) == []
    done = batches.work_off(by=by, batch_id=batch.pk, at=world.NOW, done=lambda rows: None)
    assert (done.accepted, done.state) == (3, "done")


def test_what_counts_cannot_be_changed_without_an_entry_but_progress_can(place, owner_connection):
    batch = send(place, [world.a_guest()])
    with psycopg.connect(os.environ["DATABASE_URL"]) as app:
        app.execute(CONTEXT, ["hamrong_host", place.code])
        app.execute("update lodging_batch set rows_done = 0 where id = %s", [batch.pk])
        app.commit()
        app.execute(CONTEXT, ["hamrong_host", place.code])
        app.execute("update lodging_batch set accepted = 99 where id = %s", [batch.pk])
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            app.commit()


COLUMNS = [
    "Họ và tên", "Ngày sinh", "Giới tính", "Quốc tịch", "Loại giấy tờ", "Số giấy tờ", "Ngày giờ đến",
    "Ngày giờ đi dự kiến", "Phòng", "Lý do",
]  # fmt: skip


def workbook(rows, header=COLUMNS):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Khách")
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def a_line(name="Trần Văn Khách", birth="17/05/1990"):
    number = world.a_number()
    return [name, birth, "Nam", "Việt Nam", "CCCD", number, "24/11/2026 21:00", "25/11/2026 12:00", "101", "Du lịch"]


def test_a_prepared_workbook_is_tried_confirmed_and_handed_in(place):
    by = world.as_host(place, "batch.submit", role="host-clerk")
    data = workbook([a_line(), a_line(birth="31/02/1990"), a_line()])
    batch = batches.prepare(by=by, place=place, data=data, file_name="khách.xlsx", at=world.NOW)
    assert (batch.state, batch.rows_total, batch.mapping["full_name"]) == ("mapping", 3, 0)
    assert queries.preview(batch).columns[0] == "Họ và tên"
    assert not isinstance(batches.confirm_mapping(by=by, batch=batch, mapping=batch.mapping, at=world.NOW), Refusal)
    tried = batches.run_prepared(by=by, batch_id=batch.pk, mode="validate", at=world.NOW)
    assert (outcomes(tried), stays_of(place)) == (["accepted", "rejected", "accepted"], [])
    wrong_row = queries.rows(tried)[1]
    assert wrong_row.row == 3
    assert ("date.impossible", "B") in [(issue.code, issue.column) for issue in wrong_row.issues]
    later = world.NOW + timedelta(minutes=10)
    done = batches.run_prepared(by=by, batch_id=batch.pk, mode="submit", at=later)
    assert (done.accepted, done.rejected, {stay.received_at for stay in stays_of(place)}) == (2, 1, {later})
    again = batches.run_prepared(by=by, batch_id=batch.pk, mode="submit", at=later)
    assert (again.receipt, len(stays_of(place))) == (done.receipt, 2)


def test_a_confirmed_mapping_is_remembered_for_the_next_file(place):
    by = world.as_host(place, "batch.submit")
    header = ["Ai", *COLUMNS[1:]]
    batch = batches.prepare(by=by, place=place, data=workbook([a_line()], header), file_name="a.xlsx", at=world.NOW)
    assert "full_name" not in batch.mapping
    mapping = {**batch.mapping, "full_name": 0}
    batches.confirm_mapping(by=by, batch=batch, mapping=mapping, at=world.NOW)
    second = batches.prepare(by=by, place=place, data=workbook([a_line()], header), file_name="b.xlsx", at=world.NOW)
    assert second.mapping == mapping
    assert outcomes(send(place, workbook([a_line()], header), media_type="", file_name="c.xlsx")) == ["accepted"]


@pytest.mark.parametrize("mapping", [{"full_name": 0, "sex": 0}, {"full_name": 99}, {"nothing": 1}, {"full_name": -1}])
def test_a_mapping_that_cannot_be_is_refused(place, mapping):
    by = world.as_host(place, "batch.submit")
    batch = batches.prepare(by=by, place=place, data=workbook([a_line()]), file_name="a.xlsx", at=world.NOW)
    assert batches.confirm_mapping(by=by, batch=batch, mapping=mapping, at=world.NOW) == batches.MAPPING


def test_another_establishment_neither_sees_nor_runs_a_batch(place):
    by = world.as_host(place, "batch.submit")
    batch = batches.prepare(by=by, place=place, data=workbook([a_line()]), file_name="a.xlsx", at=world.NOW)
    other = world.as_host(world.an_establishment(), "batch.submit")
    with acting(other):
        assert queries.find(other, batch.pk) is None
    assert batches.run_prepared(by=other, batch_id=batch.pk, mode="submit", at=world.NOW) == batches.NO_BATCH


def test_a_file_that_was_erased_cannot_be_run(place, owner_connection):
    by = world.as_host(place, "batch.submit")
    batch = batches.prepare(by=by, place=place, data=workbook([a_line()]), file_name="a.xlsx", at=world.NOW)
    batch.source_sealed = None
    with pytest.raises(originals.Erased):
        originals.open_source(batch)


def test_the_source_is_sealed_to_its_batch(place):
    by = world.as_host(place, "batch.submit")
    data = workbook([a_line(name="Đặng Thị Kín")])
    first = batches.prepare(by=by, place=place, data=data, file_name="a.xlsx", at=world.NOW)
    second = batches.prepare(by=by, place=place, data=data, file_name="a.xlsx", at=world.NOW)
    assert originals.open_source(first) == data
    assert data not in bytes(first.source_sealed)
    first.source_sealed = second.source_sealed
    with pytest.raises(ValueError, match="open"):
        originals.open_source(first)


def test_the_job_works_for_the_one_who_submitted(place, monkeypatch):
    monkeypatch.setattr(batches, "SYNC_ROWS", 0)
    by = world.as_host(place, "batch.submit", role="host-clerk")
    batch = send(place, [world.a_guest()], by=by)
    jobs.take_in_batch(
        batch=str(batch.pk), establishment=place.code, actor=by.actor.ref, session=by.actor.session, role="host-clerk",
        act=by.act, purpose=by.purpose,
    )  # fmt: skip
    assert {stay.received_by for stay in stays_of(place)} == {by.actor.ref}


def test_a_grant_of_another_place_cannot_work_a_batch_off(place, monkeypatch):
    monkeypatch.setattr(batches, "SYNC_ROWS", 0)
    batch = send(place, [world.a_guest()])
    other = world.as_host(world.an_establishment(), "batch.submit")
    assert batches.work_off(by=other, batch_id=batch.pk, at=world.NOW, done=print) == batches.NO_BATCH
    stolen = replace(other, case_ref="x")
    assert batches.work_off(by=stolen, batch_id=batch.pk, at=world.NOW, done=print) == batches.NO_BATCH


@pytest.mark.parametrize("kind", ["xlsx", "json", "ndjson"])
def test_the_file_comes_back_with_its_findings(place, kind):
    guest = msgspec.json.encode(world.a_guest(full_name=None))
    data = {"xlsx": workbook([a_line(birth="31/02/1990")]), "json": b"[\n" + guest + b"]", "ndjson": guest}[kind]
    media = {"xlsx": "", "json": JSON, "ndjson": NDJSON}[kind]
    batch = send(place, data, media_type=media, file_name="a.xlsx", mode="validate")
    book = openpyxl.load_workbook(io.BytesIO(queries.errors_workbook(batch)))
    assert "Lỗi" in book.sheetnames
    told = [cell for row in book["Lỗi"].iter_rows(values_only=True) for cell in row]
    assert any(code in told for code in ("date.impossible", "field.missing"))
