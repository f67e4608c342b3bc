"""A command that cannot work says in one sentence what to do, with exit code 3, and never with a traceback."""

import os
import subprocess
import sys

import pytest


def hamrong(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "HAMRONG_"))}
    command = [sys.executable, "-m", "hamrong.site.cli", *words]
    return subprocess.run(
        command, env={**environ, **settings}, capture_output=True, text=True, check=False, timeout=240
    )


@pytest.mark.parametrize("words", [("people", "code", "chu.huongbien"), ("up",), ("check",)], ids=" ".join)
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: an address such as"),
        ({"DATABASE_URL": "postgresql://me:geheim@[bad"}, "DATABASE_URL: an address such as"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/x"}, "Start it, or correct DATABASE_URL"),
        ({"VAR": "/proc/nope"}, "VAR=/proc/nope: no folder can be made there"),
        ({"VAR": "/dev/null"}, "VAR=/dev/null: no folder can be made there"),
        ({"PORT": "x"}, "PORT='x': a whole number from 1 to 65535"),
    ],
)
def test_a_bad_setting_is_named_with_what_to_do(words, settings, told):
    done = hamrong(*words, **settings)
    assert done.returncode == 3, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr and "geheim" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_without_tables_is_named_with_the_command_that_makes_them(open_folder):
    done = hamrong("people", "code", "chu.huongbien", VAR=str(open_folder / "var"))
    assert done.returncode == 3, done.stderr
    assert "hamrong migrate" in done.stderr and "VAR=" in done.stderr
    assert "Traceback" not in done.stderr
