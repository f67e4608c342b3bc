"""`hamrong areas convert` as a shell and a script see it."""

import json
import os
import subprocess
import sys
import unicodedata
from typing import Any

C_LOCALE = {
    name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "DJANGO"))
} | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> tuple[int, str]:
    """Exit code and standard output."""
    command = [sys.executable, "-c", "from hamrong.site.cli import main; main()", "areas", "convert", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, check=False)
    return done.returncode, done.stdout.decode("utf-8")


def run_json(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    code, text = run(*arguments, env=env)
    answer: dict[str, Any] = json.loads(text)
    return code, answer


def test_one_address_is_answered_as_json() -> None:
    code, answer = run_json("xã Quảng Giao, huyện Quảng Xương, tỉnh Thanh Hóa")
    assert code == 0
    assert answer["status"] == "ok"
    assert answer["units"] == [
        {
            "code": "16516",
            "name": "Nam Sầm Sơn",
            "kind": "phường",
            "province": "Thanh Hóa",
            "valid_from": "2025-07-01",
        }
    ]
    assert answer["legacy"]["name"] == "Quảng Giao"
    assert (answer["legacy"]["district"], answer["legacy"]["valid_to"]) == ("Quảng Xương", "2025-06-30")


def test_a_split_commune_exits_with_1_and_offers_choices() -> None:
    code, answer = run_json("P. Đông Thọ, TP Thanh Hóa")
    assert (code, answer["status"], answer["units"]) == (1, "ambiguous", [])
    assert [choice["name"] for choice in answer["choices"]] == ["Hàm Rồng", "Hạc Thành"]


def test_lines_are_answered_in_order_one_json_a_line() -> None:
    text = "\ufeffCác Sơn, Nghi Sơn, Thanh Hóa\r\nnhảm nhí\r\nPhường Sầm Sơn, Thanh Hóa\r\n"
    code, out = run("--lines", stdin=text.encode())
    assert code == 1
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["ok", "unknown", "unchanged"]
    code, out = run("--lines", stdin="Các Sơn, Nghi Sơn, Thanh Hóa".encode())
    assert (code, out.count("\n")) == (0, 1)
    assert run("--lines", stdin=b"") == (0, "")


def test_text_is_nfc_and_utf_8_even_in_the_c_locale() -> None:
    address = unicodedata.normalize("NFD", "Trường Sơn, Sầm Sơn, Thanh Hóa")
    code, out = run(address, env=C_LOCALE)
    assert code == 0
    assert unicodedata.is_normalized("NFC", out)
    assert json.loads(out)["units"][0]["name"] == "Sầm Sơn"
    code, out = run("--lines", stdin=address.encode(), env=C_LOCALE)
    assert (code, json.loads(out)["status"]) == (0, "ok")


def test_wrong_usage_exits_with_2() -> None:
    assert run()[0] == 2
    assert run("--lines", "Thanh Hóa")[0] == 2


def test_no_django_is_loaded() -> None:
    code = "import sys, hamrong.site.commands.areas; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
