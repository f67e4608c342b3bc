"""Files that mean harm or are simply too much: one clear answer, memory stays small, and nothing is kept."""

import contextlib
import http.client
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import xlsxwriter
from bench import intake_world

from tests.faults.installation import Installation
from tests.faults.test_kills import a_guest
from tests.papers.test_cleaning import box

MEGABYTE = 1 << 20
MOST_MEMORY = 300
"""MB of resident memory that a web process may ever have had."""

PATH = "/api/v1/batches?mode=submit&file_name=a.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def post(home: Installation, place: int, body: bytes | Iterator[bytes], kind: str, **headers: str) -> tuple[int, str]:
    """Status and code of the problem."""
    at = urlsplit(home.url)
    client = http.client.HTTPConnection(str(at.hostname), at.port, timeout=60)
    headers = {"Authorization": f"Bearer {intake_world.key(place)}", "Content-Type": kind, **headers}
    # a server that has seen enough closes the door; its answer is there to be read all the same
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        client.request("POST", PATH, body, headers, encode_chunked="Transfer-Encoding" in headers)
    answer = client.getresponse()
    told = json.loads(answer.read())
    client.close()
    errors = told.get("errors") or [{}]
    return answer.status, errors[0].get("code") or told.get("code", "")


def peak_memory(home: Installation) -> int:
    """The largest peak among the web server's processes, in MB."""
    assert home.web.process is not None
    family = [home.web.process.pid]
    for pid in family:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            family += map(int, children.read_text().split())
    peaks = [line for pid in family for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmHWM" in line]
    return max(int(line.split()[1]) for line in peaks) // 1024


def kept(home: Installation, place: int) -> tuple[int, int]:
    with home.admin() as db:
        code = [intake_world.code(place)]
        stays = db.execute("select count(*) from lodging_stay where establishment = %s", code).fetchone()
        batches = db.execute("select count(*) from lodging_batch where establishment = %s", code).fetchone()
    assert stays and batches
    return stays[0], batches[0]


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Khách").write_row(0, 0, ["Họ và tên", "Ngày sinh", "Số giấy tờ", "Ngày giờ đến"])
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The workbook with one part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (600 * MEGABYTE))


@pytest.mark.parametrize(
    ("make", "kind", "code"),
    [
        (bomb, XLSX, "file.bomb"),
        (lambda: with_part("xl/vbaProject.bin", b"x"), XLSX, "file.macro"),
        (lambda: workbook()[:-200], XLSX, "file.damaged"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(5000), XLSX, "file.wrong_type"),
        (lambda: b"[" + b"{}," * 200_000 + b"{}]", "application/json", "file.too_many_rows"),
        (lambda: b'[{"full_name": "A', "application/json", "file.wrong_type"),
    ],
    ids=["zip bomb", "macro", "truncated", "wrong type", "too many rows", "truncated JSON"],
)
def test_a_bad_file_is_refused_in_clear_words_and_nothing_is_kept(home: Installation, make, kind, code) -> None:
    place = home.a_place()
    status, told = post(home, place, make(), kind)
    assert (status, told) == (422, code)
    assert kept(home, place) == (0, 0)
    assert peak_memory(home) < MOST_MEMORY


@pytest.mark.parametrize(
    ("headers", "statuses"),
    [({"Content-Length": str(200 * MEGABYTE)}, {413}), ({"Transfer-Encoding": "chunked"}, {411})],
    ids=["announced", "chunked"],
)
def test_two_hundred_megabytes_are_refused_without_being_held(home: Installation, headers, statuses) -> None:
    place = home.a_place()
    status, _ = post(home, place, (b" " * MEGABYTE for _ in range(200)), "application/json", **headers)
    assert status in statuses
    assert kept(home, place) == (0, 0)
    assert peak_memory(home) < MOST_MEMORY


def test_fifty_thousand_rows_are_queued_and_memory_stays_small(home: Installation) -> None:
    place = home.a_place()
    line = json.dumps(a_guest(1))
    body = ("[" + ",".join(line.replace("B1", f"B{row}") for row in range(50_000)) + "]").encode()
    status, _ = post(home, place, body, "application/json")
    assert status == 202
    assert kept(home, place) == (0, 1)
    assert peak_memory(home) < MOST_MEMORY


COMPLAINT = "import django; django.setup(); from tests.petitions.senders import sent; print(sent()[1])"
LARGE = 199
"""MB of a film: with the form around it, a little less than all that is taken at once."""


def a_form(code: str) -> tuple[int, Iterator[bytes]]:
    """The form of a page to follow, with a film that is sent piece by piece; its length, and its pieces."""
    told = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"do": "attach", "code": code}.items()
    )
    head = f'{told}--x\r\nContent-Disposition: form-data; name="attached"; filename="phim.mp4"\r\n\r\n'.encode()
    film = box(b"ftyp", b"mp42", bytes(4)) + box(b"moov", box(b"meta", b"a place"))
    film += (8 + LARGE * MEGABYTE).to_bytes(4, "big") + b"mdat"
    tail = b"\r\n--x--\r\n"
    pieces = (bytes(MEGABYTE) for _ in range(LARGE))
    return len(head) + len(film) + LARGE * MEGABYTE + len(tail), chain([head + film], pieces, [tail])


def test_a_citizens_film_of_two_hundred_megabytes_is_kept_and_memory_stays_small(home: Installation) -> None:
    made = subprocess.run(
        [sys.executable, "-c", COMPLAINT], env=home.environ, capture_output=True, text=True, check=True
    )
    length, body = a_form(made.stdout.strip())
    at = urlsplit(home.url)
    client = http.client.HTTPConnection(str(at.hostname), at.port, timeout=120)
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(length)}
    client.request("POST", "/theo-doi/", body, headers)
    answer = client.getresponse()
    assert (answer.status, "phim.mp4" in answer.read().decode()) == (200, True)
    kept = [each.stat().st_size for each in Path(home.environ["VAR"]).rglob("*") if each.is_file()]
    assert max(kept) > LARGE * MEGABYTE, "it lies sealed among the files"
    assert peak_memory(home) < MOST_MEMORY
