"""The language changes in the middle of a form without scripts: what was typed stays, and nothing is done with it."""

import re
from pathlib import Path

import pytest
from django.test import Client

from hamrong.site.unsent import INDEX
from tests.entrances import a_person, browser_of
from tests.papers.forms import complaint, listed, officer
from tests.petitions.senders import TEXT
from tests.petitions.way import WARD
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
