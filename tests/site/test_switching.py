"""The language changes in the middle of a form without scripts: what was typed stays, and nothing is done with it."""

import re
from pathlib import Path

import pytest
from django.test import Client

from hamrong.site.unsent import INDEX
from tests.entrances import a_person, browser_of
from tests.papers.forms import complaint, listed, officer
from tests.petitions.senders import TEXT, entered
from tests.petitions.test_desk_pages import now_as
from tests.petitions.way import WARD
from tests.sealed.room import chief
from tests.site.test_unsent import kept_address, remembered

ROOT = Path(__file__).parents[2] / "src" / "hamrong"
TYPED = [file for file in ROOT.glob("*/templates/**/*.html") if "typed=" in file.read_text(encoding="utf-8")]


def test_a_half_filled_paper_is_shown_again_in_the_other_language_and_not_saved():
    to, page = complaint()[1], browser_of(a_person("ward-duty", WARD))
    there = f"/giay-to/{to.ref}/soan/kn-tam-dinh-chi?purpose=complaint"
    given = {"ly_do": "Chờ kết quả", "khong-ap-dung-nguoi_de_nghi": "Tự quyết định", "purpose": "complaint"}
    answer = page.post(
        there, {**given, "nguoi_khieu_nai": "", "language": "en"}, headers={"Sec-Fetch-Mode": "navigate"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 200 and '<html lang="en"' in shown and "no-store" in answer["Cache-Control"]
    assert "Chờ kết quả" in shown and 'value="Tự quyết định"' in shown and "error-summary" not in shown
    assert f'<a href="{there}">Begin with an empty form</a>' in shown
    assert listed(officer("paper.read"), to.ref) == []
    assert '<html lang="en"' in page.get("/desk/", follow=True).content.decode()


def test_what_is_typed_of_a_denunciation_goes_back_to_its_writer_and_lies_nowhere():
    page = browser_of(a_person("ward-duty", WARD))
    shown = page.post("/don/nhan", {"kind": "denunciation", "text": TEXT, "language": "en"}).content.decode()
    assert TEXT.split("\n")[0] in shown and '<html lang="en"' in shown
    assert INDEX not in page.session


def test_whose_session_has_ended_finds_what_was_typed_after_signing_in():
    answer = remembered(a_person("ward-duty", WARD)).post("/don/tim", {"name": "Hồ Thị Tìm", "language": "en"})
    assert answer["Location"].startswith("/accounts/login/") and "kept" in kept_address(answer)


def test_a_form_without_its_token_or_with_no_language_of_ours_is_a_form_like_any_other():
    person = a_person("ward-duty", WARD)
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.force_login(person)
    assert "subject" not in strict.post("/don/nhan", {"subject": "Việc lạ", "language": "en"}).content.decode()
    assert "error-summary" in browser_of(person).post("/don/nhan", {"language": "fr"}).content.decode()


@pytest.mark.parametrize("file", TYPED, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_button_stands_beside_one_form_and_enter_still_does_what_its_first_button_does(file):
    text = file.read_text(encoding="utf-8")
    (form,) = re.findall(r'<form id="typed" method="post".*?</form>', text, re.DOTALL)
    first = re.search(r"{% button [^%]*%}", form)[0]
    does, enters = re.search(r'name="do" value="([\w-]+)"', first), re.search(r'typed=\w+ enters="([\w-]+)"', text)
    assert (does and does[1]) == (enters and enters[1])


SEVERAL = [
    file for file in ROOT.glob("*/templates/**/*.html") if "language_here.html" in file.read_text(encoding="utf-8")
]


PARTS = ("kind.html", "taking_back.html")
"""They stand within a page that says it."""


@pytest.mark.parametrize("file", SEVERAL, ids=lambda file: str(file.relative_to(ROOT)))
def test_where_there_are_several_forms_each_has_its_button_after_its_own(file):
    text = file.read_text(encoding="utf-8")
    forms = [form for form in re.findall(r"<form.*?</form>", text, re.DOTALL) if "language_here.html" in form]
    assert len(forms) == text.count("language_here.html")
    assert all(form.rindex("{% button") < form.index("language_here.html") for form in forms)
    assert "several=True" in text or file.name in PARTS


def test_on_a_page_of_several_forms_the_one_that_is_sent_keeps_what_was_typed():
    petition, page = entered(), browser_of(a_person("ward-duty", WARD))
    there = f"/don/{petition.pk}/"
    before = page.get(there).content.decode()
    assert before.count('formaction="/don/') == 2 and "giữ những gì đã gõ ở biểu mẫu này" in before
    shown = page.post(there, {"text": "Mời ông đến ngày mai", "language": "en"}).content.decode()
    assert "Mời ông đến ngày mai" in shown and '<html lang="en"' in shown and "error-summary" not in shown
    given = {"reason": "Nơi khác giải quyết", "competence": "elsewhere", "language": "vi"}
    shown = page.post(there, given).content.decode()
    assert "Nơi khác giải quyết" in shown and not now_as(petition).sorting


def test_a_passphrase_is_written_back_nowhere():
    page = browser_of(chief().person)
    for there in ("/niem-phong/khoa/mo", "/niem-phong/khoa/doi", "/don/tim"):
        answer = page.post(there, {"password": "cau bac qua song", "name": "Hồ Thị Tìm", "language": "en"})
        assert "cau bac qua song" not in answer.content.decode(), there
