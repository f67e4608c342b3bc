"""What the README tells people to type works."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from hamrong.kernel.documents import read
from hamrong.site.demo.people import as_typed

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_documents_to_paste_are_read_without_a_fault(name):
    blocks = re.findall(r"^   ```\n(.*?)^   ```$", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    found = [read("\n".join(line.strip() for line in block.splitlines())) for block in blocks]
    assert [each.kind for each in found] == ["cccd_qr", "td3"]
    assert [each.fields["birth_date"] for each in found] == ["1991-03-08", "1990-02-15"]
    assert [each.failed_checks for each in found] == [(), ()]


def test_the_hint_of_the_demo_can_be_typed_as_it_stands(monkeypatch):
    monkeypatch.chdir(ROOT)
    hint = as_typed("people --help")
    assert hint.startswith("VAR="), "this run has a state folder of its own, which later commands must be told"
    environ = {name: value for name, value in os.environ.items() if name != "VAR"}
    done = subprocess.run(["sh", "-c", hint], env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "one-time codes" in done.stdout


def shape(name):
    """What must not differ between the languages: links, commands, headings, and rows of tables."""
    text = (ROOT / name).read_text(encoding="utf-8")
    codes = set(re.findall(r"`([^`\n]*(?:hamrong |make |/)[^`\n]*)`", text))
    return {
        "links": set(re.findall(r"\]\(((?!README)[^)]+)\)", text)),
        "commands": {each.replace(" TỆP", " FILE") for each in codes if "://" not in each},
        "headings": len(re.findall("^## ", text, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", text, re.MULTILINE)),
    }


def test_both_languages_say_the_same():
    assert shape("README.md") == shape("README.vi.md")


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_what_a_link_leads_to_is_there(name):
    links = shape(name)["links"]
    assert links and [each for each in links if not (ROOT / each).exists()] == []
