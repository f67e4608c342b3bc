"""No template of any room breaks the content policy, asks another host, or names a drawing that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "hamrong"
STATIC = ROOT / "ui" / "static" / "ui"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an address that runs a script": re.compile(r"javascript:"),
    "a file of another host": re.compile(
        r"<(?:link|script|img|iframe|use|source)\b[^>]*(?:href|src)=[\"'](?:https?:)?//"
    ),
}
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
BUDGET_OF_STYLES = 30_000
PUBLIC_STYLES = ("tokens", "dark", "page", "parts", "forms", "tables", "print")


def name(file):
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_a_template_brings_no_style_and_no_script_of_its_own(file):
    text = COMMENT.sub("", file.read_text(encoding="utf-8"))
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_every_drawing_that_is_asked_for_is_in_the_sprite():
    asked = {
        found
        for file in [*TEMPLATES, *ROOT.glob("*/**/*.py")]
        for found in re.findall(r"""(?:{% icon |icon=)["']([\w-]+)["']""", file.read_text(encoding="utf-8"))
    }
    assert asked - SPRITE == set()


def test_styles_ask_no_other_host():
    for file in STATIC.glob("css/*.css"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\([\"']?(?:https?:)?//", text), file.name
        for target in re.findall(r"url\([\"']?([^)\"']+)", text):
            assert (file.parent / target).is_file(), target


def test_the_styles_of_a_public_page_keep_to_their_budget():
    assert sum((STATIC / "css" / f"{sheet}.css").stat().st_size for sheet in PUBLIC_STYLES) <= BUDGET_OF_STYLES


def test_what_others_wrote_comes_with_its_licence():
    assert (STATIC / "vendor" / "htmx.LICENSE.txt").is_file() and (STATIC / "vendor" / "lucide.LICENSE.txt").is_file()
    assert (STATIC / "fonts" / "OFL.txt").is_file() and (ROOT / "ui" / "fonts" / "OFL.txt").is_file()
