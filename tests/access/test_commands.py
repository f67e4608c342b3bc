"""The command line: keys, people and the record, from outside, with the exit codes that it promises."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamrong.access.people import actor_of_bearer
from hamrong.accounts.models import MachineKey, Person
from tests.audit.streams import a_stream
from tests.audit.tampering import tampering
from tests.entrances import a_number, a_person, an_app, browser, code
from tests.world import PROVINCE, an_establishment

HAMRONG = Path(sys.executable).with_name("hamrong")
CODE = r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\n"


def hamrong(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HAMRONG, *arguments], env={**os.environ, **environ}, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_key_is_the_only_thing_on_standard_output_and_works():
    place = an_establishment()
    done = hamrong("keys", "issue", "--establishment", place.code.lower(), "--label", "Máy ở quầy")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"hr_[0-9a-f]{10}_[\w-]{32}\n", done.stdout)
    assert "cannot be shown again" in done.stderr
    actor = actor_of_bearer(done.stdout.strip(), datetime.now(UTC))
    assert actor is not None and actor.holdings[0].scope == place.code
    key = MachineKey.objects.get(establishment=place.code)
    listed = hamrong("keys", "list", "--establishment", place.code)
    assert key.id in listed.stdout and "Máy ở quầy" in listed.stdout and "live" in listed.stdout
    assert done.stdout.strip() not in listed.stdout
    assert hamrong("keys", "revoke", key.id).returncode == 0
    assert actor_of_bearer(done.stdout.strip(), datetime.now(UTC)) is None
    assert hamrong("keys", "revoke", key.id).returncode == 1


def test_no_key_for_an_establishment_that_is_not_there():
    done = hamrong("keys", "issue", "--establishment", "ZZ-9999")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no establishment ZZ-9999" in done.stderr


def test_the_first_administrator_comes_in_from_the_command_line():
    name = f"q{os.urandom(4).hex()}"
    done = hamrong("people", "create", name, "--name", "Ngô Gia Khoa")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(CODE, done.stdout)
    assert hamrong("people", "create", name, "--name", "Ngô Gia Khoa").returncode == 1
    appoint = ("people", "appoint", name, "accounts-admin", "--scope", PROVINCE, "--order", "QĐ 1/2026")
    early = hamrong(*appoint)
    assert early.returncode == 1 and "service number first" in early.stderr
    number = a_number()
    assert hamrong("people", "number", name, number).returncode == 0
    other = hamrong("people", "create", f"{name}x", "--name", "Ngô Gia Khoa", "--number", number)
    assert other.returncode == 1 and "another account" in other.stderr
    put = hamrong(*appoint)
    assert put.returncode == 0, put.stderr
    new = "mot-cau-dai-khong-ai-doan-ra"
    form = {"username": name, "code": done.stdout.strip(), "password1": new, "password2": new}
    visitor = browser()
    assert visitor.post("/accounts/enrol/", form).status_code == 302
    visitor.post("/accounts/login/", {"login": name, "password": new})
    assert visitor.get("/administration/")["Location"].startswith("/accounts/second-factor/")
    assert Person.objects.get(username=name).posts.get().appointed_by == "system:command-line"


@pytest.mark.parametrize(
    ("role", "scope"), [("keeper", PROVINCE), ("ward-duty", "99999"), ("ward-duty", PROVINCE), ("nobody", PROVINCE)]
)
def test_a_post_that_nobody_can_hold_is_refused(role, scope):
    person = a_person()
    done = hamrong("people", "appoint", person.username, role, "--scope", scope, "--order", "QĐ 1/2026")
    assert (done.returncode, done.stdout) == (1, "")
    assert not person.posts.exists()


def test_the_code_of_a_demo_person_is_the_one_of_the_app():
    person = a_person()
    assert hamrong("people", "code", person.username).returncode == 1
    secret = an_app(person)
    before = code(secret)
    done = hamrong("people", "code", person.username)
    assert done.stdout.strip() in {before, code(secret)}


def test_the_record_is_verified_with_four_exit_codes(admin_connection):
    stream = a_stream(3)
    intact = hamrong("audit", "verify", "--stream", stream)
    assert intact.returncode == 0 and "3 entries in 1 streams" in intact.stdout
    with tampering(admin_connection) as admin:
        admin.execute("update audit_entry set actor = 'x' where stream = %s and stream_seq = 2", [stream])
    tampered = hamrong("audit", "verify", "--stream", stream)
    assert tampered.returncode == 1 and f"stream {stream} entry 2" in tampered.stdout and "payload" in tampered.stdout
    with tampering(admin_connection) as admin:
        admin.execute(
            "delete from audit_detail where entry_id in (select id from audit_entry where stream = %s)", [stream]
        )
        admin.execute("delete from audit_entry where stream = %s", [stream])
    assert hamrong("audit", "verify", "--stream", stream).returncode == 2
    assert hamrong("audit", "verify", "--nonsense").returncode == 3
    gone = hamrong("audit", "verify", DATABASE_URL="postgresql://hamrong_app:x@/nowhere?host=/nonexistent")
    assert gone.returncode == 2, (gone.stdout, gone.stderr)


def test_keys_of_the_installation_are_made_where_they_are_missing(tmp_path):
    made = hamrong("keys", "make", VAR=str(tmp_path), HAMRONG_KEYS=str(tmp_path / "k"))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "k" / "second_factors").is_file()
