"""While a request with a file runs, its bytes lie open in no file; nothing is left when the process is killed."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from hamrong.papers.actions import attachments
from hamrong.site import uploads

CANARY = b"CANARY-OF-A-DENOUNCER "
WAITING = """
import sys, time
import django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
content = b"CANARY-OF-A-DENOUNCER " * 500_000
request = RequestFactory().post("/theo-doi/", {"file": SimpleUploadedFile("a.pdf", content)})
assert request.FILES["file"].read() == content
print("read", flush=True)
time.sleep(60)
"""


def open_files(pid: int) -> list[Path]:
    """What a process has open on a disk, by names that can be read as long as it lives."""
    found = [each for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_file()]
    return [each for each in found if "/tmp" in os.readlink(each) or "deleted" in os.readlink(each)]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks at the open files of a process in /proc")
def test_a_file_on_its_way_lies_open_nowhere_and_is_gone_after_a_kill(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert process.stdout is not None and process.stdout.readline().strip() == "read"
    held = [each for each in open_files(process.pid) if str(tmp_path) in os.readlink(each)]
    contents = [each.read_bytes() for each in held]
    assert sum(map(len, contents)) > 5_000_000, "the file was expected to be on the disk"
    assert not any(CANARY in content for content in contents)
    assert not any(CANARY in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert list(tmp_path.iterdir()) == []


def sent(**files: bytes):
    given = {name: SimpleUploadedFile(f"{name}.pdf", content, "application/pdf") for name, content in files.items()}
    return RequestFactory().post("/", given).FILES


def test_files_arrive_whole_with_name_kind_and_size():
    content = os.urandom(3_000_000)
    got = sent(one=content, two=b"%PDF-")
    assert b"".join(got["one"].chunks()) == content and got["one"].size == len(content)
    assert (got["two"].name, got["two"].content_type, got["two"].read()) == ("two.pdf", "application/pdf", b"%PDF-")


def test_what_is_too_large_together_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
    monkeypatch.setattr(attachments, "LARGEST", 1_000_000)
    got = sent(first=bytes(600_000), second=bytes(600_000), third=b"%PDF-")
    assert got["first"].size == 600_000 and len(got["first"].read()) == 600_000
    for name in ("second", "third"):
        file = got[name].file
        assert file.read() == b"" and attachments._problem(attachments._size(file)) == attachments.LARGE


def test_a_cut_file_is_told_from_an_empty_one():
    cut = io.BufferedReader(uploads.Cut(5))
    assert cut.seek(0, os.SEEK_END) == 5 and cut.seek(0) == 0 and cut.read() == b""
