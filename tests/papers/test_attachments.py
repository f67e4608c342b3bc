"""Files that are handed in: told by their content, cleaned, sealed, streamed, and nobody else's."""

import io
import secrets
import socket
import subprocess
import sys
import threading
import zipfile
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.conf import settings
from PIL import Image

from hamrong.access.actors import Refusal
from hamrong.kernel.seal import followup
from hamrong.kernel.seal.bound import Broken
from hamrong.papers import queries
from hamrong.papers.actions import attachments
from hamrong.papers.kinds import named
from hamrong.papers.models import Attachment
from hamrong.papers.subjects import Subject
from hamrong.sealed import reporters
from tests.papers.forms import NOON, complaint, inside, officer
from tests.petitions.way import WARD
from tests.world import PROVINCE

PDF = b"%PDF-1.7\n" + b"x" * 3000


def photo(kind="JPEG") -> bytes:
    """A picture as a telephone makes it: a place and a device are written into it, and it lies on its side."""
    exif = Image.Exif()
    exif[0x0110] = "Máy ảnh bí mật".encode("ascii", "replace").decode()
    exif[0x010E] = "CANARY-DESCRIPTION"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((60, 20)).save(written, kind, exif=exif)
    return written.getvalue()


def packed(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return written.getvalue()


def add(content: bytes, name="tệp.bin", *, to=None, by=None, key=None):
    to = to or complaint()[1]
    return attachments.add(
        by=by or officer("attachment.add"), to=to, file=io.BytesIO(content), name=name, at=NOON, key=key
    )


def taken(one: Attachment, **how) -> bytes:
    return b"".join(queries.content(one, **how))


def reporter():
    code = followup.read(followup.new_code())
    grant = reporters.reporter(code, "attachment.hand-in")
    assert not isinstance(grant, Refusal), grant
    return grant


def a_report(ticket: str) -> Subject:
    return Subject(f"petition:{secrets.token_hex(8)}", "TC", WARD, PROVINCE, "denunciation", ticket)


@pytest.mark.parametrize(
    "content, kind",
    [
        (PDF, "pdf"), (photo(), "jpeg"), (photo("PNG"), "png"), (photo("WEBP"), "webp"), ("Đơn tố cáo".encode(), "txt"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"), (packed("xl/workbook.xml"), "xlsx"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "mp4"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says_whatever_its_name(content, kind):
    kept = add(content, "anh.exe")
    assert isinstance(kept, Attachment), kept
    told = queries.told(kept)
    assert (told.kind, told.name, told.size) == (kind, "anh.exe", len(content))
    assert taken(kept, original=True) == content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"MZ" + b"\0" * 100, b"\x7fELF" + bytes(100), b"<html><script>1</script>", b" <?xml version='1.0'?><svg/>",
        b"#!/bin/sh\n", packed("evil.exe"), packed("word/document.xml", "word/vbaProject.bin"), b"PK\x03\x04broken",
        b"\xff\xd8\xff" + b"no picture", bytes(range(128, 250)), b"Rar!\x1a\x07\x00", b"a\0b",
    ],
)  # fmt: skip
def test_what_is_not_taken_is_refused_in_words(content):
    answer = add(content, "don.pdf")
    assert isinstance(answer, Refusal) and answer.reason == "invalid" and answer.vi and answer.en


def test_a_picture_is_given_back_without_what_the_camera_wrote_and_the_right_way_up():
    kept = add(photo())
    assert isinstance(kept, Attachment) and queries.told(kept).cleaned
    with Image.open(io.BytesIO(taken(kept))) as clean:
        assert not clean.getexif() and clean.size == (20, 60)
    assert b"CANARY" not in taken(kept) and taken(kept, original=True) == photo()


def test_a_picture_with_too_many_pixels_is_refused():
    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    assert isinstance(add(written.getvalue()), Refusal)


def test_the_name_is_no_path_and_has_an_end():
    kept = add(PDF, "C:\\Users\\an\\..\\/ảnh\u202e " + "a" * 300 + ".pdf")
    name = queries.told(kept).name
    assert "/" not in name and "\\" not in name and "\u202e" not in name and len(name) <= 120 and name.endswith(".pdf")


def test_nothing_of_it_lies_open_on_the_disk_or_in_the_database(admin_connection):
    canary = b"CANARY-" + secrets.token_hex(8).encode()
    kept = add(PDF + canary, "nguoi-to-cao.pdf")
    row = admin_connection.execute("select a::text from papers_attachment a where id = %s", [kept.pk]).fetchone()[0]
    assert "nguoi-to-cao" not in row and "pdf" not in row
    files = list(settings.HAMRONG_FILES.rglob(f"{kept.pk.hex}*"))
    assert len(files) == 1 and canary not in files[0].read_bytes()
    assert kept.pk.hex[:2] == files[0].parent.name


def test_a_file_that_was_swapped_cut_or_changed_does_not_open():
    one, other = add(PDF), add(PDF + b"y")
    place, elsewhere = (next(settings.HAMRONG_FILES.rglob(f"{each.pk.hex}*")) for each in (one, other))
    whole = place.read_bytes()
    for broken in (elsewhere.read_bytes(), whole[:-1], whole[:200] + bytes([whole[200] ^ 1]) + whole[201:]):
        place.write_bytes(broken)
        with pytest.raises(Broken):
            taken(one)


def test_a_reporters_file_has_a_day_no_hour_nobody_who_did_it_and_no_entry(admin_connection):
    grant = reporter()
    count = "select count(*) from audit_entry"
    before = admin_connection.execute(count).fetchone()
    kept = add(PDF, to=a_report(grant.scope), by=grant)
    assert isinstance(kept, Attachment), kept
    assert (kept.received_by, kept.ticket, kept.received_on) == ("", grant.scope, date(2026, 11, 26))
    assert admin_connection.execute(count).fetchone() == before and kept.pk.version == 4
    assert inside(grant, lambda: queries.attachments(grant, kept.ref).get()) == kept
    other = reporter()
    assert inside(other, lambda: list(queries.attachments(other, kept.ref))) == []


def test_an_officers_file_is_on_record(admin_connection):
    subject = f"attachment:{add(PDF).pk}"
    found = admin_connection.execute("select type from audit_entry where subject = %s", [subject]).fetchall()
    assert found == [("attachment.add",)]


def test_a_file_under_the_reports_own_key_opens_with_that_key_alone():
    key, grant = secrets.token_bytes(32), reporter()
    kept = add(PDF, to=a_report(grant.scope), by=grant, key=key)
    assert taken(kept, key=key) == PDF and queries.told(kept, key).size == len(PDF)
    with pytest.raises(ValueError, match="key of its own"):
        queries.told(kept)
    for wrong in (secrets.token_bytes(32), settings.HAMRONG_KEYS["papers"]):
        with pytest.raises(Broken):
            taken(kept, key=wrong)


def test_files_of_one_object_have_an_end(monkeypatch):
    monkeypatch.setattr(attachments, "MOST", 2)
    to = complaint()[1]
    assert [isinstance(add(PDF + bytes([each]), to=to), Refusal) for each in range(3)] == [False, False, True]


def test_the_database_wants_somebody_behind_a_file(admin_connection):
    with pytest.raises(psycopg.errors.CheckViolation):
        admin_connection.execute("update papers_attachment set received_by = '' where id = %s", [add(PDF).pk])


@contextmanager
def scanner(answer: bytes):
    """A clamd on a free port, which answers every stream in the same way, and what it was given."""
    got, line = bytearray(), socket.create_server(("127.0.0.1", 0))

    def serve():
        talk, _ = line.accept()
        with talk, talk.makefile("rb") as stream:
            stream.read(len(b"zINSTREAM\0"))
            while length := int.from_bytes(stream.read(4), "big"):
                got.extend(stream.read(length))
            talk.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{line.getsockname()[1]}", got
    thread.join(5)
    line.close()


@pytest.mark.parametrize(
    "answer, is_taken", [(b"stream: OK\0", True), (b"stream: Eicar FOUND\0", False), (b"error\0", False)]
)
def test_a_scanner_sees_the_whole_file_and_its_word_counts(monkeypatch, answer, is_taken):
    with scanner(answer) as (address, got):
        monkeypatch.setattr(settings, "HAMRONG_CLAMAV", address)
        assert isinstance(add(PDF), Attachment) is is_taken
    assert bytes(got) == PDF


def test_while_the_scanner_is_silent_nothing_is_taken(monkeypatch):
    monkeypatch.setattr(settings, "HAMRONG_CLAMAV", "127.0.0.1:9")
    answer = add(PDF)
    assert isinstance(answer, Refusal) and answer.reason == "state"


BIG = """
import io, resource, sys, tempfile
import django; django.setup()
from uuid import uuid4
from hamrong.papers import keeping
number, size, key = uuid4(), 200 * 1024 * 1024, bytes(32)
with tempfile.TemporaryFile() as file:
    file.truncate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    keeping.write(number, keeping.pieces_of(file), size, key, original=True)
    read = sum(map(len, keeping.read(number, key, original=True)))
keeping.forget(number)
print(read == size, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_two_hundred_megabytes_go_through_in_a_few_of_memory():
    done = subprocess.run([sys.executable, "-c", BIG], capture_output=True, text=True, check=True)
    whole, grown = done.stdout.split()
    assert whole == "True" and int(grown) < 20


def test_one_byte_more_than_two_hundred_megabytes_is_refused(tmp_path):
    with (tmp_path / "big.pdf").open("w+b") as file:
        file.truncate(attachments.LARGEST + 1)
        answer = attachments.add(by=officer("attachment.add"), to=complaint()[1], file=file, name="big.pdf", at=NOON)
    assert isinstance(answer, Refusal) and "200 MB" in answer.vi


@pytest.mark.parametrize(
    ("name", "kind", "given"),
    [
        ("hóa đơn.bat", "txt", "hóa đơn.bat.txt"), ("a.VBS", "txt", "a.VBS.txt"), ("đơn", "txt", "đơn.txt"),
        ("sổ.csv", "txt", "sổ.csv"), ("Ảnh.JPG", "jpeg", "Ảnh.JPG"), ("anh.png.exe", "png", "anh.png.exe.png"),
    ],
)  # fmt: skip
def test_a_file_is_given_back_under_a_name_of_its_kind(name, kind, given):
    assert named(name, kind) == given
