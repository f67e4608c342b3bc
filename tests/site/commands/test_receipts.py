"""Verifying receipts at the command line, without Django and without a database."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hamrong.lodging.receipts import Facts, Signer, new_code
from hamrong.lodging.signing import signer
from hamrong.site import keys
from hamrong.site.commands.receipts import CODES, UNREADABLE
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import a_body, client, once

SIGNER = Signer(bytes(range(32)))


def a_receipt(signer: Signer = SIGNER) -> dict[str, Any]:
    facts = Facts(
        code=new_code(),
        kind="stay",
        establishment="HT-0001",
        night=date(2026, 11, 24),
        received_at=datetime(2026, 11, 24, 15, 10, tzinfo=UTC),
        deadline_strict=None,
        deadline_legal=None,
        on_time=True,
        law_version="lodging.notify@2026-07-01#00000000",
        version=1,
        count=1,
        commitment=bytes(32),
        subject=UUID(int=1),
    )
    return signer.signed(facts)


def run(folder: Path, content: Any, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    file = folder / "receipt.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    words = [sys.executable, "-m", "hamrong.site.cli", "receipts", "verify", str(file), *options]
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=False)


KEY = ("--key", SIGNER.public_text())


def test_a_receipt_is_valid_alone_in_an_answer_and_in_a_list(tmp_path: Path) -> None:
    one, other = a_receipt(), a_receipt()
    for content in (one, {"outcome": "accepted", "receipt": one}, [one, {"receipt": other}]):
        done = run(tmp_path, content, *KEY)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"valid {one['statement']['code']} stay HT-0001 night 2026-11-24")


@pytest.mark.parametrize("change", [{"night": "2026-11-25"}, {"on_time": False}, {"count": 2}, {"code": "LT-0000"}])
def test_a_changed_receipt_is_not_valid(tmp_path: Path, change: dict[str, Any]) -> None:
    receipt = a_receipt()
    receipt["statement"] = {**receipt["statement"], **change}
    done = run(tmp_path, [a_receipt(), receipt], *KEY)
    assert done.returncode == 1
    assert "FALSE" in done.stdout and "valid LT-" in done.stdout


def test_a_receipt_of_another_key_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, a_receipt(Signer(bytes(32))), *KEY)
    assert done.returncode == 3
    assert f"not with {SIGNER.key}" in done.stdout


@pytest.mark.parametrize("content", ["", "[", "{}", "[1, 2]", '"text"'])
def test_what_holds_no_receipt_is_unreadable(tmp_path: Path, content: str) -> None:
    assert run(tmp_path, content, *KEY).returncode == 4


def test_of_several_receipts_the_gravest_gives_the_exit_code(tmp_path: Path) -> None:
    false = a_receipt()
    false["statement"] = {**false["statement"], "count": 2}
    assert run(tmp_path, [a_receipt(), a_receipt(Signer(bytes(32))), false], *KEY).returncode == 1


def test_the_help_lists_the_exit_codes(tmp_path: Path) -> None:
    told = run(tmp_path, {}, "--help").stdout
    assert all(f"{code}  {word}" in told for word, code in {**CODES, "UNREADABLE": UNREADABLE}.items())


def test_asked_the_server_says_whether_a_receipt_stands(live_server: Site, tmp_path: Path) -> None:
    key = ("--key", signer().public_text(), "--ask", live_server.url)
    with client(live_server.url, world.an_establishment()) as software:
        made = software.post("/stays", content=a_body(), headers=once()).json()
        stands = run(tmp_path, made, *key)
        body = {"act": "cancel", "reason": "khách không đến"}
        now = software.post(f"/stays/{made['stay_id']}/amendments", json=body, headers={"If-Match": '"1"'}).json()
    replaced, withdrawn = run(tmp_path, made, *key), run(tmp_path, now, *key)
    assert (stands.returncode, stands.stdout.rstrip()[-8:]) == (0, ", stands")
    assert (withdrawn.returncode, withdrawn.stdout.split(":")[0]) == (8, f"WITHDRAWN {now['receipt_code']}")
    assert replaced.returncode == 5
    assert replaced.stdout == f"REPLACED {made['receipt_code']}: {now['receipt_code']} took its place\n"
    assert run(tmp_path, made, *key[:2]).returncode == 0


def test_a_receipt_that_the_server_never_gave_is_not_known(live_server: Site, tmp_path: Path) -> None:
    assert run(tmp_path, a_receipt(), *KEY, "--ask", live_server.url).returncode == 6


def test_a_server_that_does_not_answer_is_told_apart(tmp_path: Path) -> None:
    done = run(tmp_path, a_receipt(), *KEY, "--ask", "http://127.0.0.1:1")
    assert (done.returncode, done.stdout[:9]) == (7, "NOT ASKED")


@pytest.mark.parametrize("key", ["", "short", "!!!!", SIGNER.public_text()[:-4]])
def test_a_key_that_is_none_is_wrong_usage(tmp_path: Path, key: str) -> None:
    assert run(tmp_path, a_receipt(), "--key", key).returncode == 2


def test_the_key_may_be_a_file_as_the_server_gives_it(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps({"algorithm": "Ed25519", "key": SIGNER.key, "public": SIGNER.public_text()}))
    assert run(tmp_path, a_receipt(), "--key", str(file)).returncode == 0


def test_without_a_key_the_installations_own_counts(tmp_path: Path) -> None:
    keys.make(tmp_path / "keys", demo=True)
    own = Signer(keys.load(tmp_path / "keys", demo=True)["receipts"])
    assert run(tmp_path, a_receipt(own), VAR=str(tmp_path)).returncode == 0
    assert run(tmp_path, a_receipt(), VAR=str(tmp_path)).returncode == 3
    assert run(tmp_path, a_receipt(), VAR=str(tmp_path / "none")).returncode == 2


def test_django_is_not_needed(tmp_path: Path) -> None:
    look = (
        "import sys, hamrong.site.cli as c; c.hamrong.get_command(None, 'receipts'); "
        "sys.exit(any(name.split('.')[0] in ('django', 'psycopg') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", look], env={}, check=False).returncode == 0
