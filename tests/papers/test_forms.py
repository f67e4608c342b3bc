"""Every form: what it says, which fields it needs, that it stays on its page, and that it gives the same bytes."""

import os
import re
import subprocess
import sys
from difflib import ndiff
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from pypdf import PdfReader

from hamrong.access.decisions import registered
from hamrong.cases.courses import declared
from hamrong.law.library import shipped
from hamrong.papers import weasy
from hamrong.papers.absent import printed, required
from hamrong.papers.catalog import OUTGOING, fields, form, form_for, forms, forms_of, rested_on
from hamrong.papers.filling import filled, needs
from hamrong.papers.printing import html_of, pdf_of, text_of
from tests.papers.forms import TODAY, whole

GOLDEN = Path(__file__).parent / "golden"
FORMS = list(forms().values())
ADDRESS = "https://congan.example/van-ban/VB-ABCD-EFGH-JKMN-PQRS"
MM = 96 / 25.4

each_form = pytest.mark.parametrize("made", FORMS, ids=[made.code for made in FORMS])


@each_form
def test_a_form_says_what_was_agreed(made):
    """`WRITE_GOLDEN=1` writes the texts anew; whoever does it reads the difference."""
    told, file = text_of(whole(made)) + "\n", GOLDEN / f"{made.code}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def test_what_a_form_says_without_the_fields_that_do_not_apply_was_agreed():
    """The lines that change when everything that need not apply does not; `WRITE_GOLDEN=1` writes them anew."""
    told = "".join(f"{made.code}\n{_changed(made)}\n" for made in FORMS if absentable(made))
    file = GOLDEN / "khong-ap-dung.txt"
    if os.environ.get("WRITE_GOLDEN"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def _changed(made):
    lines = ndiff(text_of(whole(made)).split("\n"), text_of(whole(made, **printed(made, absentable(made)))).split("\n"))
    return "".join(f"{line}\n" for line in lines if line[0] in "+-")


def absentable(made):
    """The fields of a form that need not apply, each with a reason."""
    return {name: "không có" for name in sorted(required(made)) if made.instead(name) is not None}


@each_form
def test_of_every_required_field_it_is_said_what_stands_for_it_or_why_nothing_does(made):
    asks = needs(made.file)
    for name in (name for name in required(made) if fields()[name].kind != "given"):
        assert (made.instead(name) is None) == (made.why_always(name) is not None), name
        # a sentence is left out by the Word file itself, words are printed in the place
        assert (made.instead(name) == "") == (name in asks.optional), name


@each_form
def test_every_field_of_a_form_has_a_name_and_shows_up_where_it_is_printed(made):
    wanted = needs(made.file)
    assert wanted.required | wanted.optional <= fields().keys()
    marks = {name: f"«Dấu Vết {name}»" for name in wanted.required | wanted.optional}
    given = {name: [mark] if isinstance(fields()[name].sample, list) else mark for name, mark in marks.items()}
    told = text_of(whole(made, **given))
    assert [name for name, mark in marks.items() if mark not in told] == []


@each_form
def test_a_required_field_that_is_missing_stops_the_form_and_an_optional_one_does_not(made):
    wanted = needs(made.file)
    given = {name: fields()[name].sample for name in wanted.required}
    assert filled(made.file, given)
    for name in wanted.required:
        with pytest.raises((UndefinedError, TypeError)):
            filled(made.file, {other: value for other, value in given.items() if other != name})


@each_form
def test_the_nine_components_of_decree_30_are_there(made):
    html = html_of(whole(made))
    for style in ("vb-quoc-hieu", "vb-tieu-ngu", "vb-co-quan-chu-quan", "vb-co-quan", "vb-so", "vb-ngay", "vb-ten-loai",
                  "vb-than", "vb-chuc-vu", "vb-nguoi-ky", "vb-noi-nhan"):  # fmt: skip
        assert f'class="{style}"' in html, style
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in html and "Độc lập - Tự do - Hạnh phúc" in html


@each_form
def test_long_content_stays_between_the_margins(made):
    def long(name):
        words = "Đường Nguyễn Thượng Hiền, xã Ngữ Lĩnh " * 12 + "x" * 120
        return [words] * 4 if isinstance(fields()[name].sample, list) else words

    wanted = needs(made.file)
    pages = weasy.pages_of(html_of(filled(made.file, {name: long(name) for name in wanted.required | wanted.optional}),
                                   checked_at=ADDRESS))  # fmt: skip
    assert len(pages.pages) > 1
    for page in pages.pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "TextBox" and box.text.strip():
                assert box.position_x >= 29.9 * MM, box.text
                assert box.position_x + box.width <= 190.5 * MM, box.text
                assert box.position_y + box.height <= 278 * MM, box.text


@each_form
def test_an_ordinary_paper_is_no_longer_than_two_pages(made):
    assert len(weasy.pages_of(html_of(whole(made), checked_at=ADDRESS)).pages) <= 2


@pytest.mark.parametrize("lines", [14, 16])
def test_whoever_signs_does_not_sign_a_page_without_text(lines):
    made = form("kn-thu-ly")
    name = next(name for name in sorted(needs(made.file).required) if isinstance(fields()[name].sample, str))
    told = whole(made, **{name: "dòng chữ thử " * 7 * lines})
    pages = PdfReader(BytesIO(pdf_of(html_of(told, checked_at=ADDRESS)))).pages
    *_, last = (page.extract_text() for page in pages)
    assert "dòng chữ thử" in last or "Kính gửi" in last or "được biết" in last
    assert "Kiểm tra văn bản" in last and "Nơi nhận" in last


@each_form
def test_of_an_article_only_its_number_is_bold(made):
    # Decree 30/2020/NĐ-CP, annex I: the number of an article stands bold, what it says does not
    for one in Document(made.file).paragraphs:
        if re.match(r"Điều \d+\.", one.text):
            assert [run.text for run in one.runs if run.bold] == [re.match(r"Điều \d+\. ?", one.text)[0]], one.text


def test_the_page_is_laid_out_as_the_annex_says():
    page = weasy.pages_of(html_of(whole(form("kn-thu-ly")))).pages[0]
    box = page._page_box
    assert [round(page.width / MM), round(page.height / MM)] == [210, 297]
    margins = [box.margin_top, box.margin_right, box.margin_bottom, box.margin_left]
    assert [round(each / MM) for each in margins] == [20, 20, 20, 30]
    sizes = {round(each.style["font_size"] * 0.75, 1) for each in box.descendants() if type(each).__name__ == "TextBox"}
    assert sizes <= {11, 12, 13, 14}


def test_the_same_input_gives_the_same_bytes_in_another_process_too():
    html = html_of(whole(form("kn-quyet-dinh")), checked_at=ADDRESS)
    code = "import sys; from hamrong.papers.printing import pdf_of; sys.stdout.buffer.write(pdf_of(sys.stdin.read()))"
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima"}
    other = subprocess.run(
        [sys.executable, "-c", code], input=html.encode(), capture_output=True, env=environ, check=True
    )
    assert other.stdout == pdf_of(html)
    assert pdf_of(html) != pdf_of(html.replace("Khiếu", "Khiều"))


def test_a_pdf_holds_our_fonts_alone_and_its_text_can_be_searched():
    read = PdfReader(BytesIO(pdf_of(html_of(whole(form("kn-quyet-dinh")), checked_at=ADDRESS))))
    names = {str(font["/BaseFont"]) for page in read.pages for font in page["/Resources"]["/Font"].values()
             for font in [font.get_object()]}  # fmt: skip
    assert names and all(name[7:].startswith("+Paper") for name in names), names
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read.pages))
    assert "Giải quyết khiếu nại của bà Nguyễn Thị Khiếu" in text


def _kinds(part):
    """The kinds of element in the tree of a tagged PDF, each with what is read aloud in its place."""
    part = part.get_object()
    for each in part if isinstance(part, list) else [part]:
        each = each.get_object()
        if hasattr(each, "get") and "/S" in each:
            yield each["/S"], each.get("/Alt")
            yield from _kinds(each["/K"]) if "/K" in each else ()


@each_form
def test_a_pdf_is_kept_by_archives_and_can_be_read_aloud(made):
    """ISO 19005-2 (PDF/A-2a): says so, with language, title, colours, every font inside, and a tree of tags."""
    pdf = pdf_of(html_of(whole(made), checked_at=ADDRESS))
    read = PdfReader(BytesIO(pdf))
    root = read.trailer["/Root"]
    told = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="2"' in told and 'pdfaid:conformance="A"' in told
    assert root["/Lang"] == "vi" and root["/MarkInfo"]["/Marked"]
    assert read.metadata.title and read.metadata.title in told
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    tags = list(_kinds(root["/StructTreeRoot"]["/K"]))
    assert ("/Figure", "Mã QR dẫn đến trang kiểm tra văn bản này") in tags
    assert [kind for kind, _ in tags].count("/H1") <= 1 and any(kind == "/P" for kind, _ in tags)
    for page in read.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in inner or "/FontFile3" in inner


def test_a_paper_takes_nothing_from_the_network_or_the_disk():
    for place in ("https://example.org/a.png", "file:///etc/passwd"):
        with pytest.raises(BaseException, match="Error fetching"):
            pdf_of(f'<p>x</p><img src="{place}">')


def test_what_people_type_is_text_and_no_command():
    told = text_of(whole(form("kn-thu-ly"), tom_tat="<w:p>{{ so }} & {% if so %}"))
    assert "<w:p>{{ so }} & {% if so %}" in told
    assert "&lt;script&gt;" in html_of(whole(form("kn-thu-ly"), tom_tat="<script>alert(1)</script>"))


@pytest.mark.parametrize(
    "evil", ["{{ so.__class__.__mro__ }}", "{{ can_cu.append('x') }}", "{% include 'x' %}", "{{ range(9) }}"]
)
def test_a_form_cannot_reach_out_of_its_environment(evil, tmp_path):
    document = Document()
    document.add_paragraph(f"{evil}")
    document.save(tmp_path / "evil.docx")
    with pytest.raises((SecurityError, UndefinedError, TypeError)):
        filled(tmp_path / "evil.docx", {"so": "1", "can_cu": []})


def test_no_form_of_a_denunciation_has_a_field_for_the_denouncer():
    asked = {name for made in FORMS if made.purpose == "denunciation" for name in needs(made.file).required}
    assert not {"nguoi_to_cao", "nguoi_khieu_nai", "dia_chi"} & asked


def test_every_form_names_an_instrument_that_is_known_and_acts_that_exist():
    known, acts = shipped().instruments, {step.act for course in declared() for step in course.steps}
    for made in FORMS:
        assert made.law.split()[0] in known, made.code
        assert set(made.acts) <= acts and set(made.acts) <= registered().keys(), made.code
        assert set(made.then) <= acts and not any(form_for(act, TODAY) for act in made.then), made.code


def test_what_sends_a_decision_rests_on_that_decision():
    assert form_for("complaint.send", TODAY) is None
    assert rested_on("complaint.send", TODAY) is form("kn-quyet-dinh")
    assert rested_on("complaint.decide", TODAY) is form("kn-quyet-dinh")


def test_a_step_whose_register_gives_a_number_has_a_form_that_bears_it():
    numbered = {(step.act, step.register) for course in declared() for step in course.steps if step.register}
    assert {(act, made.register) for made in FORMS for act in made.acts if made.register != OUTGOING} == numbered


def test_a_form_is_made_between_its_days_and_its_grounds_are_those_of_the_day():
    made = form("kn-thu-ly")
    assert made.grounds_on(TODAY.replace(year=2019)) is None
    assert "155/2026" not in "".join(made.grounds_on(TODAY.replace(month=6, day=30)))
    assert "155/2026" in "".join(made.grounds_on(TODAY))
    assert form_for("complaint.accept", TODAY) is made
    assert form_for("complaint.accept", TODAY.replace(year=2019)) is None
    assert {each.purpose for each in forms_of("complaint", TODAY)} == {"", "complaint"}


def test_every_word_file_belongs_to_a_form_and_every_field_is_used():
    assert {file.name for file in FORMS[0].file.parent.iterdir()} == {made.file.name for made in FORMS}
    used = frozenset().union(*(needs(made.file).required | needs(made.file).optional for made in FORMS))
    assert used == fields().keys()
