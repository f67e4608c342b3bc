"""Files at the public doors and from the page to follow: without a script, each by itself, sealed with the report."""

import re
import secrets

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hamrong.access.walls import acting
from hamrong.kernel.seal import followup
from hamrong.papers import queries
from hamrong.papers.models import Attachment
from tests.entrances import a_person, browser, browser_of
from tests.papers.test_attachments import photo, scanner
from tests.papers.test_cleaning import a_pdf
from tests.petitions.senders import WARD, sender, sent
from tests.petitions.test_desk_pages import taking
from tests.petitions.test_pages_handing import MATTER, WHO, begun, ticket
from tests.petitions.test_subjects import noticed, sorted_in
from tests.sealed.room import PASSPHRASE, an_officer, chief, holders
from tests.world import PROVINCE

DOORS = {"/to-cao/": "denunciation", "/khieu-nai/": "complaint", "/phan-anh/": "reflection"}


@pytest.fixture(autouse=True, scope="module")
def keys():
    holders(), chief(), an_officer("province-leader", PROVINCE)


PDF = a_pdf()
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def told_at(client: Client, address: str, *files: SimpleUploadedFile) -> tuple[str, str]:
    """(the page after sending, the code)."""
    told = {**MATTER, **WHO, "away": "people", **begun(client, address)}
    check = client.post(address, {**told, "do": "check"}).content.decode()
    assert 'type="file"' in check and 'enctype="multipart/form-data"' in check and " multiple" in check
    done = client.post(address, {**told, "do": "send", "attached": list(files)})
    return done.content.decode(), told["code"]


def kept_of(code: str) -> list[Attachment]:
    petition, grant_of = ticket(code), sender(code, "attachment.hand-in")
    with acting(grant_of):
        return list(queries.attachments(grant_of, f"petition:{petition.pk}"))


@pytest.mark.parametrize("address", DOORS)
def test_files_go_in_with_what_was_told(admin_connection, address):
    count = "select count(*) from audit_entry where subject like 'attachment:%'"
    before = admin_connection.execute(count).fetchone()
    page, code = told_at(browser(), address, upload(photo(), "ảnh.jpg"), upload(PDF, "đơn.pdf"))
    assert "Đã nhận tệp" in page and "ảnh.jpg" in page and "error-summary" not in page
    kept = kept_of(code)
    assert [one.own_key for one in kept] == [DOORS[address] == "denunciation"] * 2
    assert {one.received_by for one in kept} == {""} and {one.unit for one in kept} == {ticket(code).unit}
    assert admin_connection.execute(count).fetchone() == before


def test_what_is_refused_is_named_and_all_else_is_kept():
    page, code = told_at(
        browser(), "/to-cao/", upload(b"MZ\0\0", "máy.exe"), upload(photo(), "ảnh.jpg"), upload(b"", "trống.pdf")
    )
    assert "máy.exe: Không nhận loại tệp này" in page and "trống.pdf: Tệp này trống." in page
    assert code in page and ticket(code) and len(kept_of(code)) == 1


def test_while_the_scanner_is_away_the_petition_is_in_and_files_can_be_sent_again(monkeypatch):
    client = browser()
    monkeypatch.setattr(settings, "HAMRONG_CLAMAV", "127.0.0.1:9")
    page, code = told_at(client, "/khieu-nai/", upload(photo(), "ảnh.jpg"))
    assert "ảnh.jpg: Máy quét mã độc chưa trả lời" in page and code in page and kept_of(code) == []
    with scanner(b"stream: OK\0") as (address, _got):
        monkeypatch.setattr(settings, "HAMRONG_CLAMAV", address)
        again = client.post("/theo-doi/", {"do": "attach", "code": code, "attached": [upload(photo(), "ảnh.jpg")]})
    assert "Đã nhận tệp" in again.content.decode() and len(kept_of(code)) == 1


def test_a_form_that_is_sent_twice_keeps_a_file_once():
    client = browser()
    _page, code = told_at(client, "/to-cao/", upload(photo(), "ảnh.jpg"))
    told = {**MATTER, **WHO, "away": "people", "code": code, "signed": "named", "do": "send"}
    client.post("/to-cao/", {**told, "attached": [upload(photo(), "ảnh.jpg")]})
    assert len(kept_of(code)) == 1
    client.post("/theo-doi/", {"do": "attach", "code": code, "attached": [upload(photo(), "khác.jpg")]})
    assert len(kept_of(code)) == 2


@pytest.mark.parametrize("kind", ["denunciation", "complaint"])
def test_files_are_added_from_the_page_to_follow(kind):
    _petition, code = sent(kind=kind)
    client = browser()
    page = client.post("/theo-doi/", {"do": "attach", "code": code, "attached": [upload(photo(), "ảnh.jpg")]})
    shown = page.content.decode()
    assert "Đã nhận tệp" in shown and "đã xóa dữ liệu ẩn" in shown and page["Cache-Control"] == "no-store, private"
    bad = client.post("/theo-doi/", {"do": "attach", "code": code, "attached": [upload(b"MZ\0", "a.exe")]})
    assert "a.exe: Không nhận loại tệp này" in bad.content.decode() and "ảnh.jpg" in bad.content.decode()
    none = client.post("/theo-doi/", {"do": "attach", "code": code})
    assert "Chọn một tệp." in none.content.decode() and client.cookies == {}


def test_a_code_that_is_nobodys_keeps_nothing(admin_connection):
    count = "select count(*) from papers_attachment"
    before = admin_connection.execute(count).fetchone()
    given = {"do": "attach", "code": followup.new_code(), "attached": [upload(photo(), "ảnh.jpg")]}
    assert "Không có đơn nào theo mã này." in browser().post("/theo-doi/", given).content.decode()
    assert admin_connection.execute(count).fetchone() == before


def test_the_sender_sees_what_was_signed_and_takes_it_and_nobody_else_does():
    petition, code = sent()
    row = sorted_in(of=petition)
    paper = noticed(row, "kn-thu-ly")
    inner = noticed(row, "kn-xac-minh")
    client = browser()
    page = client.post("/theo-doi/", {"do": "open", "code": code}).content.decode()
    assert "Thông báo thụ lý khiếu nại" in page and paper.code in page and f"/van-ban/{paper.code}" in page
    assert inner.code not in page
    taken = client.post("/theo-doi/", {"do": "paper", "code": code, "paper": paper.code})
    assert taken["Content-Type"] == "application/pdf" and taken.content == queries.pdf(paper)
    assert taken["Cache-Control"] == "no-store, private"
    _other, others = sent()
    for whose, wanted in ((others, paper.code), (code, inner.code), (code, "VB-0"), (followup.new_code(), paper.code)):
        answer = client.post("/theo-doi/", {"do": "paper", "code": whose, "paper": wanted})
        assert answer["Content-Type"].startswith("text/html"), wanted
    assert paper.code not in client.post("/theo-doi/", {"do": "open", "code": others}).content.decode()


def test_nothing_that_was_typed_or_named_lies_open_with_a_sealed_file(admin_connection):
    canary = f"CANARY-{secrets.token_hex(8)}"
    _page, code = told_at(browser(), "/to-cao/", upload(PDF + canary.encode(), f"{canary}.pdf"))
    (kept,) = kept_of(code)
    row = admin_connection.execute("select a::text from papers_attachment a where id = %s", [kept.pk]).fetchone()[0]
    files = list(settings.HAMRONG_FILES.rglob(f"{kept.pk.hex}*"))
    assert canary not in row and files and not any(canary.encode() in each.read_bytes() for each in files)
    with pytest.raises(ValueError, match="key of its own"):
        queries.told(kept)


def test_a_handler_reads_the_cleaned_copy_and_adds_files_under_the_reports_key():
    petition, code = sent(kind="denunciation")
    browser().post("/theo-doi/", {"do": "attach", "code": code, "attached": [upload(photo(), "ảnh.jpg")]})
    client, here = browser_of(chief().person), f"/niem-phong/noi-dung/{petition.pk}/"
    client.post(client.get(here)["Location"], {"password": PASSPHRASE})
    page = client.get(here).content.decode()
    link = re.search(rf"{here}tep/[0-9a-f-]{{36}}/", page)
    assert "ảnh.jpg" in page and "đã xóa dữ liệu ẩn" in page and link, page
    taken = client.get(link[0])
    assert b"CANARY" not in b"".join(taken.streaming_content) and taken["Cache-Control"] == "no-store, private"
    added = client.post(here, {"do": "attach", "attached": [upload(PDF, "biên bản.pdf")]}, follow=True)
    assert "Đã nhận tệp biên bản.pdf" in added.content.decode()
    assert "Chọn một tệp." in client.post(here, {"do": "attach"}, follow=True).content.decode()
    assert "biên bản.pdf" not in browser().post("/theo-doi/", {"do": "open", "code": code}).content.decode()
    number = link[0].split("/")[-2]
    for who in (client, browser_of(a_person("ward-duty", WARD))):
        for address in (f"/giay-to/tep/{number}/", f"/giay-to/tep/{number}/goc"):
            assert who.get(f"{address}?purpose=petition").status_code in {403, 404}
    assert browser_of(a_person("ward-duty", WARD)).get(link[0]).status_code == 403
    assert client.get(f"{here}tep/{petition.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["denunciation", "reflection"])
def test_files_come_in_at_the_counter(kind):
    client = browser_of(a_person("ward-duty", WARD))
    answer, code = taking(client, kind=kind, attached=[upload(photo(), "ảnh.jpg"), upload(b"MZ\0", "a.exe")])
    page = answer.content.decode()
    assert "Đã nhận tệp" in page and "a.exe: Không nhận loại tệp này" in page and code in page
    shown = browser().post("/theo-doi/", {"do": "open", "code": code}).content.decode()
    assert "ảnh.jpg" in shown and "a.exe" not in shown
    (kept,) = kept_of(code)
    assert kept.received_by.startswith("person:") and kept.own_key == (kind == "denunciation")
    listed = client.get(f"/don/{ticket(code).pk}/").content.decode()
    assert ("ảnh.jpg" in listed) == (kind == "reflection") and "Tải bản gốc" not in listed
    whole = browser_of(a_person("ward-chief", WARD)).get(f"/don/{ticket(code).pk}/").content.decode()
    assert ("Tải bản gốc" in whole) == (kind == "reflection")


def test_a_file_that_cannot_be_cleaned_is_not_taken_with_a_denunciation_and_the_sender_is_told_why():
    locked, picture = a_pdf(password="123456"), upload(photo(), "ảnh.jpg")
    page, code = told_at(browser(), "/to-cao/", upload(locked, "đơn.pdf"), picture, upload(OLD_WORD, "đơn.doc"))
    assert "đơn.pdf: Không xóa được dữ liệu ẩn" in page and code in page and len(kept_of(code)) == 1
    page, code = told_at(browser(), "/khieu-nai/", upload(locked, "đơn.pdf"))
    shown = browser().post("/theo-doi/", {"do": "open", "code": code}).content.decode()
    assert "đơn.pdf" in shown and "giữ nguyên như khi gửi" in shown


@pytest.mark.parametrize("address", DOORS)
def test_an_old_word_file_is_not_taken_at_a_public_door_and_it_is_said_what_to_do(address):
    page, code = told_at(browser(), address, upload(OLD_WORD, "đơn.doc"))
    assert "đơn.doc: Không nhận Word cũ" in page and "Lưu thành" in page and code in page and not kept_of(code)
    assert "Đơn đã được nhận. Những tệp này thì chưa:" in page and "chỗ cần sửa" not in page


@pytest.mark.parametrize("kind", ["denunciation", "reflection"])
def test_at_the_counter_it_is_kept_as_it_came_for_whoever_settles_save_where_it_would_be_sealed(kind):
    clerk = browser_of(a_person("ward-duty", WARD))
    page, code = taking(clerk, kind=kind, attached=[upload(OLD_WORD, "đơn.doc")])
    if kind == "denunciation":
        assert "Không nhận Word cũ" in page.content.decode() and not kept_of(code)
        assert "chỗ cần sửa" not in page.content.decode()
        return
    (kept,) = kept_of(code)
    number, place = kept.pk, f"/don/{ticket(code).pk}/"
    shown = clerk.get(place).content.decode()
    assert "chỉ lấy được bản gốc" in shown and f"/giay-to/tep/{number}/" not in shown
    assert clerk.get(f"/giay-to/tep/{number}/?purpose=petition").status_code == 403
    chief_of_ward = browser_of(a_person("ward-chief", WARD))
    link = re.search(rf"/giay-to/tep/{number}/goc[^\"]*", chief_of_ward.get(place).content.decode())
    assert link and b"".join(chief_of_ward.get(link[0]).streaming_content) == OLD_WORD
