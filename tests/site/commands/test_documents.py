"""`hamrong documents read` at a shell."""

import json
import os
import subprocess
import sys

from click.testing import CliRunner, Result

from hamrong.site.commands.documents import documents

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = "038190000123||Đỗ Thị Hường|03021990|Nữ|Các Sơn, Nghi Sơn, Thanh Hóa|09052021"


def run(data: bytes, *options: str) -> Result:
    return CliRunner().invoke(documents, ["read", *options], input=data)


def test_one_document_comes_from_its_lines() -> None:
    result = run("\r\n".join(PASSPORT).encode("utf-8-sig") + b"\r\n")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (answer["kind"], answer["fields"]["surname"], answer["failed_checks"]) == ("td3", "ERIKSSON", [])


def test_many_documents_are_answered_line_by_line_in_their_order() -> None:
    lines = ["\ufeff" + CARD, "", "nonsense", "".join(PASSPORT).replace("<10", "<11")]
    result = run("\r\n".join(lines).encode() + b"\r\n", "--lines")
    card, empty, nonsense, passport = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert card["fields"]["full_name"] == "Đỗ Thị Hường"
    assert empty == {"kind": None, "error": {"reason": "empty", "position": {"line": 1, "column": 1}}}
    assert nonsense["error"]["reason"] == "not_a_document"
    assert passport["failed_checks"] == [
        {"field": "composite", "position": {"line": 2, "column": 44}, "expected": "0", "found": "1"}
    ]


def test_nothing_to_read_is_no_error_in_a_list_and_one_alone() -> None:
    assert run(b"", "--lines").exit_code == 0
    assert run(b"").exit_code == 1


def test_an_unknown_option_is_wrong_usage() -> None:
    assert run(b"", "--nope").exit_code == 2


def test_letters_survive_a_plain_locale_and_no_django_is_loaded() -> None:
    code = (
        "import sys; from hamrong.site.cli import hamrong;"
        "hamrong(['documents', 'read'], standalone_mode=False); assert 'django' not in sys.modules"
    )
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=CARD.encode(), capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "Đỗ Thị Hường".encode() in done.stdout
