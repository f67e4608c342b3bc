"""`hamrong plates read` at a shell."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from hamrong.site.commands.plates import plates


def run(data: str, *options: str) -> Result:
    return CliRunner().invoke(plates, ["read", *options], input=data.encode())


def test_a_plate_of_two_lines_is_the_whole_input() -> None:
    result = run("\ufeff36-ab\r\n123.45\r\n", "--whole")
    (reading,) = json.loads(result.stdout)["readings"]
    assert result.exit_code == 0
    assert (reading["kind"], reading["canonical"], reading["display"]) == ("motorcycle", "36AB12345", "36-AB 123.45")
    assert (reading["since"], reading["until"], reading["certainty"]) == ("2023-08-15", None, "secondary")


def test_many_plates_are_answered_line_by_line_in_their_order() -> None:
    result = run("36A-123.45\r\n\n46A-123.45\nTM-12-34\n")
    car, empty, reserved, army = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert [each["form"] for each in car["readings"]] == [
        "car",
        "car.state",
        "motorcycle.from_175",
        "motorcycle.state",
    ]
    assert empty["readings"] == [] and empty["error"]["reason"] == "empty"
    assert reserved == {
        "readings": [],
        "error": {
            "reason": "code.reserved",
            "position": {"line": 1, "column": 1},
            "vi": "Mã dự trữ: không tỉnh nào có mã này.",
            "en": "A reserved code that no province has.",
        },
    }
    assert army["readings"][0]["province"] is None


def test_what_is_known_leaves_fewer_readings() -> None:
    known = ["--kind", "car", "--colour", "yellow"]
    (reading,) = json.loads(run("36A12345", *known).stdout)["readings"]
    assert (reading["form"], reading["colours"]) == ("car", ["yellow"])
    before = run("36A12345", *known, "--on", "2020-07-31")
    assert (before.exit_code, json.loads(before.stdout)["error"]["reason"]) == (1, "not_yet")


def test_nothing_to_read_is_no_error_in_a_list_and_one_alone() -> None:
    assert run("").exit_code == 0
    assert run("", "--whole").exit_code == 1


def test_each_source_of_a_plate_is_printed_once() -> None:
    told = json.loads(run("36A-123.45").stdout)
    named = [source for reading in told["readings"] for source in reading["sources"]]
    assert len(told["readings"]) == 4 and len(named) > len(told["sources"])
    assert told["sources"].keys() == set(named)
    assert told["sources"]["thesis-2026"].keys() == {"vi", "en"}


def test_plates_come_from_a_file_or_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / "plates.txt"
    file.write_text("36A-123.45\n", "utf-8")
    assert run("", str(file)).stdout == run("36A-123.45\n", "-").stdout == run("36A-123.45\n").stdout
    missing = run("", str(tmp_path / "no.txt"))
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "no.txt" in missing.stderr and "No such file" in missing.stderr


def test_a_dot_in_a_wrong_place_is_told_with_what_was_read() -> None:
    car, motorcycle = (each for each in json.loads(run("36A-1.2345").stdout)["readings"] if "white" in each["colours"])
    assert "36A-123.45" in car["notes"][0]["vi"] and "dot" in car["notes"][0]["en"]
    assert motorcycle["display"] == "36-A1 2345" and not any("dot" in each["en"] for each in motorcycle["notes"])


def test_wrong_usage_is_told_apart() -> None:
    for options in (["--nope"], ["--kind", "bike"], ["--colour", "green"], ["--on", "1/7/2025"]):
        assert run("", *options).exit_code == 2


def test_letters_survive_a_plain_locale_and_no_django_is_loaded() -> None:
    code = (
        "import sys; from hamrong.site.cli import hamrong;"
        "hamrong(['plates', 'read'], standalone_mode=False); assert 'django' not in sys.modules"
    )
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input="36MĐ1-123.45".encode(), capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "36MĐ112345".encode() in done.stdout
