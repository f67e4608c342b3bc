"""A form that somebody edited in Word: what is wrong with it, said near the words where it is, before it is printed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from hamrong.papers.catalog import form, forms
from hamrong.papers.checking import problems
from hamrong.site.commands.papers import papers

FIELD = "{{ nguoi_khieu_nai }}"
BROKEN = [
    (FIELD, "{{ nguoi_khieu_nai }", "Dấu ngoặc"), (FIELD, "{ nguoi_khieu_nai }}", "Dấu ngoặc"),
    (FIELD, "{{ người khiếu nại }}", "Dấu ngoặc"), (FIELD, "{{ nguoi_khieu_nai.__class__ }}", "Dấu ngoặc"),
    (FIELD, "{{ nguoi_khieu_nai|viet_hoa }}", "Dấu ngoặc"),
    (FIELD, "{{ nguoi_khieu_lai }}", "gần giống: nguoi_khieu_nai"), ("{%p endfor %}", "", "chưa có {%p endfor %}"),
    ("{%p for dong in can_cu %}", "{%p for dong in can_cu_khac %}", "gần giống: can_cu"),
]  # fmt: skip


def edited(folder: Path, before: str, after: str, style: str = "") -> Path:
    """The form of a notice in which somebody wrote something else in the first place where it stands."""
    document = Document(str(form("kn-thu-ly").file))
    line = next(each for each in document.paragraphs if before in each.text)
    run = next(each for each in line.runs if before in each.text)
    run.text = run.text.replace(before, after, 1)
    if style:
        line.style = document.styles[style]
    document.save(str(folder / "kn-thu-ly.docx"))
    return folder / "kn-thu-ly.docx"


@pytest.mark.parametrize("file", sorted({each.file for each in forms().values()}), ids=lambda file: file.stem)
def test_every_form_that_is_shipped_is_right(file):
    assert problems(file) == []


@pytest.mark.parametrize(("before", "after", "said"), BROKEN)
def test_what_is_broken_is_said_near_the_words_where_it_is(tmp_path, before, after, said):
    (found,) = problems(edited(tmp_path, before, after))
    assert said in found.vi and (after[:40] or "kn-thu-ly.docx") in found.near and found.en


def test_a_changed_sentence_is_right_and_shows_in_print(tmp_path):
    file = edited(tmp_path, "Vậy thông báo để", "Trân trọng thông báo để")
    done = CliRunner().invoke(papers, ["check", str(file), "--pdf", str(tmp_path / "in")])
    assert (done.exit_code, done.output) == (0, "kn-thu-ly.docx: ok\n")
    printed = " ".join(page.extract_text() for page in PdfReader(tmp_path / "in" / "kn-thu-ly.pdf").pages)
    assert "Trân trọng thông báo" in printed and "MẪU" in printed


def test_a_paragraph_without_a_style_of_ours_has_no_layout(tmp_path):
    (found,) = problems(edited(tmp_path, "Vậy thông báo để", "Trân trọng thông báo để", style="Normal"))
    assert "“Normal”" in found.vi and found.near.startswith("Trân trọng")


def test_what_is_no_word_file_is_said_and_the_command_says_that_something_is_wrong(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"hello")
    done = CliRunner().invoke(papers, ["check", "--lang", "en", str(tmp_path / "a.docx")])
    assert done.exit_code == 1 and "Not a Word file" in done.output
