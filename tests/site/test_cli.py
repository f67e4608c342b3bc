"""The command line as a person meets it: help, exit codes, and small commands that start at once."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hamrong.site.cli import COMMANDS, hamrong

NAMES = sorted(file.stem for file in COMMANDS.glob("[a-z]*.py"))


def run(*words, **environ):
    return subprocess.run(
        [sys.executable, "-m", "hamrong.site.cli", *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_command_file_is_a_command():
    result = CliRunner().invoke(hamrong, ["--help"])
    assert result.exit_code == 0
    assert [name for name in NAMES if f"\n  {name} " not in result.output] == []
    assert "Exit codes" in result.output


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(hamrong, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.split("\n")[2].strip()) > 20


def test_every_command_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`hamrong {name}" not in text] == []


def test_an_unknown_command_is_wrong_usage():
    assert CliRunner().invoke(hamrong, ["nonsense"]).exit_code == 2


def test_a_setting_that_cannot_be_read_is_exit_code_3_and_one_sentence():
    result = run("check", PORT="many")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("Error: PORT='many'")
    assert len(result.stderr.strip().split("\n")) == 1


def test_a_database_that_does_not_answer_is_exit_code_3():
    result = run("jobs", "list", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert result.returncode == 3
    assert "does not answer" in result.stderr


@pytest.mark.parametrize("words", [["documents", "--help"], ["areas", "--help"]])
def test_a_command_without_tables_does_not_load_django(words):
    program = f"import sys; from hamrong.site.cli import hamrong; hamrong({words!r}, standalone_mode=False)"
    program += "; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=False).returncode == 0


def test_text_is_utf8_in_every_locale():
    result = subprocess.run(
        [sys.executable, "-m", "hamrong.site.cli", "--help"],
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "Hàm Rồng" in result.stdout.decode("utf-8")


@pytest.mark.parametrize("file", sorted(COMMANDS.glob("[a-z]*.py")), ids=lambda file: file.stem)
def test_a_command_imports_no_tables_when_it_is_loaded(file: Path):
    """Models exist only after Django has started: a command asks `boot.application()` for what it needs."""
    imported = {
        node.module or ""
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert [name for name in imported if name.endswith((".models", ".actions", ".queries"))] == []
